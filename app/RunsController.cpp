// SPDX-License-Identifier: GPL-3.0-or-later
#include "RunsController.h"

#include "base/Files.h"
#include "cli/SpectrogramPicture.h"
#include "common/Deliver.h"
#include "runs/HtmlReport.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace melscope {
namespace {

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

} // namespace

RunsController::RunsController(const std::filesystem::path& folder, QObject* parent) : QObject(parent)
{
    m_storeThread.add([this, folder, deliver = Deliver(this)](std::stop_token) {
        try {
            m_store = std::make_shared<RunStore>(folder);
            m_queue = std::make_shared<TrainingQueue>(m_store, [this, deliver](const TrainingReport& report) {
                deliver([this, report] { receive(report); });
            });
            m_store->recoverInterrupted();
            const std::vector<RunRecord> runs = m_store->list();
            std::vector<RunRecord> unfinished; // left by a close or a crash; oldest first, as they would have run
            std::copy_if(runs.rbegin(), runs.rend(), std::back_inserter(unfinished), [](const RunRecord& run) {
                return run.state == RunState::Interrupted || run.state == RunState::Queued;
            });
            deliver([this, unfinished, runs = RunList(runs)] {
                Q_EMIT runsChanged(runs);
                if (!unfinished.empty())
                    Q_EMIT unfinishedFound(unfinished);
            });
        } catch (const std::exception& error) {
            deliver([this, sentence = text(error.what())] { Q_EMIT failed(sentence); });
        }
    });
}

RunsController::~RunsController()
{
    m_storeThread.dropWaiting();
    m_storeThread.waitUntilIdle();
}

void RunsController::onStoreThread(StoreJob job, bool refreshAfter)
{
    m_storeThread.add([this, job = std::move(job), refreshAfter, deliver = Deliver(this)](std::stop_token) {
        if (!m_store || !m_queue) {
            deliver([this] { Q_EMIT failed(tr("The run store could not be opened, so runs can neither be started nor shown.")); });
            return;
        }
        try {
            try {
                job(*m_store, *m_queue);
            } catch (const std::exception& error) {
                deliver([this, sentence = text(error.what())] { Q_EMIT failed(sentence); });
            }
            // Shown anew after a failure as well: the page may have gone ahead of the store.
            if (!refreshAfter)
                return;
            deliver([this, runs = RunList(m_store->list()), waiting = m_queue->waiting()] {
                Q_EMIT runsChanged(runs);
                Q_EMIT waitingChanged(waiting);
            });
        } catch (const std::exception& error) {
            deliver([this, sentence = text(error.what())] { Q_EMIT failed(sentence); });
        }
    });
}

void RunsController::receive(const TrainingReport& report)
{
    const bool changed = !m_states.contains(report.run) || m_states.at(report.run) != report.state;
    m_states[report.run] = report.state;
    Q_EMIT reported(report);
    if (changed)
        refresh();
    if (!m_leaving || isTraining())
        return;
    m_leaving = false;
    if (report.state == RunState::Failed)
        Q_EMIT failed(tr("The run could not be saved, so Melscope stays open: %1").arg(text(report.message)));
    else
        Q_EMIT left();
}

bool RunsController::isTraining() const
{
    return std::any_of(m_states.begin(), m_states.end(), [](const auto& entry) { return isActive(entry.second); });
}

void RunsController::start(const NewRun& run)
{
    // Asked to go on at once: an attempt to leave that failed has held the queue.
    onStoreThread([run](RunStore&, TrainingQueue& queue) { queue.resume(queue.add(run).id); }, true);
}

void RunsController::pause()
{
    onStoreThread([](RunStore&, TrainingQueue& queue) { queue.pause(); }, false);
}

void RunsController::continueRun()
{
    onStoreThread([](RunStore&, TrainingQueue& queue) { queue.continueRun(); }, false);
}

void RunsController::stop(const std::string& run)
{
    onStoreThread([id = run](RunStore&, TrainingQueue& queue) { queue.stop(id); }, true);
}

void RunsController::resume(const std::string& run)
{
    onStoreThread([id = run](RunStore&, TrainingQueue& queue) { queue.resume(id); }, true);
}

void RunsController::move(const std::string& run, int position)
{
    onStoreThread([id = run, position](RunStore&, TrainingQueue& queue) { queue.move(id, position); }, true);
}

void RunsController::remove(const std::string& run)
{
    onStoreThread([id = run](RunStore& store, TrainingQueue& queue) {
        const auto waiting = queue.waiting();
        if (std::find(waiting.begin(), waiting.end(), id) != waiting.end())
            queue.stop(id); // deletes one that never began
        const auto runs = store.list();
        if (std::any_of(runs.begin(), runs.end(), [&](const RunRecord& run) { return run.id == id; }))
            store.remove(id);
    }, true);
}

void RunsController::rename(const std::string& run, const QString& name)
{
    onStoreThread([id = run, name = name.toStdString()](RunStore& store, TrainingQueue&) { store.rename(id, name); }, true);
}

void RunsController::saveAndLeave()
{
    if (!isTraining()) {
        Q_EMIT left();
        return;
    }
    m_leaving = true;
    onStoreThread([](RunStore&, TrainingQueue& queue) { queue.interrupt(); }, false);
}

void RunsController::loadMetrics(const std::string& run)
{
    onStoreThread([this, run, deliver = Deliver(this)](RunStore& store, TrainingQueue&) {
        deliver([this, run, metrics = store.metrics(run)] { Q_EMIT metricsLoaded(run, metrics); });
    }, false);
}

void RunsController::loadPredictions(const std::string& run)
{
    onStoreThread([this, run, deliver = Deliver(this)](RunStore& store, TrainingQueue&) {
        const std::string id = run;
        deliver([this, run, predictions = store.predictions(run), classes = store.find(run).classes] {
            Q_EMIT predictionsLoaded(run, predictions, classes);
        });
    }, false);
}

void RunsController::betweenRuns(EngineTask task)
{
    onStoreThread([task = std::move(task)](RunStore& store, TrainingQueue& queue) {
        queue.addTask([&store, task](const TrainingQueue::EngineSource& engine, const std::stop_token& stop) { task(store, engine, stop); });
    }, false);
}

void RunsController::withStore(StoreTask task)
{
    onStoreThread([this, task = std::move(task)](RunStore& store, TrainingQueue&) { task(store, outcomes(store)); }, false);
}

RunOutcomes& RunsController::outcomes(RunStore& store)
{
    if (!m_outcomes)
        m_outcomes = std::make_shared<RunOutcomes>(store);
    return *m_outcomes;
}

std::vector<AccuracyRow> RunsController::rows(RunStore& store, const std::optional<BaselineKey>& baseline)
{
    const std::vector<RunRecord> runs = store.list();
    std::vector<AccuracyRow> rows = accuracyTable(runs);
    addFigures(rows, runs, outcomes(store), baseline);
    return rows;
}

void RunsController::loadRows()
{
    onStoreThread([this, baseline = m_baseline, number = ++m_rowsAskedFor, deliver = Deliver(this)](RunStore& store, TrainingQueue&) {
        if (number != m_rowsAskedFor)
            return; // a newer wish waits behind this one
        const auto showPlain = [&] { deliver([this, rows = accuracyTable(store.list())] { Q_EMIT rowsLoaded(rows); }); };
        if (!std::exchange(m_rowsShown, true))
            showPlain();
        try {
            deliver([this, rows = rows(store, baseline)] { Q_EMIT rowsLoaded(rows); });
        } catch (const Error&) {
            showPlain(); // a damaged run must not take the table away; the sentence follows
            throw;
        }
    }, false);
}

void RunsController::setBaseline(const BaselineKey& baseline)
{
    m_baseline = baseline;
    loadRows();
}

void RunsController::writeReport(const QString& path)
{
    onStoreThread([this, path, baseline = m_baseline, deliver = Deliver(this)](RunStore& store, TrainingQueue&) {
        QString failure;
        try {
            const std::vector<AccuracyRow> table = rows(store, baseline);
            writeFileAtomically(path.toStdString(), toHtml(table, reportSections(table, store)));
        } catch (const std::exception& error) {
            failure = text(error.what());
        }
        deliver([this, path, failure] { Q_EMIT reportWritten(path, failure); });
    }, false);
}

void RunsController::findCodebooks()
{
    onStoreThread([this, deliver = Deliver(this)](RunStore& store, TrainingQueue&) {
        deliver([this, codebooks = melscope::findCodebooks(store.folder(), store.list())] { Q_EMIT codebooksFound(codebooks); });
    }, false);
}

void RunsController::writeRun(const std::string& run, RunFormat format, const QString& path)
{
    onStoreThread([this, run, format, path, deliver = Deliver(this)](RunStore&, TrainingQueue&) {
        // Sounds and pictures take seconds: the list of runs must not wait for them.
        m_writer.add([this, store = m_store, run, format, path, deliver](const std::stop_token&) {
            QString failure;
            try {
                std::vector<std::string> warnings;
                melscope::writeRun(*store, store->find(run), format, path.toStdString(),
                                   [](const SpectrogramGrid& grid) { return cli::spectrogramPng(grid, "magma"); }, warnings);
                if (!warnings.empty())
                    failure = warnings.size() == 1 ? tr("Written: %1, but not all of it: %2").arg(path, text(warnings.front()))
                                                   : tr("Written: %1, but %2 clips are missing. The first: %3").arg(path).arg(warnings.size()).arg(text(warnings.front()));
            } catch (const std::exception& error) {
                failure = text(error.what());
            }
            deliver([this, path, failure] { Q_EMIT reportWritten(path, failure); });
        });
    }, false);
}

void RunsController::loadReproduction(const std::string& run)
{
    onStoreThread([this, run, deliver = Deliver(this)](RunStore& store, TrainingQueue&) {
        const RunRecord record = store.find(run);
        if (const auto comparison = compareWithCard(store, record))
            deliver([this, name = text(record.name), comparison = *comparison] { Q_EMIT reproductionLoaded(name, comparison); });
    }, false);
}

void RunsController::refresh()
{
    onStoreThread([](RunStore&, TrainingQueue&) {}, true);
}

} // namespace melscope
