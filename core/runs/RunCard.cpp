// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunCard.h"

#include "base/Files.h"

#include <fstream>

namespace melscope {
namespace {

constexpr const char* marker = "melscope_card";
constexpr int version = 1;
constexpr size_t mostPredictions = 2'000'000;

Json toJson(const ClipPrediction& clip)
{
    return {{"clip", clip.name}, {"fold", clip.fold}, {"label", clip.label}, {"predicted", clip.predicted}, {"loss", clip.loss},
            {"probabilities", clip.probabilities}, {"tta_predicted", clip.ttaPredicted}, {"tta_probabilities", clip.ttaProbabilities}};
}

ClipPrediction predictionFrom(const Json& json, size_t classes)
{
    ClipPrediction clip{.name = json.at("clip"), .fold = json.at("fold"), .label = json.at("label"), .predicted = json.at("predicted"),
                        .loss = json.at("loss").is_null() ? 0.0 : json.at("loss").get<double>(), .probabilities = json.at("probabilities"),
                        .ttaPredicted = json.at("tta_predicted"), .ttaProbabilities = json.at("tta_probabilities")};
    for (const int label : {clip.label, clip.predicted, clip.ttaPredicted})
        if (label < 0 || static_cast<size_t>(label) >= classes)
            throw Error(ErrorKind::Format, clip.name + " is of class " + std::to_string(label) + ", but there are " + std::to_string(classes));
    return clip;
}

} // namespace

RunCard RunCard::of(const RunStore& store, const RunRecord& run)
{
    return {.run = run.name, .recipe = store.recipe(run.id), .folds = run.folds, .seed = run.seed, .datasetName = run.datasetName,
            .datasetFingerprint = run.datasetFingerprint, .classes = run.classes, .environment = store.environment(run.id),
            .predictions = store.predictions(run.id)};
}

Json RunCard::toJson() const
{
    Json json{{marker, version}, {"run", run}, {"seed", seed}, {"folds", folds}, {"dataset", datasetName},
              {"dataset_fingerprint", datasetFingerprint}, {"classes", classes}, {"recipe", recipe.toJson()}, {"environment", environment}};
    json["predictions"] = Json::array();
    for (const ClipPrediction& clip : predictions)
        json["predictions"].push_back(melscope::toJson(clip));
    return json;
}

RunCard RunCard::fromFile(const std::filesystem::path& file)
{
    const Json json = Json::parse(readFile(file), nullptr, false);
    if (!json.is_object() || !json.contains(marker))
        throw Error(ErrorKind::Format, file.string() + " is no recipe card: write one with `melscope runs export RUN --format card`.", file);
    try {
        if (json.at(marker).get<int>() > version)
            throw Error(ErrorKind::Unsupported, file.string() + " was written by a newer Melscope; update this one to read it.", file);
        RunCard card{.run = json.at("run"), .recipe = Recipe::fromJson(json.at("recipe")), .folds = json.at("folds"), .seed = json.at("seed"),
                     .datasetName = json.at("dataset"), .datasetFingerprint = json.at("dataset_fingerprint"), .classes = json.at("classes"),
                     .environment = json.at("environment")};
        if (json.at("predictions").size() > mostPredictions)
            throw Error(ErrorKind::Format, "it holds more predictions than any dataset has clips");
        for (const Json& clip : json.at("predictions"))
            card.predictions.push_back(predictionFrom(clip, card.classes.size()));
        return card;
    } catch (const Json::exception& error) {
        throw Error(ErrorKind::Format, file.string() + " is a damaged recipe card: " + error.what() + ".", file);
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::Format)
            throw Error(ErrorKind::Format, file.string() + " is a damaged recipe card: " + error.what() + ".", file);
        throw;
    }
}

bool RunCard::looksLikeOne(const std::filesystem::path& file)
{
    if (file.extension() != ".json")
        return false;
    std::ifstream stream(file, std::ios::binary);
    std::string beginning(64, '\0');
    stream.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
    return beginning.find(marker) != std::string::npos;
}

} // namespace melscope
