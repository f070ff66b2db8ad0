// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"
#include "spectral/SpectrogramExtractor.h"

#include <functional>
#include <memory>
#include <span>
#include <stop_token>

namespace melscope {

/// Spectrograms or samples of a whole dataset under one front end, one memory-mapped file per (dataset fingerprint, what the
/// front end does to them) in cacheFolder()/features, float32. Old files go when the folder exceeds its bound (8 GiB).
class FeatureCache
{
public:
    /// Spectrograms. Opens the file, or computes what is missing (every clip through SpectrogramExtractor at fixed length)
    /// with `threads` threads and renames it into place. Clips that cannot be read are marked unusable and listed in
    /// problems(); the rest works. Throws Error (DiskFull, Cancelled, ...).
    static std::shared_ptr<const FeatureCache> open(const Dataset& dataset, const FrontEnd& frontEnd, int threads,
                                                    std::stop_token stop = {},
                                                    const std::function<void(int done, int total)>& progress = {});
    /// The samples that the spectrograms are computed from: mono, at the front end's rate, clipLength() a clip.
    static std::shared_ptr<const FeatureCache> openSamples(const Dataset& dataset, const FrontEnd& frontEnd, int threads,
                                                           std::stop_token stop = {},
                                                           const std::function<void(int done, int total)>& progress = {});
    ~FeatureCache();

    int clips() const;
    int rows() const;    ///< mel bands; 1 for samples
    int columns() const; ///< frames, or samples
    bool usable(int clip) const;
    std::span<const float> values(int clip) const; ///< [row, column], lives as long as the cache
    const std::vector<Problem>& problems() const;

private:
    FeatureCache();
    struct Implementation;
    struct Content;
    static std::shared_ptr<const FeatureCache> open(const Dataset& dataset, const Content& content, int threads, std::stop_token stop,
                                                    const std::function<void(int, int)>& progress);
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace melscope
