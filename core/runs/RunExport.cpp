// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunExport.h"

#include "audio/AudioFile.h"
#include "base/CsvText.h"
#include "base/Files.h"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <utility>

namespace melscope {
namespace {

std::string className(const std::vector<std::string>& classes, int label)
{
    const auto index = static_cast<size_t>(label);
    return label >= 0 && index < classes.size() ? classes[index] : std::to_string(label);
}

Json toJson(const FoldRecord& fold)
{
    return {{"fold", fold.fold}, {"n", fold.count}, {"correct", fold.correct}, {"tta_correct", fold.ttaCorrect},
            {"tta_views", fold.ttaViews}, {"epochs_trained", fold.epochsTrained}, {"seconds", fold.seconds}};
}

Json toJson(const EpochMetrics& epoch)
{
    Json figures = Json::object();
    for (const Figure& figure : epoch.figures)
        figures[figure.name] = figure.value;
    return {{"fold", epoch.fold}, {"stage", epoch.stage}, {"epoch", epoch.epoch}, {"epochs", epoch.epochs}, {"train_loss", epoch.trainLoss},
            {"train_accuracy", epoch.trainAccuracy}, {"val_loss", epoch.valLoss}, {"val_accuracy", epoch.valAccuracy},
            {"lr", epoch.learningRate}, {"clips_per_second", epoch.clipsPerSecond}, {"data_wait_share", epoch.dataWaitShare},
            {"seconds", epoch.seconds}, {"figures", figures}};
}

Json toJson(const ClipPrediction& clip, const std::vector<std::string>& classes)
{
    Json json = {{"clip", clip.name}, {"fold", clip.fold}, {"class", className(classes, clip.label)},
                 {"predicted", className(classes, clip.predicted)}, {"loss", clip.loss}, {"probabilities", clip.probabilities}};
    if (!clip.ttaProbabilities.empty()) {
        json["tta_predicted"] = className(classes, clip.ttaPredicted);
        json["tta_probabilities"] = clip.ttaProbabilities;
    }
    return json;
}

} // namespace

double pooledAccuracy(const std::vector<FoldRecord>& folds)
{
    int correct = 0;
    int count = 0;
    for (const FoldRecord& fold : folds) {
        correct += fold.correct;
        count += fold.count;
    }
    return count > 0 ? static_cast<double>(correct) / count : std::numeric_limits<double>::quiet_NaN();
}

Json weightsJson(const RunRecord& run)
{
    if (run.weights.empty())
        return nullptr;
    return {{"name", run.weights}, {"sha256", run.weightsSha256}, {"trained_on", run.trainedOn}};
}

Json toJson(const RunRecord& run)
{
    Json results = Json::array();
    for (const FoldRecord& fold : run.results)
        results.push_back(toJson(fold));
    return {{"run", run.id}, {"name", run.name}, {"state", toString(run.state)}, {"message", run.message}, {"method", run.method},
            {"recipe", run.recipeName}, {"recipe_changes", run.recipeChanges}, {"weights", weightsJson(run)},
            {"dataset", run.datasetName}, {"dataset_path", run.datasetPath.string()},
            {"dataset_fingerprint", run.datasetFingerprint}, {"classes", run.classes}, {"folds", run.folds}, {"seed", run.seed},
            {"precision", run.precision}, {"parameters", run.parameters}, {"epochs", run.epochs}, {"created", run.createdAt},
            {"seconds", run.seconds}, {"accuracy", pooledAccuracy(run.results)}, {"results", results}};
}

Json exportJson(const RunStore& store, const RunRecord& run)
{
    Json json = toJson(run);
    json["recipe_file"] = store.recipe(run.id).toJson();
    json["environment"] = store.environment(run.id);
    json["metrics"] = Json::array();
    for (const EpochMetrics& epoch : store.metrics(run.id))
        json["metrics"].push_back(toJson(epoch));
    json["predictions"] = Json::array();
    for (const ClipPrediction& clip : store.predictions(run.id))
        json["predictions"].push_back(toJson(clip, run.classes));
    return json;
}

std::string metricsCsv(const std::vector<EpochMetrics>& epochs)
{
    std::vector<std::string> figures; // in the order in which they first occur
    for (const EpochMetrics& epoch : epochs)
        for (const Figure& figure : epoch.figures)
            if (std::ranges::find(figures, figure.name) == figures.end())
                figures.push_back(figure.name);
    std::string text = "fold,stage,epoch,epochs,train_loss,train_accuracy,val_loss,val_accuracy,lr,clips_per_second,data_wait_share,seconds";
    for (const std::string& name : figures)
        text += "," + csvCell(name);
    text += "\n";
    for (const EpochMetrics& epoch : epochs) {
        text += std::to_string(epoch.fold) + "," + csvCell(epoch.stage) + "," + std::to_string(epoch.epoch) + "," + std::to_string(epoch.epochs);
        for (const double value : {epoch.trainLoss, epoch.trainAccuracy, epoch.valLoss, epoch.valAccuracy, epoch.learningRate,
                                   epoch.clipsPerSecond, epoch.dataWaitShare, epoch.seconds})
            text += "," + csvCell(value);
        for (const std::string& name : figures) {
            const auto found = std::ranges::find(epoch.figures, name, &Figure::name);
            text += found == epoch.figures.end() ? "," : "," + csvCell(found->value);
        }
        text += "\n";
    }
    return text;
}

std::string predictionsCsv(const Predictions& predictions, const std::vector<std::string>& classes)
{
    std::string text = "clip,fold,class,predicted,correct,loss,tta_predicted,tta_correct";
    for (const std::string& name : classes)
        text += "," + csvCell("p(" + name + ")");
    text += "\n";
    for (const ClipPrediction& clip : predictions) {
        text += csvCell(clip.name) + "," + std::to_string(clip.fold) + "," + csvCell(className(classes, clip.label)) + ","
            + csvCell(className(classes, clip.predicted)) + "," + (clip.correct() ? "1" : "0") + "," + csvCell(clip.loss);
        const bool hasTta = !clip.ttaProbabilities.empty();
        text += hasTta ? "," + csvCell(className(classes, clip.ttaPredicted)) + (clip.ttaCorrect() ? ",1" : ",0") : ",,";
        for (const float probability : clip.probabilities)
            text += "," + csvCell(probability);
        text += "\n";
    }
    return text;
}

LabelledSpan predictionSpan(const ClipPrediction& clip, const std::vector<std::string>& classes, double seconds)
{
    const auto predicted = static_cast<size_t>(clip.predicted);
    std::string text = className(classes, clip.predicted);
    if (predicted < clip.probabilities.size()) {
        char share[16];
        std::snprintf(share, sizeof share, " %.1f %%", 100.0 * static_cast<double>(clip.probabilities[predicted]));
        text += share;
    }
    if (!clip.correct())
        text += " (is " + className(classes, clip.label) + ")";
    return {.end = seconds, .text = text};
}

std::vector<std::filesystem::path> exportLabels(const RunStore& store, const RunRecord& run, const std::filesystem::path& folder,
                                                std::vector<std::string>& unreadable)
{
    const Predictions predictions = store.predictions(run.id);
    if (predictions.empty())
        throw Error(ErrorKind::Empty, "Run " + run.name + " has no predictions yet; train it to the end of a fold first.");
    const auto dataset = store.openRecordedDataset(run.id);
    const double heard = store.recipe(run.id).frontEnd().clipSeconds;
    std::vector<std::filesystem::path> written;
    for (const ClipPrediction& clip : predictions) {
        const auto found = std::ranges::find(dataset->clips, clip.name, &Clip::name);
        if (found == dataset->clips.end())
            continue;
        try {
            const double seconds = readAudioInfo(found->path).seconds();
            const std::string labels = audacityLabels({predictionSpan(clip, run.classes, seconds > 0.0 ? std::min(seconds, heard) : heard)});
            written.push_back(folder / labelFileName(clip.name));
            writeFileAtomically(written.back(), labels);
        } catch (const Error& error) {
            if (error.path() != found->path)
                throw;
            unreadable.emplace_back(error.what());
        }
    }
    return written;
}

} // namespace melscope
