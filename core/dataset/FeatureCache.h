// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"
#include "spectral/SpectrogramExtractor.h"

#include <functional>
#include <memory>
#include <span>
#include <stop_token>

namespace melscope {

/// What an encoder says of a clip's spectrogram, for FeatureCache::openDerived().
struct DerivedFeatures
{
    std::string noun;          ///< for sentences: "BEATs features"
    std::string key;           ///< of all that decides the values but dataset and front end: the weights' SHA-256 and the like
    int rows = 0, columns = 0; ///< of a clip
    int batch = 1;             ///< clips at most that `compute` wants at once
    /// [clip, mel, frame] of a batch -> [clip, row, column]. Called on the thread that opens.
    std::function<void(const std::vector<std::span<const float>>& grids, const std::vector<std::span<float>>& features)> compute;
};

/// Spectrograms, samples or what is derived from them of a whole dataset under one front end, one memory-mapped file per (dataset
/// files, what the front end does to them) in cacheFolder()/features, float32. Old files go when the folder exceeds its
/// bound (8 GiB).
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
    /// What `features` makes of the spectrograms that open() returned, `grids`; clips that are unusable there are here, and have the same
    /// problems. goOn(done, total) is asked on this thread before every batch; false gives up: Error(Cancelled).
    static std::shared_ptr<const FeatureCache> openDerived(const Dataset& dataset, const FrontEnd& frontEnd, const FeatureCache& grids,
                                                           const DerivedFeatures& features, int threads,
                                                           const std::function<bool(int done, int total)>& goOn);
    /// The same where it is there already; null where it would have to be computed.
    static std::shared_ptr<const FeatureCache> findDerived(const Dataset& dataset, const FrontEnd& frontEnd, const DerivedFeatures& features,
                                                           int threads);
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
    struct Place;
    using Compute = std::function<std::vector<float>(const Waveform&)>;
    static Place placeOf(const Dataset& dataset, const Content& content);
    static Place placeOf(const Dataset& dataset, const FrontEnd& frontEnd, const DerivedFeatures& features);
    static std::shared_ptr<FeatureCache> finished(const Place& place, int threads);
    static std::shared_ptr<const FeatureCache> open(const Dataset& dataset, const Content& content, const Compute& compute, int threads,
                                                    std::stop_token stop, const std::function<void(int, int)>& progress);
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace melscope
