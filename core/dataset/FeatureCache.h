// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"
#include "spectral/SpectrogramExtractor.h"

#include <functional>
#include <memory>
#include <span>
#include <stop_token>

namespace melscope {

/// Spectrograms of a whole dataset under one front end, one memory-mapped file per (dataset fingerprint, front end) in
/// cacheFolder()/features, [clip, mel, frame] float32. Old files go when the folder exceeds its bound (8 GiB).
class FeatureCache
{
public:
    /// Opens the file, or computes what is missing (every clip through SpectrogramExtractor at fixed length) with
    /// `threads` threads and renames it into place. Clips that cannot be read are marked unusable and listed in
    /// problems(); the rest works. Throws Error (DiskFull, Cancelled, ...).
    static std::shared_ptr<const FeatureCache> open(const Dataset& dataset, const FrontEnd& frontEnd, int threads,
                                                    std::stop_token stop = {},
                                                    const std::function<void(int done, int total)>& progress = {});
    ~FeatureCache();

    int clips() const;
    int mels() const;
    int frames() const;
    bool usable(int clip) const;
    std::span<const float> grid(int clip) const; ///< [mel, frame], lives as long as the cache
    const std::vector<Problem>& problems() const;

private:
    FeatureCache();
    struct Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace melscope
