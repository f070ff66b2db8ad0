// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

#include <array>

namespace melscope {

/// One augmentation in its place in a chain.
struct ChainEntry
{
    const AugmentationInfo* info = nullptr; ///< in the catalogue; never null
    Json values;                            ///< complete, checked
    double probability = 1.0;               ///< [0, 1], how often it acts
    bool enabled = true;                    ///< false: kept in the list, never acts and draws nothing
    std::shared_ptr<const Augmentation> augmentation;

    /// `info` of the catalogue, values that are absent are defaults, the probability is a number. Throws Error(InvalidValue).
    static ChainEntry make(const AugmentationInfo& info, const Json& values = Json::object(), const Json& probability = 1.0);
};

/// Augmentations in the order in which they act, as in a chain file:
/// {"waveform": [{"name": "gain", "probability": 1.0, ...}, ...], "spectrogram": [...], "mix": [...]}; an entry may say
/// "enabled": false. Where an augmentation stands in its list decides its random stream: ticking another off changes none
/// of its draws. Immutable, cheap to copy.
class AugmentationChain
{
public:
    AugmentationChain() = default;
    /// Absent stages are empty, absent values defaults. Throws Error(InvalidValue) with a sentence that names an unknown
    /// augmentation, one in the wrong stage, or a value out of range.
    static AugmentationChain fromJson(const Json& json);
    /// Stages without entries are left out, "enabled" where true.
    Json toJson() const;

    const std::vector<ChainEntry>& entries(AugmentationStage stage) const { return m_entries[static_cast<size_t>(stage)]; }

    bool empty() const;          ///< nothing that could act
    bool needsSamples() const;   ///< something could act on samples
    bool mixes() const;          ///< something could mix a second clip in
    AugmentationChain withoutMixing() const;
    /// A copy with one entry ticked on or off.
    AugmentationChain withEnabled(AugmentationStage stage, size_t index, bool enabled) const;
    /// A copy with other entries in one stage, all of that stage.
    AugmentationChain withEntries(AugmentationStage stage, std::vector<ChainEntry> entries) const;

    bool operator==(const AugmentationChain& other) const; ///< the same entries with the same values, ticks and order

private:
    std::array<std::vector<ChainEntry>, 3> m_entries;
};

/// How often an augmentation acts, [0, 1]; beside every schema of the catalogue.
const Parameter& probabilityParameter();

/// Whether the entry can act at all.
bool canAct(const ChainEntry& entry);

} // namespace melscope
