// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/TrainingSession.h"

#include "cli/RunPrinter.h"
#include "cli/StopSignals.h"
#include "runs/TrainingQueue.h"

#include <condition_variable>
#include <functional>
#include <mutex>

namespace melscope::cli {
namespace {

/// Reports arrive on the training thread before add() has even returned the run's id to print first: they wait for it.
class Session
{
public:
    Session(std::shared_ptr<RunStore> store, Output& output)
        : m_store(std::move(store)), m_output(output), m_queue(m_store, [this](const TrainingReport& report) { receive(report); })
    {
        m_signals.watch([this] { interrupt(); });
    }
    ~Session() { m_signals.end(); } // before the queue goes
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    int run(const std::function<RunRecord(TrainingQueue&)>& start, bool resumed, const std::vector<Problem>& problems)
    {
        const RunRecord record = start(m_queue);
        {
            const std::scoped_lock lock(m_mutex);
            m_printer.emplace(m_output, record.id);
            m_printer->begin(record, resumed, problems);
            m_printer->newResults(record);
        }
        m_begun.notify_all();
        m_queue.waitUntilIdle();
        const std::scoped_lock lock(m_mutex);
        const RunRecord ended = m_store->find(record.id);
        const int status = m_printer->end(ended);
        printReproduction(*m_store, ended, m_output);
        return status;
    }

private:
    void interrupt()
    {
        m_output.message("Saving a checkpoint ... (once more to leave at once)");
        m_queue.interrupt();
    }

    void receive(const TrainingReport& report)
    {
        std::unique_lock lock(m_mutex);
        m_begun.wait(lock, [this] { return m_printer.has_value(); });
        m_printer->state(report);
        m_printer->epochs(report.newEpochs);
        if (report.foldIndex != m_foldIndex) {
            m_foldIndex = report.foldIndex;
            m_printer->newResults(m_store->find(report.run));
        }
    }

    std::shared_ptr<RunStore> m_store;
    Output& m_output;
    std::mutex m_mutex; // protects m_printer and m_foldIndex
    std::condition_variable m_begun;
    std::optional<RunPrinter> m_printer;
    int m_foldIndex = 0;
    StopSignals m_signals; // before the queue, whose threads inherit its mask
    TrainingQueue m_queue;
};

} // namespace

std::shared_ptr<RunStore> openStore(const std::optional<std::string>& folder)
{
    auto store = std::make_shared<RunStore>(folder ? std::filesystem::path(*folder) : defaultRunsFolder());
    store->recoverInterrupted();
    return store;
}

int trainNewRun(const std::shared_ptr<RunStore>& store, const NewRun& run, const std::vector<Problem>& problems, Output& output)
{
    return Session(store, output).run([&](TrainingQueue& queue) { return queue.add(run); }, false, problems);
}

int resumeRun(const std::shared_ptr<RunStore>& store, const RunRecord& record, Output& output)
{
    const auto start = [&](TrainingQueue& queue) {
        queue.resume(record.id);
        return record;
    };
    return Session(store, output).run(start, true, {});
}

} // namespace melscope::cli
