// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/FoldCost.h"

#include <algorithm>

namespace melscope {
namespace {

int64_t integerOr(const Recipe& recipe, const char* key, int64_t otherwise)
{
    return recipe.values.contains(key) ? recipe.integer(key) : otherwise;
}

/// How many of `epochs` are looked at where every `every`-th is, and the last.
double lookedAt(int64_t epochs, int64_t every)
{
    return static_cast<double>((epochs + every - 1) / every);
}

double validationSeconds(const PartCosts& costs, const FoldSize& size)
{
    return costs.statistics + size.heldOutClips * costs.predictedClip;
}

double pretrainingSeconds(const PartCosts& costs, const Recipe& recipe, const FoldSize& size)
{
    if (!recipe.values.contains("pretraining.epochs"))
        return 0.0;
    const int64_t epochs = recipe.integer("pretraining.epochs");
    const double probes = lookedAt(epochs, recipe.integer("pretraining.probe_every")) * size.trainingClips * costs.predictedClip;
    double seconds = 0.0;
    for (int64_t round = 1; round <= integerOr(recipe, "pretraining.rounds", 1); ++round) {
        double start = costs.pretrainingStart;
        double clip = costs.pretrainedClip;
        if (round > 1) { // the model of the round before reads all clips twice for a tokenizer of its features, and then every batch
            start += (2.0 * size.trainingClips + size.heldOutClips) * costs.predictedClip;
            clip += costs.predictedClip;
        }
        seconds += start + probes + static_cast<double>(epochs) * (size.trainingClips * clip + costs.checkpoint);
    }
    if (recipe.views) // SimCLR's linear probe
        seconds += (size.trainingClips + size.heldOutClips) * costs.predictedClip;
    return seconds;
}

} // namespace

int64_t headOnlyEpochs(const Recipe& recipe)
{
    return std::min(recipe.integer("training.epochs"), integerOr(recipe, "training.head_epochs", 0));
}

double secondsPerEpoch(const PartCosts& costs, const Recipe& recipe, const FoldSize& size)
{
    const double clip = headOnlyEpochs(recipe) < recipe.integer("training.epochs") ? costs.trainedClip : costs.headOnlyClip;
    return size.trainingClips * clip + costs.checkpoint + validationSeconds(costs, size) / static_cast<double>(recipe.integer("evaluation.every"));
}

double secondsPerFold(const PartCosts& costs, const Recipe& recipe, const FoldSize& size)
{
    const int64_t epochs = recipe.integer("training.epochs");
    const auto headOnly = static_cast<double>(headOnlyEpochs(recipe));
    const double training = size.trainingClips * (headOnly * costs.headOnlyClip + (static_cast<double>(epochs) - headOnly) * costs.trainedClip);
    const double validations = lookedAt(epochs, recipe.integer("evaluation.every")) * validationSeconds(costs, size);
    const double views = static_cast<double>(recipe.integer("evaluation.tta_views")) * costs.viewedClip;
    return pretrainingSeconds(costs, recipe, size) + training + validations + static_cast<double>(epochs) * costs.checkpoint
        + size.heldOutClips * (costs.predictedClip + views);
}

} // namespace melscope
