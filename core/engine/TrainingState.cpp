// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/TrainingState.h"

#include <limits>

namespace melscope {
namespace {

// JSON knows no NaN: an epoch that was not evaluated has null.
double numberOrNan(const Json& json)
{
    return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
}

Json figuresToJson(const std::vector<Figure>& figures)
{
    Json json = Json::object();
    for (const Figure& figure : figures)
        json[figure.name] = figure.value;
    return json;
}

std::vector<Figure> figuresFromJson(const Json& json)
{
    std::vector<Figure> figures;
    for (const auto& [name, value] : json.items())
        figures.push_back({.name = name, .value = numberOrNan(value)});
    return figures;
}

Json epochToJson(const EpochMetrics& m)
{
    return {{"fold", m.fold}, {"stage", m.stage}, {"epoch", m.epoch}, {"epochs", m.epochs}, {"train_loss", m.trainLoss},
            {"train_accuracy", m.trainAccuracy}, {"val_loss", m.valLoss}, {"val_accuracy", m.valAccuracy}, {"lr", m.learningRate},
            {"clips_per_second", m.clipsPerSecond}, {"data_wait_share", m.dataWaitShare}, {"seconds", m.seconds},
            {"figures", figuresToJson(m.figures)}};
}

EpochMetrics epochFromJson(const Json& json)
{
    return {.fold = json.at("fold"), .stage = json.value("stage", supervisedStage), .epoch = json.at("epoch"), .epochs = json.at("epochs"), .trainLoss = json.at("train_loss"),
            .trainAccuracy = json.at("train_accuracy"), .valLoss = numberOrNan(json.at("val_loss")),
            .valAccuracy = numberOrNan(json.at("val_accuracy")), .learningRate = json.at("lr"),
            .clipsPerSecond = json.at("clips_per_second"), .dataWaitShare = json.at("data_wait_share"), .seconds = json.at("seconds"),
            .figures = figuresFromJson(json.value("figures", Json::object()))};
}

} // namespace

Json TrainingState::toJson() const
{
    Json epochs = Json::array();
    for (const EpochMetrics& metrics : history)
        epochs.push_back(epochToJson(metrics));
    return {{"epochs_done", epochsDone}, {"batch_in_epoch", batchInEpoch}, {"step", step}, {"loss_sum", lossSum},
            {"correct", correct}, {"clips_seen", clipsSeen}, {"trials", trials}, {"figure_sums", figuresToJson(figureSums)}, {"epoch_seconds", epochSeconds}, {"wait_seconds", waitSeconds},
            {"seconds", seconds}, {"best_accuracy", bestAccuracy}, {"best_epoch", bestEpoch}, {"history", epochs}};
}

TrainingState TrainingState::fromJson(const Json& json)
{
    TrainingState state{.epochsDone = json.at("epochs_done"), .batchInEpoch = json.at("batch_in_epoch"), .step = json.at("step"),
                        .lossSum = json.at("loss_sum"), .correct = json.at("correct"), .clipsSeen = json.at("clips_seen"),
                        .trials = json.value("trials", int64_t{0}), .figureSums = figuresFromJson(json.value("figure_sums", Json::object())),
                        .epochSeconds = json.at("epoch_seconds"), .waitSeconds = json.at("wait_seconds"), .seconds = json.at("seconds"),
                        .bestAccuracy = json.at("best_accuracy"), .bestEpoch = json.at("best_epoch")};
    for (const Json& epoch : json.at("history"))
        state.history.push_back(epochFromJson(epoch));
    return state;
}

} // namespace melscope
