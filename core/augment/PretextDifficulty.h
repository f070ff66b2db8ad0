// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/ExamplePipeline.h"
#include "base/Statistics.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace melscope {

struct DifficultySettings
{
    int clips = 200; ///< looked at, drawn from those offered; at least 2
    int pairs = 128; ///< of a batch, as the training has it; at least 2
    uint64_t seed = 0;
    int threads = 1;
};

struct DescriptorScore
{
    std::string descriptor; ///< "bands", "envelope" or "both"
    double top1 = 0.0;      ///< share of views that find their partner in a batch
    Interval interval;      ///< Wilson, 95 %, over clips: the two views of one are no two trials
};

/// How far the contrastive task is solved by descriptors that have learned nothing. Near 1 an encoder can pass without
/// learning what sounds mean.
struct PretextDifficulty
{
    int clips = 0;       ///< looked at
    int pairs = 0;       ///< of a batch; no more than there are clips
    double chance = 0.0; ///< what guessing finds
    std::vector<DescriptorScore> scores; ///< bands, envelope, both
    int leftOut = 0;     ///< clips that could not be read
    std::string problem; ///< of the first of those

    const DescriptorScore& easiest() const; ///< with the largest top1
};

/// From here on plain figures get an encoder far. The aim for the encoder's own accuracy, 60 to 85 %, begins here too: what
/// plain figures reach already shows little of what it learned.
constexpr double getsFar = 0.6;

/// One to three sentences: what the figures mean for a contrastive training.
std::string verdictOn(const PretextDifficulty& difficulty);

/// Measures chains on one sample of clips. Immutable.
class DifficultyMeter
{
public:
    /// `clips`: those that may be looked at, indices in the dataset.
    DifficultyMeter(std::shared_ptr<const SpectrogramExtractor> extractor, ClipSource source, const std::vector<int>& clips,
                    const DifficultySettings& settings);

    /// Draws two views a clip, as epochs 0 and 1 of a training with this seed would. The same numbers for any number of
    /// threads; progress(done, total) is called from those threads, one at a time, and must not throw. Thread: any; blocks. Throws
    /// Error(Cancelled); what the source threw where fewer than two clips are left; Error(Empty) where no more were offered.
    PretextDifficulty measure(const AugmentationChain& chain, std::stop_token stop = {},
                              const std::function<void(int done, int total)>& progress = {}) const;

private:
    std::shared_ptr<const SpectrogramExtractor> m_extractor;
    ClipSource m_source;
    std::vector<int> m_clips; // the sample, ascending
    DifficultySettings m_settings;
};

} // namespace melscope
