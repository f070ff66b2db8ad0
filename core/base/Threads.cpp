// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Threads.h"

#include <utility>

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace melscope {

void lowerThreadPriority()
{
    const auto self = static_cast<id_t>(::syscall(SYS_gettid));
    if (::getpriority(PRIO_PROCESS, self) < 10)
        ::setpriority(PRIO_PROCESS, self, 10);
}

JobPool::JobPool(int threads, bool lowPriority) : m_lowPriority(lowPriority)
{
    for (int i = 0; i < threads; ++i)
        m_threads.emplace_back([this](std::stop_token stop) { work(stop); });
}

JobPool::~JobPool()
{
    dropWaiting();
    for (std::jthread& thread : m_threads)
        thread.request_stop();
}

void JobPool::add(Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back(std::move(job));
    }
    m_changed.notify_all();
}

void JobPool::dropWaiting()
{
    const std::lock_guard lock(m_mutex);
    m_jobs.clear();
}

void JobPool::waitUntilIdle()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_jobs.empty() && m_running == 0; });
}

void JobPool::work(std::stop_token stop)
{
    if (m_lowPriority)
        lowerThreadPriority();
    std::unique_lock lock(m_mutex);
    while (m_changed.wait(lock, stop, [this] { return !m_jobs.empty(); })) {
        if (stop.stop_requested())
            return;
        const Job job = std::move(m_jobs.front());
        m_jobs.pop_front();
        ++m_running;
        lock.unlock();
        job(stop);
        lock.lock();
        --m_running;
        m_changed.notify_all();
    }
}

LatestJob::~LatestJob()
{
    const std::lock_guard lock(m_mutex);
    m_next = nullptr;
    m_current.request_stop();
}

void LatestJob::request(JobPool::Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_next = std::move(job);
        m_current.request_stop();
    }
    m_changed.notify_all();
}

void LatestJob::work(std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    while (m_changed.wait(lock, stop, [this] { return static_cast<bool>(m_next); })) {
        const JobPool::Job job = std::exchange(m_next, nullptr);
        m_current = std::stop_source();
        const std::stop_token current = m_current.get_token();
        lock.unlock();
        job(current);
        lock.lock();
    }
}

} // namespace melscope
