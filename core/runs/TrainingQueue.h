// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunStore.h"
#include "training/TrainingReport.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace melscope {

/// The long-lived training thread (low priority, std::jthread) and the runs waiting for it. Used by the window and the
/// command line alike. It creates, trains fold by fold, stores metrics and predictions, and turns every exception into
/// Failed(message).
class TrainingQueue
{
public:
    using Sink = std::function<void(const TrainingReport&)>;   ///< called from the training thread
    using EngineSource = std::function<std::shared_ptr<Engine>()>; ///< loadEngine, or a fake in tests
    /// Something else that wants the engine; catches what it throws, and ends soon after `stop` asks for it.
    using Task = std::function<void(const EngineSource& engine, const std::stop_token& stop)>;

    TrainingQueue(std::shared_ptr<RunStore> store, Sink sink, EngineSource engineSource = loadEngine);
    /// Interrupts the running run (checkpoint saved, resumable), leaves the others Queued and joins.
    ~TrainingQueue();

    RunRecord add(const NewRun& run);       ///< stores it and queues it; touches the disk: not for the GUI thread
    /// An Interrupted, Failed or left-over Queued run, to the end of the queue; lets a queue held by interrupt() go on, also
    /// where the run is waiting already. Its state in the store changes when its turn comes.
    void resume(const std::string& id);
    void addTask(Task task);                ///< on the training thread, when no run holds it; before the waiting runs
    void pause();                           ///< the running one; these return at once, stop() of a waiting run deletes files
    void continueRun();
    /// Running: stop and keep. Waiting: leaves the queue; one added here is deleted, a resumed one stays as it was.
    void stop(const std::string& id);
    void interrupt();                       ///< the running one saves and leaves; the queue holds until resume()
    void move(const std::string& id, int position); ///< among the waiting ones
    std::vector<std::string> waiting() const;
    void waitUntilIdle();                   ///< blocks until nothing runs and nothing will; for the command line and tests

private:
    struct Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace melscope
