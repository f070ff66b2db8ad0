// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/MaskedLook.h"

#include "base/Error.h"
#include "engine/Checkpoint.h"
#include "engine/MaskedPretext.h"
#include "engine/PretextTrainer.h"

namespace melscope {
namespace {

Checkpoint newestOf(const FoldJob& job, const FoldData& data, int round)
{
    auto checkpoint = CheckpointStore(job.folder, job.fold, foldIdentity(job, data), "masked-" + std::to_string(round)).loadNewest(false);
    if (!checkpoint)
        throw Error(ErrorKind::Missing, "Round " + std::to_string(round) + " of fold " + std::to_string(job.fold)
                                            + " has no checkpoint yet; look again after its first epoch.", job.folder);
    return std::move(*checkpoint);
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

MaskedBatch lookAtMasked(const FoldJob& job, const FoldData& data, const NetworkMaker& make, int round, int batch)
{
    const Checkpoint checkpoint = newestOf(job, data, round);
    MaskedPretext task(data, make, maskedSettings(job, data, round));
    if (round > 1)
        task.follow(encoderOf(newestOf(job, data, round - 1).weights));
    loadStateDict(task.module(), checkpoint.weights);
    task.module().train();

    const PretextPlan plan = maskedPlan(job, data);
    BatchPlan batches = plan.batches;
    ++batches.epochs; // after the last epoch there is one more to look at
    const int64_t perEpoch = batches.batchesPerEpoch();
    const int64_t step = std::min(checkpoint.state.step + batch, batches.steps() - 1);
    Batch clips = BatchLoader(data.pipeline(plan.chain), batches, step, 1).next();
    return task.look(clips, static_cast<int>(step / perEpoch) + 1);
}

} // namespace melscope
