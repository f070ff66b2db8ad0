// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/RunPrinter.h"

#include "base/Statistics.h"
#include "cli/Command.h"
#include "cli/DatasetOptions.h"
#include "runs/CardComparison.h"
#include "runs/RunExport.h"
#include "training/Collapse.h"
#include "training/Stages.h"

#include <cmath>
#include <cstdio>
#include <numeric>

namespace melscope::cli {
namespace {

double share(int correct, int count)
{
    return count > 0 ? static_cast<double>(correct) / count : 0.0;
}

Json ttaAccuracy(const FoldRecord& fold)
{
    return fold.ttaViews > 0 ? Json(share(fold.ttaCorrect, fold.count)) : Json(nullptr);
}

Json toJson(const Interval& interval)
{
    return {interval.low, interval.high};
}

std::string intervalText(const Interval& interval)
{
    return "95 % interval " + percent(interval.low) + " to " + percent(interval.high);
}

/// All folds as if they were one.
FoldRecord pooled(const std::vector<FoldRecord>& folds)
{
    FoldRecord sum;
    for (const FoldRecord& fold : folds) {
        sum.count += fold.count;
        sum.correct += fold.correct;
        sum.ttaCorrect += fold.ttaCorrect;
        sum.ttaViews = fold.ttaViews;
        sum.seconds += fold.seconds;
    }
    return sum;
}

MeanAndDeviation overFolds(const std::vector<FoldRecord>& folds, int FoldRecord::*correct)
{
    std::vector<double> accuracies;
    for (const FoldRecord& fold : folds)
        accuracies.push_back(share(fold.*correct, fold.count));
    return meanAndDeviation(accuracies);
}

Json epochLine(const std::string& run, const EpochMetrics& epoch)
{
    Json line = {{"event", "epoch"}, {"run", run}, {"fold", epoch.fold}, {"stage", epoch.stage}, {"epoch", epoch.epoch},
                 {"epochs", epoch.epochs}, {"train_loss", epoch.trainLoss}, {"train_accuracy", epoch.trainAccuracy}};
    if (epoch.stage == supervisedStage) {
        line["val_loss"] = epoch.valLoss;
        line["val_accuracy"] = epoch.valAccuracy;
    }
    for (const Figure& figure : epoch.figures)
        line[figure.name] = figure.value;
    if (const auto warning = collapseWarning(epoch))
        line["warning"] = *warning;
    line["lr"] = epoch.learningRate;
    line["clips_per_second"] = epoch.clipsPerSecond;
    line["seconds"] = epoch.seconds;
    return line;
}

std::string pretrainingText(const EpochMetrics& epoch)
{
    char text[160];
    std::snprintf(text, sizeof text, "fold %d  %s  epoch %3d of %d  loss %.4f  accuracy %s", epoch.fold, epoch.stage.c_str(),
                  epoch.epoch, epoch.epochs, epoch.trainLoss, percent(epoch.trainAccuracy).c_str());
    std::string line = text;
    for (const Figure& figure : epoch.figures) {
        const FigureInfo* const info = findFigure(figure.name);
        const bool share = info && info->kind == FigureInfo::Kind::Accuracy;
        std::snprintf(text, sizeof text, "%.3f", figure.value);
        line += "  " + (info ? info->title : figure.name) + " " + (share ? percent(figure.value) : std::string(text));
    }
    std::snprintf(text, sizeof text, "  %.1f clips/s", epoch.clipsPerSecond);
    return line + text;
}

std::string epochText(const EpochMetrics& epoch)
{
    if (epoch.stage != supervisedStage)
        return pretrainingText(epoch);
    char text[160];
    std::snprintf(text, sizeof text, "fold %d  epoch %3d of %d  train loss %.4f", epoch.fold, epoch.epoch, epoch.epochs, epoch.trainLoss);
    std::string line = text;
    if (!std::isnan(epoch.valLoss)) { // not every epoch is validated
        std::snprintf(text, sizeof text, "  validation loss %.4f  accuracy ", epoch.valLoss);
        line += text + percent(epoch.valAccuracy);
    }
    std::snprintf(text, sizeof text, "  %.1f clips/s", epoch.clipsPerSecond);
    return line + text;
}

} // namespace

Json resultLine(const std::string& run, const FoldRecord& fold)
{
    return {{"event", "result"}, {"run", run}, {"fold", fold.fold}, {"accuracy", share(fold.correct, fold.count)},
            {"tta_accuracy", ttaAccuracy(fold)}, {"n", fold.count}, {"interval", toJson(wilsonInterval(fold.correct, fold.count))},
            {"seconds", fold.seconds}};
}

std::string resultText(const FoldRecord& fold)
{
    std::string text = "fold " + std::to_string(fold.fold) + ": " + percent(share(fold.correct, fold.count));
    if (fold.ttaViews > 0)
        text += ", with " + std::to_string(fold.ttaViews) + " test-time views " + percent(share(fold.ttaCorrect, fold.count));
    return text + " of " + std::to_string(fold.count) + " held-out clips, "
        + intervalText(wilsonInterval(fold.correct, fold.count)) + ", " + duration(fold.seconds);
}

Json summaryLine(const std::string& run, const std::vector<FoldRecord>& folds)
{
    const FoldRecord all = pooled(folds);
    const MeanAndDeviation plain = overFolds(folds, &FoldRecord::correct);
    const MeanAndDeviation tta = overFolds(folds, &FoldRecord::ttaCorrect);
    Json list = Json::array();
    for (const FoldRecord& fold : folds)
        list.push_back(fold.fold);
    return {{"event", "summary"}, {"run", run}, {"folds", list}, {"mean", plain.mean}, {"sd", plain.deviation},
            {"tta_mean", all.ttaViews > 0 ? Json(tta.mean) : Json(nullptr)}, {"tta_sd", all.ttaViews > 0 ? Json(tta.deviation) : Json(nullptr)},
            {"accuracy", share(all.correct, all.count)}, {"tta_accuracy", ttaAccuracy(all)}, {"n", all.count},
            {"interval", toJson(wilsonInterval(all.correct, all.count))}, {"seconds", all.seconds}};
}

std::string summaryText(const std::vector<FoldRecord>& folds)
{
    const FoldRecord all = pooled(folds);
    const MeanAndDeviation plain = overFolds(folds, &FoldRecord::correct);
    return std::to_string(folds.size()) + " folds: mean " + percent(plain.mean) + ", standard deviation " + percent(plain.deviation)
        + "; all " + std::to_string(all.count) + " clips: " + percent(share(all.correct, all.count)) + ", "
        + intervalText(wilsonInterval(all.correct, all.count));
}

void RunPrinter::begin(const RunRecord& record, bool resumed, const std::vector<Problem>& problems)
{
    Json line = {{"event", "run"}, {"run", record.id}, {"name", record.name}, {"folds", record.folds}, {"seed", record.seed},
                 {"recipe", record.recipeName}, {"dataset", record.datasetPath.string()}, {"weights", weightsJson(record)}, {"problems", cli::toJson(problems)}};
    if (resumed)
        line["resumed"] = true;
    m_output.json(line);
    m_output.message("Run " + record.id + " (" + record.name + "), recipe " + record.recipeName + ".");
}

void RunPrinter::state(const TrainingReport& report)
{
    if (report.state == RunState::Failed)
        m_failure = report.message;
    if (report.message.empty() || report.message == m_lastMessage || report.state == RunState::Failed)
        return;
    m_lastMessage = report.message;
    m_output.message(report.message);
}

void RunPrinter::epochs(const std::vector<EpochMetrics>& epochs)
{
    for (const EpochMetrics& epoch : epochs) {
        m_output.json(epochLine(m_run, epoch));
        m_output.text(epochText(epoch));
        if (const auto warning = collapseWarning(epoch))
            m_output.message(*warning);
    }
}

void RunPrinter::newResults(const RunRecord& record)
{
    for (const FoldRecord& fold : record.results) {
        if (!m_printedFolds.insert(fold.fold).second)
            continue;
        m_output.json(resultLine(m_run, fold));
        m_output.text(resultText(fold));
    }
}

int RunPrinter::end(const RunRecord& record)
{
    newResults(record);
    if (record.state == RunState::Failed && m_failure.empty())
        m_failure = record.message;
    if (!m_failure.empty()) {
        m_output.json({{"event", "failed"}, {"run", m_run}, {"message", m_failure}});
        m_output.message(m_failure);
        m_output.message("What was reached is kept; once the cause is mended: melscope resume " + m_run);
        return Failed;
    }
    if (!isEnded(record.state)) {
        m_output.json({{"event", "interrupted"}, {"run", m_run}});
        m_output.message("Interrupted, everything is saved. Go on with: melscope resume " + m_run);
        return Interrupted;
    }
    if (record.results.size() > 1) {
        m_output.json(summaryLine(m_run, record.results));
        m_output.text(summaryText(record.results));
    }
    return Done;
}

void printReproduction(const RunStore& store, const RunRecord& run, Output& output)
{
    const auto comparison = compareWithCard(store, run);
    if (!comparison)
        return;
    Json line = {{"event", "reproduction"}, {"run", run.id}};
    line.update(toJson(*comparison));
    output.json(line);
    output.text(toSentence(*comparison));
}

} // namespace melscope::cli
