// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace melscope {

/// Lowers the calling thread's own scheduling priority (nice +10). Threads it starts later inherit that, so a worker
/// calls it before its OpenMP pool exists. Never raises it; failure is harmless and ignored.
void lowerThreadPriority();

/// A few std::jthreads that run jobs in the order given. The destructor asks running jobs to stop through their token,
/// drops the waiting ones and joins. A job must not throw.
class JobPool
{
public:
    using Job = std::function<void(std::stop_token)>;

    explicit JobPool(int threads, bool lowPriority = false);
    ~JobPool();

    void add(Job job);   ///< any thread
    void dropWaiting();  ///< forgets jobs that have not begun
    void waitUntilIdle(); ///< blocks; for tests and the command line, never for the GUI thread

private:
    void work(std::stop_token stop);

    std::mutex m_mutex; // protects m_jobs and m_running
    std::condition_variable_any m_changed;
    std::deque<Job> m_jobs;
    int m_running = 0;
    bool m_lowPriority;
    std::vector<std::jthread> m_threads; // last: stops before the rest goes
};

/// One thread that always works on the newest request: a waiting job is replaced, a running one is asked to stop.
/// For previews that a moving slider overtakes.
class LatestJob
{
public:
    LatestJob() : m_thread([this](std::stop_token stop) { work(stop); }) {}
    ~LatestJob();

    void request(JobPool::Job job); ///< any thread

private:
    void work(std::stop_token stop);

    std::mutex m_mutex; // protects m_next and m_current
    std::condition_variable_any m_changed;
    JobPool::Job m_next;
    std::stop_source m_current{std::nostopstate};
    std::jthread m_thread; // last: stops before the rest goes
};

} // namespace melscope
