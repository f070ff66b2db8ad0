// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ContrastivePretext.h"
#include "engine/LinearProbe.h"
#include "engine/MaskedPretext.h"
#include "engine/Precision.h"
#include "engine/PretextTrainer.h"
#include "training/MaskedPredictionSchema.h"

namespace melscope {
namespace {

PretrainingStages contrastiveStages(const FoldJob& job, const FoldData& data)
{
    const Recipe& recipe = job.recipe;
    const NetworkMaker make = networkMaker(recipe);
    const ContrastiveSettings settings{.temperature = recipe.real("pretraining.temperature"), .chunk = recipe.integer("pretraining.chunk"),
                                       .probeEvery = static_cast<int>(recipe.integer("pretraining.probe_every")),
                                       .bf16 = precisionOf(recipe) == "bf16", .seed = job.seed};
    PretrainingStages stages;
    stages.push_back(std::make_unique<PretextTrainer>(job, data, "contrastive", pretextPlan(job, data, *recipe.views, 2), [&data, make, settings] {
        return std::make_unique<ContrastivePretext>(data, make, settings);
    }));
    stages.push_back(std::make_unique<LinearProbe>(job, data, make));
    return stages;
}

} // namespace

PretrainingStages pretrainingStages(const FoldJob& job, const FoldData& data)
{
    if (job.recipe.method == "simclr")
        return contrastiveStages(job, data);
    if (learnsFromMasks(job.recipe.method))
        return maskedStages(job, data, networkMaker(job.recipe));
    return {};
}

} // namespace melscope
