// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/TrainingState.h"
#include "nn/StateDict.h"

#include <filesystem>
#include <optional>
#include <string>

namespace melscope {

struct Checkpoint
{
    TrainingState state;
    NamedTensors weights;
    NamedTensors optimizer; ///< empty after the last epoch: nothing is left to optimise
};

/// The checkpoints of one stage of a fold: in checkpoints/fold<N>/{last,best} those of the classifier, in
/// checkpoints/fold<N>/<stage>/ those of a pretraining stage. In `last` two JSON files name the files they belong to, with
/// SHA-256: state.json, replaced atomically, is the newest checkpoint; previous.json the last complete epoch before it.
/// Killed at any moment, one of them is whole. `best` holds the weights of the epoch that did best on held-out
/// data: a peeked choice, labelled so, never used for a figure. `epochs/<N>` hold the weights of epochs that were to be kept.
class CheckpointStore
{
public:
    /// identity: what the numbers depend on (recipe, seed, clips); a checkpoint of another is refused.
    CheckpointStore(const std::filesystem::path& runFolder, int fold, std::string identity, const std::string& stage = {});

    /// Throws Error (DiskFull, Unreadable); what was there before stays.
    void save(const TrainingState& state, const NamedTensors& weights, const NamedTensors& optimizer);
    /// Labels the weights of the checkpoint saved last as the best so far.
    void markBest(const TrainingState& state);
    /// Keeps the weights of the checkpoint saved last, which ends an epoch, whatever is saved later.
    void keepEpoch(const TrainingState& state);

    /// The newest whole checkpoint; nothing where the fold has not begun. Throws Error(Format) when there are some but none
    /// is whole, Error(InvalidValue) when they belong to other settings.
    std::optional<Checkpoint> loadNewest(bool withOptimizer = true) const;
    /// The newest whole one that ends an epoch.
    std::optional<Checkpoint> loadLastEpoch() const;
    /// The weights that were kept of an epoch; nothing where they were not. Throws Error as loadNewest().
    std::optional<Checkpoint> loadKept(int epoch) const;

private:
    std::optional<Checkpoint> load(bool withOptimizer, bool endOfEpoch) const;
    std::optional<Checkpoint> loadFrom(const std::filesystem::path& commit, bool withOptimizer, bool endOfEpoch) const;
    void removeStale() const;

    std::filesystem::path m_last;
    std::filesystem::path m_best;
    std::filesystem::path m_kept;
    int m_fold;
    std::string m_identity;
};

} // namespace melscope
