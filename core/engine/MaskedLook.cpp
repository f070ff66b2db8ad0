// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/MaskedLook.h"

#include "base/Error.h"
#include "engine/Checkpoint.h"
#include "engine/MaskedPretext.h"
#include "engine/PretextTrainer.h"
#include "training/MaskedPredictionSchema.h"

#include <algorithm>

namespace melscope {
namespace {

/// epoch 0: the newest.
Checkpoint checkpointOf(const FoldJob& job, const FoldData& data, int round, int epoch)
{
    const CheckpointStore store(job.folder, job.fold, foldIdentity(job, data), "masked-" + std::to_string(round));
    auto checkpoint = epoch > 0 ? store.loadKept(epoch) : store.loadNewest(false);
    if (checkpoint)
        return std::move(*checkpoint);
    const std::string where = "Round " + std::to_string(round) + " of fold " + std::to_string(job.fold);
    if (epoch > 0)
        throw Error(ErrorKind::Missing, where + " has not kept the weights of epoch " + std::to_string(epoch) + "; the recipe's "
                                            + keepEveryKey + " says which are kept.", job.folder);
    throw Error(ErrorKind::Missing, where + " has no checkpoint yet; look again after its first epoch.", job.folder);
}

/// The encoder of a MaskedModel's state dict under its own names.
NamedTensors encoderOf(const NamedTensors& weights)
{
    constexpr std::string_view prefix = "encoder.";
    NamedTensors encoder;
    for (const auto& [name, tensor] : weights)
        if (name.starts_with(prefix))
            encoder.emplace_back(name.substr(prefix.size()), tensor);
    return encoder;
}

} // namespace

MaskedBatch lookAtMasked(const FoldJob& job, const FoldData& data, const NetworkMaker& make, const MaskedSpot& spot)
{
    const Checkpoint checkpoint = checkpointOf(job, data, spot.round, spot.epoch);
    MaskedPretext task(data, make, maskedSettings(job, data, spot.round));
    if (spot.round > 1)
        task.follow(encoderOf(checkpointOf(job, data, spot.round - 1, 0).weights));
    loadStateDict(task.module(), checkpoint.weights);
    task.module().train();

    const PretextPlan plan = maskedPlan(job, data);
    BatchPlan batches = plan.batches;
    ++batches.epochs; // after the last epoch there is one more to look at
    const int64_t perEpoch = batches.batchesPerEpoch();
    const int64_t step = std::clamp<int64_t>(spot.step.value_or(checkpoint.state.step + spot.batch), 0, batches.steps() - 1);
    Batch clips = BatchLoader(data.pipeline(plan.chain), batches, step, 1).next();
    MaskedBatch seen = task.look(clips, static_cast<int>(step / perEpoch) + 1);
    seen.epoch = checkpoint.state.epochsDone;
    seen.step = step;
    seen.isNext = step == checkpoint.state.step && step < plan.batches.steps();
    return seen;
}

} // namespace melscope
