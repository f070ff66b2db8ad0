// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/CardComparison.h"

#include "runs/RunEnvironment.h"
#include "runs/RunFolder.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <unordered_map>

namespace melscope {
namespace {

std::string percent(double share)
{
    char text[16];
    std::snprintf(text, sizeof text, "%.1f %%", 100.0 * share);
    return text;
}

/// The first clip of the card that the dataset does not have as it was.
const ClipPrediction* stranger(const RunCard& card, const Dataset& dataset)
{
    std::unordered_map<std::string, const Clip*> clips;
    for (const Clip& clip : dataset.clips)
        clips[clip.name] = &clip;
    const auto found = std::ranges::find_if(card.predictions, [&](const ClipPrediction& clip) {
        const auto own = clips.find(clip.name);
        return own == clips.end() || own->second->label != clip.label || own->second->fold != clip.fold;
    });
    return found == card.predictions.end() ? nullptr : &*found;
}

} // namespace

NewRun runOf(const RunCard& card, const std::shared_ptr<const Dataset>& dataset)
{
    const std::string wish = " Open the dataset that the card's run was trained on (" + card.datasetName + ").";
    if (card.folds.empty())
        throw Error(ErrorKind::Empty, "The card of " + card.run + " names no fold to hold out.");
    if (dataset->classes != card.classes)
        throw Error(ErrorKind::InvalidValue, dataset->name + " does not have the classes of the card of " + card.run + "." + wish, dataset->root);
    for (const int fold : card.folds)
        if (std::ranges::count(dataset->folds, fold) == 0)
            throw Error(ErrorKind::InvalidValue, dataset->name + " has no fold " + std::to_string(fold) + ", which the card of " + card.run
                        + " holds out." + wish, dataset->root);
    if (const ClipPrediction* clip = stranger(card, *dataset))
        throw Error(ErrorKind::InvalidValue, clip->name + " is not in " + dataset->name + ", or has another class or fold there than in the card of "
                    + card.run + "." + wish, dataset->root);
    return {.dataset = dataset, .recipe = card.recipe, .folds = card.folds, .seed = card.seed, .card = card.toJson()};
}

CardComparison compareWithCard(const RunCard& card, const Predictions& predictions, const Json& environment)
{
    std::unordered_map<std::string, const ClipPrediction*> found;
    for (const ClipPrediction& clip : predictions)
        found[clip.name] = &clip;
    CardComparison result{.original = card.run, .environment = environmentDifference(card.environment, environment)};
    int right = 0, originallyRight = 0;
    for (const ClipPrediction& original : card.predictions) {
        const auto again = found.find(original.name);
        if (again == found.end()) {
            ++result.missing;
            continue;
        }
        const ClipPrediction& clip = *again->second;
        ++result.clips;
        result.samePrediction += clip.predicted == original.predicted ? 1 : 0;
        result.identical += clip.probabilities == original.probabilities && clip.ttaProbabilities == original.ttaProbabilities ? 1 : 0;
        right += clip.correct() ? 1 : 0;
        originallyRight += original.correct() ? 1 : 0;
        for (size_t i = 0; i < std::min(clip.probabilities.size(), original.probabilities.size()); ++i)
            result.largestDifference = std::max(result.largestDifference, static_cast<double>(std::abs(clip.probabilities[i] - original.probabilities[i])));
    }
    const double none = std::numeric_limits<double>::quiet_NaN();
    result.accuracy = result.clips > 0 ? static_cast<double>(right) / result.clips : none;
    result.originalAccuracy = result.clips > 0 ? static_cast<double>(originallyRight) / result.clips : none;
    return result;
}

std::optional<CardComparison> compareWithCard(const RunStore& store, const RunRecord& run)
{
    const std::filesystem::path file = RunFolder(store.runFolder(run.id)).cardFile();
    std::error_code failure;
    if (!std::filesystem::exists(file, failure))
        return {};
    return compareWithCard(RunCard::fromFile(file), store.predictions(run.id), store.environment(run.id));
}

std::string toSentence(const CardComparison& comparison)
{
    const std::string& original = comparison.original;
    if (comparison.clips == 0)
        return "Nothing can be compared with the card of " + original + " yet.";
    const std::string count = std::to_string(comparison.clips);
    std::string text;
    if (comparison.isExact()) {
        text = "Reproduces " + original + " exactly: all probabilities of " + count + " clips are equal to the last bit";
    } else {
        char difference[24];
        std::snprintf(difference, sizeof difference, "%.2g", comparison.largestDifference);
        text = "Beside " + original + ": " + std::to_string(comparison.samePrediction) + " of " + count + " predictions are the same, "
            + std::to_string(comparison.identical) + " to the last bit; the largest difference of a probability is " + difference;
    }
    text += "; accuracy " + percent(comparison.accuracy) + ", in the card " + percent(comparison.originalAccuracy) + ".";
    if (comparison.missing > 0)
        text += " " + std::to_string(comparison.missing) + " clips of the card have no prediction here.";
    if (!comparison.environment.empty())
        text += " Different from then: " + comparison.environment + ".";
    return text;
}

Json toJson(const CardComparison& comparison)
{
    return {{"original", comparison.original}, {"exact", comparison.isExact()}, {"clips", comparison.clips}, {"missing", comparison.missing},
            {"same_prediction", comparison.samePrediction}, {"identical", comparison.identical},
            {"largest_difference", comparison.largestDifference}, {"accuracy", comparison.accuracy},
            {"original_accuracy", comparison.originalAccuracy}, {"environment_difference", comparison.environment}};
}

} // namespace melscope
