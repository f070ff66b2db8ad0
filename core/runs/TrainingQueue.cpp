// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/TrainingQueue.h"

#include "base/Threads.h"
#include "runs/RunSession.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

namespace melscope {
namespace {

struct Waiting
{
    std::string id;
    std::shared_ptr<const Dataset> dataset; ///< null: opened again when its turn comes
    bool isNew = false;                     ///< created by this queue: nothing is lost when it is forgotten
};

/// What the training thread does next: a task, or else a run.
struct Work
{
    TrainingQueue::Task task;
    Waiting run;
};

} // namespace

struct TrainingQueue::Implementation
{
    Implementation(std::shared_ptr<RunStore> runStore, Sink sink, EngineSource source)
        : store(std::move(runStore)), reports(std::move(sink)), engineSource(std::move(source)),
          thread([this](std::stop_token stop) { work(stop); })
    {
    }

    ~Implementation()
    {
        thread.request_stop();
        const std::scoped_lock lock(mutex);
        if (control)
            control->ask(RunControl::Wish::Interrupt);
    }

    void work(const std::stop_token& stop);
    std::optional<Work> next(const std::stop_token& stop);
    std::shared_ptr<Engine> engine();
    auto position(const std::string& id)
    {
        return std::find_if(waiting.begin(), waiting.end(), [&](const Waiting& entry) { return entry.id == id; });
    }
    bool idle() const { return running.empty() && !inTask && tasks.empty() && (held || waiting.empty()); }

    const std::shared_ptr<RunStore> store;

    // Only the training thread touches these.
    ReportThrottle reports;
    const EngineSource engineSource;
    std::shared_ptr<Engine> loaded;

    std::mutex mutex; // protects everything down to the thread
    std::condition_variable_any changed;
    std::deque<Waiting> waiting;
    std::deque<Task> tasks;
    bool inTask = false;
    std::string running;                 ///< id, empty between runs
    std::shared_ptr<RunControl> control; ///< of the running one
    bool held = false;                   ///< nothing begins until resume()

    std::jthread thread; // last: joined before the rest goes
};

std::optional<Work> TrainingQueue::Implementation::next(const std::stop_token& stop)
{
    std::unique_lock lock(mutex);
    running.clear();
    control.reset();
    inTask = false;
    changed.notify_all();
    changed.wait(lock, stop, [this] { return !tasks.empty() || (!held && !waiting.empty()); });
    if (stop.stop_requested())
        return std::nullopt;
    Work work;
    inTask = !tasks.empty();
    if (inTask) {
        work.task = std::move(tasks.front());
        tasks.pop_front();
        return work;
    }
    work.run = std::move(waiting.front());
    waiting.pop_front();
    running = work.run.id;
    control = std::make_shared<RunControl>();
    return work;
}

void TrainingQueue::Implementation::work(const std::stop_token& stop)
{
    lowerThreadPriority(); // before the engine's OpenMP pool exists, which inherits it
    const EngineSource source = [this] { return engine(); };
    while (std::optional<Work> work = next(stop)) {
        if (work->task)
            work->task(source, stop);
        else
            RunSession(*store, work->run.id, *control, reports).run(std::move(work->run.dataset), source);
    }
}

std::shared_ptr<Engine> TrainingQueue::Implementation::engine()
{
    if (!loaded)
        loaded = engineSource();
    return loaded;
}

TrainingQueue::TrainingQueue(std::shared_ptr<RunStore> store, Sink sink, EngineSource engineSource)
    : m_implementation(std::make_unique<Implementation>(std::move(store), std::move(sink), std::move(engineSource)))
{
}

TrainingQueue::~TrainingQueue() = default;

RunRecord TrainingQueue::add(const NewRun& run)
{
    RunRecord record = m_implementation->store->create(run);
    {
        const std::scoped_lock lock(m_implementation->mutex);
        m_implementation->waiting.push_back({.id = record.id, .dataset = run.dataset, .isNew = true});
    }
    m_implementation->changed.notify_all();
    return record;
}

void TrainingQueue::resume(const std::string& id)
{
    {
        const std::scoped_lock lock(m_implementation->mutex);
        m_implementation->held = false;
        // One that is just leaving may be asked back before it has left.
        const bool stays = id == m_implementation->running && m_implementation->control->wish() != RunControl::Wish::Interrupt;
        if (!stays && m_implementation->position(id) == m_implementation->waiting.end())
            m_implementation->waiting.push_back({.id = id});
    }
    m_implementation->changed.notify_all();
}

void TrainingQueue::addTask(Task task)
{
    {
        const std::scoped_lock lock(m_implementation->mutex);
        m_implementation->tasks.push_back(std::move(task));
    }
    m_implementation->changed.notify_all();
}

void TrainingQueue::pause()
{
    const std::scoped_lock lock(m_implementation->mutex);
    if (m_implementation->control)
        m_implementation->control->ask(RunControl::Wish::Pause);
}

void TrainingQueue::continueRun()
{
    const std::scoped_lock lock(m_implementation->mutex);
    if (m_implementation->control)
        m_implementation->control->ask(RunControl::Wish::Continue);
}

void TrainingQueue::stop(const std::string& id)
{
    bool forget = false;
    {
        const std::scoped_lock lock(m_implementation->mutex);
        if (id == m_implementation->running)
            m_implementation->control->ask(RunControl::Wish::StopAndKeep);
        const auto entry = m_implementation->position(id);
        if (entry == m_implementation->waiting.end())
            return;
        forget = entry->isNew;
        m_implementation->waiting.erase(entry);
    }
    m_implementation->changed.notify_all();
    if (forget)
        m_implementation->store->remove(id);
}

void TrainingQueue::interrupt()
{
    {
        const std::scoped_lock lock(m_implementation->mutex);
        m_implementation->held = true;
        if (m_implementation->control)
            m_implementation->control->ask(RunControl::Wish::Interrupt);
    }
    m_implementation->changed.notify_all();
}

void TrainingQueue::move(const std::string& id, int position)
{
    const std::scoped_lock lock(m_implementation->mutex);
    std::deque<Waiting>& waiting = m_implementation->waiting;
    const auto entry = m_implementation->position(id);
    if (entry == waiting.end())
        return;
    Waiting moved = std::move(*entry);
    waiting.erase(entry);
    const int last = static_cast<int>(waiting.size());
    waiting.insert(waiting.begin() + std::clamp(position, 0, last), std::move(moved));
}

std::vector<std::string> TrainingQueue::waiting() const
{
    const std::scoped_lock lock(m_implementation->mutex);
    std::vector<std::string> ids;
    for (const Waiting& entry : m_implementation->waiting)
        ids.push_back(entry.id);
    return ids;
}

void TrainingQueue::waitUntilIdle()
{
    std::unique_lock lock(m_implementation->mutex);
    m_implementation->changed.wait(lock, [this] { return m_implementation->idle(); });
}

} // namespace melscope
