// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunSession.h"

#include "dataset/DatasetFingerprint.h"
#include "base/Files.h"
#include "runs/RunEnvironment.h"

#include <algorithm>
#include <cstdio>
#include <new>

namespace melscope {
namespace {

std::string pretrainingLine(const EpochMetrics& epoch)
{
    char text[256];
    std::snprintf(text, sizeof text, "fold %d stage %s epoch %d of %d: loss %.4f, accuracy %.2f %%; %.1f clips/s, %.1f s", epoch.fold,
                  epoch.stage.c_str(), epoch.epoch, epoch.epochs, epoch.trainLoss, 100.0 * epoch.trainAccuracy, epoch.clipsPerSecond,
                  epoch.seconds);
    std::string line = text;
    for (const Figure& figure : epoch.figures) {
        std::snprintf(text, sizeof text, "; %s %.4f", figure.name.c_str(), figure.value);
        line += text;
    }
    return line;
}

std::string epochLine(const EpochMetrics& epoch)
{
    if (epoch.stage != supervisedStage)
        return pretrainingLine(epoch);
    char text[256];
    std::snprintf(text, sizeof text,
                  "fold %d epoch %d of %d: training loss %.4f, accuracy %.2f %%; held-out loss %.4f, accuracy %.2f %%; %.1f clips/s, %.1f s",
                  epoch.fold, epoch.epoch, epoch.epochs, epoch.trainLoss, 100.0 * epoch.trainAccuracy, epoch.valLoss,
                  100.0 * epoch.valAccuracy, epoch.clipsPerSecond, epoch.seconds);
    return text;
}

std::string foldLine(const FoldResult& result)
{
    char text[160];
    std::snprintf(text, sizeof text, "fold %d: accuracy %.2f %% of %zu clips, with %d test-time views %.2f %%, after %zu epochs and %.1f s",
                  result.fold, 100.0 * result.accuracy, result.predictions.size(), result.ttaViews, 100.0 * result.ttaAccuracy,
                  result.history.size(), result.seconds);
    return text;
}

} // namespace

RunSession::RunSession(RunStore& store, std::string id, RunControl& control, ReportThrottle& reports)
    : m_store(store), m_id(std::move(id)), m_control(control), m_reports(reports)
{
}

void RunSession::run(std::shared_ptr<const Dataset> dataset, const EngineSource& engineSource)
{
    try {
        train(std::move(dataset), engineSource);
    } catch (const std::bad_alloc&) {
        fail("There was not enough memory for this run; a smaller batch or a smaller input needs less. What was trained is kept.");
    } catch (const Error& error) {
        fail(error.what());
    } catch (const std::exception& error) {
        fail(std::string("Training ended unexpectedly: ") + error.what());
    } catch (...) {
        fail("Training ended unexpectedly, for a reason that was not told.");
    }
    m_reports.flush();
}

void RunSession::train(std::shared_ptr<const Dataset> dataset, const EngineSource& engineSource)
{
    m_position.run = m_id;
    m_run = m_store.find(m_id);
    m_position.foldCount = static_cast<int>(m_run.folds.size());
    m_position.epochs = m_run.epochs;
    const FileLock lock(m_store.lockFile(m_id));
    m_held = true;
    m_run = m_store.find(m_id); // whoever held the lock before us may have ended it
    if (m_run.state == RunState::Finished || m_run.state == RunState::Stopped) {
        report(m_run.state, m_run.message, {});
        return;
    }
    enter(RunState::Preparing, "Loading the training engine");
    const std::shared_ptr<Engine> engine = engineSource();
    if (!dataset) {
        enter(RunState::Preparing, "Opening the dataset");
        dataset = m_store.openRecordedDataset(m_id);
        m_run = m_store.find(m_id); // its fingerprint may have been renewed
    }
    recordEnvironment(*engine);
    const RunState end = trainFolds(*engine, {.dataset = std::move(dataset), .recipe = m_store.recipe(m_id), .seed = m_run.seed,
                                              .folder = m_store.runFolder(m_id)});
    enter(end, {});
}

RunState RunSession::trainFolds(Engine& engine, FoldJob job)
{
    const auto wishedEnd = [&](RunState otherwise) {
        if (m_control.wish() == RunControl::Wish::Pause)
            enter(RunState::Paused, {});
        const RunControl::Wish wish = m_control.waitWhilePaused();
        if (wish == RunControl::Wish::Interrupt)
            return RunState::Interrupted;
        return wish == RunControl::Wish::StopAndKeep ? RunState::Stopped : otherwise;
    };
    for (size_t i = 0; i < m_run.folds.size(); ++i) {
        job.fold = m_run.folds[i];
        if (hasResult(job.fold))
            continue;
        if (const RunState end = wishedEnd(RunState::Running); end != RunState::Running)
            return end;
        m_position.fold = job.fold;
        // A run may have waited long with its dataset open; what changed on disk must not enter unnoticed.
        if (fingerprint(*job.dataset) != m_run.datasetFingerprint)
            job.dataset = m_store.openRecordedDataset(m_id); // throws the sentence that says what changed
        m_position.foldIndex = static_cast<int>(i);
        FoldResult result;
        try {
            result = engine.trainFold(job, m_control, [this](const FoldProgress& progress) { follow(progress); });
        } catch (const Error& error) {
            // Stopped before the fold had anything to keep: the folds before it stand.
            if (error.kind() != ErrorKind::Cancelled || m_control.wish() != RunControl::Wish::StopAndKeep)
                throw;
            m_store.log(m_id, error.what());
            return RunState::Stopped;
        }
        for (const Problem& problem : result.problems)
            m_store.log(m_id, "fold " + std::to_string(job.fold) + ": " + problem.message);
        m_store.addFoldResult(m_id, result);
        if (result.end == FoldResult::End::Interrupted)
            return RunState::Interrupted;
        m_store.log(m_id, foldLine(result));
        m_run = m_store.find(m_id);
        if (result.end == FoldResult::End::StoppedAndKept)
            return RunState::Stopped;
    }
    return RunState::Finished;
}

void RunSession::recordEnvironment(const Engine& engine)
{
    const Json before = m_store.environment(m_id);
    Json now = describeEnvironment(engine.info(), m_store.recipe(m_id), m_run.datasetFingerprint);
    if (const std::string difference = before.empty() ? "" : environmentDifference(before, now); !difference.empty()) {
        const bool otherPrecision = before.value("bf16", Json()) != now.value("bf16", Json())
            && m_store.recipe(m_id).text("training.precision") == "auto";
        m_store.log(m_id, "the environment is not that of the earlier sitting (" + difference + "): the numbers may differ "
                          + (otherPrecision ? "visibly, because automatic precision comes to another one here," : "in their last bits")
                          + " from those of an undisturbed run");
        Json earlier = before.value("earlier", Json::array());
        Json last = before;
        last.erase("earlier");
        earlier.push_back(std::move(last));
        now["earlier"] = std::move(earlier);
    } else if (before.contains("earlier")) {
        now["earlier"] = before["earlier"];
    }
    m_store.setEnvironment(m_id, now);
}

void RunSession::follow(const FoldProgress& progress)
{
    if (!progress.newEpochs.empty()) {
        m_store.addMetrics(m_id, progress.newEpochs);
        for (const EpochMetrics& epoch : progress.newEpochs)
            m_store.log(m_id, epochLine(epoch));
    }
    const RunState state = stateDuring(progress);
    if (state != m_state)
        m_store.setState(m_id, state);
    m_state = state;
    report(state, progress.preparing, progress);
    if (!progress.newEpochs.empty())
        m_store.setProgress(m_id, (m_position.foldIndex + progress.stage.doneOfFold(progress.step, progress.steps)) / m_position.foldCount);
}

RunState RunSession::stateDuring(const FoldProgress& progress) const
{
    switch (m_control.wish()) {
    case RunControl::Wish::StopAndKeep:
    case RunControl::Wish::Interrupt: return RunState::Stopping;
    case RunControl::Wish::Pause: return progress.paused ? RunState::Paused : RunState::Pausing;
    case RunControl::Wish::Continue: break;
    }
    return progress.preparing.empty() ? RunState::Running : RunState::Preparing;
}

double RunSession::secondsLeft(const FoldProgress& progress) const
{
    const auto waiting = std::count_if(m_run.folds.begin() + m_position.foldIndex + 1, m_run.folds.end(),
                                       [this](int fold) { return !hasResult(fold); });
    if (progress.secondsLeft < 0.0 || waiting == 0)
        return progress.secondsLeft;
    // Folds are alike: what one took is the best guess at the others; before the first is through, what it is heading for.
    double perFold = 0.0;
    const double done = progress.stage.doneOfFold(progress.step, progress.steps);
    if (!m_run.results.empty()) {
        for (const FoldRecord& fold : m_run.results)
            perFold += fold.seconds / static_cast<double>(m_run.results.size());
    } else if (done < 1.0) {
        perFold = progress.secondsLeft / (1.0 - done);
    } else {
        return -1.0;
    }
    return progress.secondsLeft + perFold * static_cast<double>(waiting);
}

void RunSession::enter(RunState state, const std::string& message)
{
    if (m_held)
        m_store.setState(m_id, state, isEnded(state) ? message : std::string());
    m_state = state;
    report(state, message, {});
}

void RunSession::report(RunState state, const std::string& message, const FoldProgress& progress)
{
    m_position.state = state;
    m_position.message = message;
    if (progress.steps > 0) {
        m_position.stage = progress.stage;
        m_position.epoch = progress.epoch;
        m_position.epochs = progress.epochs;
        m_position.step = progress.step;
        m_position.steps = progress.steps;
        m_position.clipsPerSecond = progress.clipsPerSecond;
        m_position.secondsLeft = secondsLeft(progress);
    }
    TrainingReport report = m_position;
    report.newSteps = progress.newSteps;
    report.newEpochs = progress.newEpochs;
    report.newConfusion = progress.newConfusion;
    m_reports.offer(std::move(report));
}

void RunSession::fail(const std::string& sentence)
{
    try {
        enter(RunState::Failed, sentence);
    } catch (const std::exception& error) {
        // The store failed as well (a full disk, for instance): the window must hear of both.
        report(RunState::Failed, sentence + " Besides, the failure could not be stored: " + error.what(), {});
    }
}

bool RunSession::hasResult(int fold) const
{
    return std::any_of(m_run.results.begin(), m_run.results.end(), [&](const FoldRecord& result) { return result.fold == fold; });
}

} // namespace melscope
