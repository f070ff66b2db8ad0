// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/ClipSource.h"
#include "dataset/Dataset.h"
#include "spectral/SpectrogramExtractor.h"

#include <list>
#include <memory>
#include <mutex>
#include <optional>

namespace melscope {

/// The clips of a dataset for an ExamplePipeline, decoded, brought to the front end's rate and length and turned into
/// spectrograms when they are first asked for; the latest ones are remembered. For previews and tools that look at some clips;
/// training reads a FeatureCache. Thread-safe: decoding and computing hold no lock.
class DatasetClipSource
{
public:
    static constexpr size_t usuallyRemembered = 24; ///< clips; one of 5 s at 44.1 kHz takes 1.1 MB with its spectrogram

    /// What ExamplePipeline takes; keeps everything it needs alive. Partners are the clips outside the fold `heldOut`, all of
    /// them without one. A file that is cut gives what is there of it, as in a FeatureCache. Its functions throw Error: what
    /// readAudioFile throws, InvalidValue for a clip that is not there.
    static ClipSource create(std::shared_ptr<const Dataset> dataset, std::shared_ptr<const SpectrogramExtractor> extractor,
                             std::optional<int> heldOut = std::nullopt, size_t remembered = usuallyRemembered);

    DatasetClipSource(std::shared_ptr<const Dataset> dataset, std::shared_ptr<const SpectrogramExtractor> extractor, size_t remembered);

    SharedValues samples(int clip); ///< mono, front end's rate and clipLength()
    SharedValues grid(int clip);    ///< [mel, frame]
    bool usable(int clip);          ///< whether it can be decoded

private:
    struct Entry
    {
        int clip = -1;
        SharedValues samples;
        SharedValues grid; // no owner before it is asked for
    };

    Entry find(int clip);
    void remember(const Entry& entry);

    const std::shared_ptr<const Dataset> m_dataset;
    const std::shared_ptr<const SpectrogramExtractor> m_extractor;
    const size_t m_remembered;

    std::mutex m_mutex; // protects m_entries
    std::list<Entry> m_entries; // the latest first
};

} // namespace melscope
