// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Threads.h"
#include "runs/AccuracyFigures.h"
#include "runs/CardComparison.h"
#include "runs/RunCodebooks.h"
#include "runs/RunFiles.h"
#include "runs/RunList.h"
#include "runs/RunOutcomes.h"
#include "runs/TrainingQueue.h"

#include <QObject>

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace melscope {

/// Turns the run store and the training queue into signals for the pages. Lives on the GUI thread; every touch of the disk
/// happens on its one store thread, training on the queue's.
class RunsController : public QObject
{
    Q_OBJECT

public:
    /// `folder` as for RunStore. Opening it, finding unfinished runs and the first list come as signals.
    explicit RunsController(const std::filesystem::path& folder, QObject* parent = nullptr);
    ~RunsController() override; ///< waits for the running batch; call saveAndLeave() first to wait without blocking

    bool isTraining() const; ///< a worker holds a run at this moment

    void start(const NewRun& run);
    void pause();
    void continueRun();
    void stop(const std::string& run);
    void resume(const std::string& run);
    void move(const std::string& run, int position);
    void remove(const std::string& run);
    void rename(const std::string& run, const QString& name);
    void saveAndLeave(); ///< interrupts the running run; left() follows when its checkpoint is on the disk

    void loadMetrics(const std::string& run);
    void loadPredictions(const std::string& run);
    void loadReproduction(const std::string& run); ///< reproductionLoaded follows where the run was made with a card
    void writeRun(const std::string& run, RunFormat format, const QString& path); ///< reportWritten follows
    void refresh(); ///< runsChanged follows
    void loadRows();                                ///< rowsLoaded follows
    void setBaseline(const BaselineKey& baseline); ///< of the rows; rowsLoaded follows
    void findCodebooks();                           ///< codebooksFound follows
    void writeReport(const QString& path);          ///< the HTML report; reportWritten follows

    using StoreTask = std::function<void(RunStore& store, RunOutcomes& outcomes)>;
    void withStore(StoreTask task); ///< on the store thread; what it throws comes as failed()

    using EngineTask = std::function<void(RunStore& store, const TrainingQueue::EngineSource& engine, const std::stop_token& stop)>;
    void betweenRuns(EngineTask task); ///< on the training thread, see TrainingQueue::addTask()

Q_SIGNALS:
    void reported(melscope::TrainingReport report);
    void runsChanged(melscope::RunList runs);
    void waitingChanged(std::vector<std::string> runs); ///< ids in the order in which they will run
    void metricsLoaded(std::string run, std::vector<melscope::EpochMetrics> metrics);
    void predictionsLoaded(std::string run, melscope::Predictions predictions, std::vector<std::string> classes);
    /// The accuracy table with its figures; the first time once before without those that take long.
    void rowsLoaded(std::vector<melscope::AccuracyRow> rows);
    void codebooksFound(std::vector<melscope::RunCodebook> codebooks);
    void reproductionLoaded(QString run, melscope::CardComparison comparison); ///< the run's name
    void reportWritten(QString path, QString failure);        ///< failure: a sentence, empty where all went well
    /// At the start: runs that a close or a crash left before their end, oldest first.
    void unfinishedFound(std::vector<melscope::RunRecord> runs);
    void failed(QString sentence);
    void left();

private:
    using StoreJob = std::function<void(RunStore&, TrainingQueue&)>;
    void onStoreThread(StoreJob job, bool refreshAfter);
    RunOutcomes& outcomes(RunStore& store);                                             ///< store thread
    std::vector<AccuracyRow> rows(RunStore& store, const std::optional<BaselineKey>& baseline); ///< store thread
    void receive(const TrainingReport& report);

    std::shared_ptr<RunStore> m_store;      // store thread only
    std::shared_ptr<RunOutcomes> m_outcomes; // store thread only
    bool m_rowsShown = false;                // store thread only
    std::optional<BaselineKey> m_baseline;   // GUI thread
    std::shared_ptr<TrainingQueue> m_queue; // store thread only, but for its own thread-safe wishes
    std::map<std::string, RunState> m_states; // GUI thread: the last state reported of each run
    std::atomic<int> m_rowsAskedFor = 0; ///< only the last wish for figures is worth their time
    bool m_leaving = false;
    JobPool m_writer{1};      // gets its jobs from the store thread
    JobPool m_storeThread{1}; // last: stops before the rest goes
};

} // namespace melscope
