// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/ParallelClips.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace melscope {
namespace {

class Run
{
public:
    Run(int total, std::stop_token stop, const std::function<void(int, int)>& progress, const std::function<void(int)>& work)
        : m_total(total), m_stop(std::move(stop)), m_progress(progress), m_work(work)
    {
    }

    void take()
    {
        for (int clip = m_next++; clip < m_total && !m_stop.stop_requested() && !m_failed; clip = m_next++) {
            try {
                m_work(clip);
                reportOne();
            } catch (...) {
                const std::lock_guard lock(m_mutex);
                m_failed = true;
                if (!m_failure)
                    m_failure = std::current_exception();
            }
        }
    }

    void rethrow()
    {
        if (m_failure)
            std::rethrow_exception(m_failure);
    }

private:
    void reportOne()
    {
        const std::lock_guard lock(m_mutex);
        ++m_done;
        const auto now = std::chrono::steady_clock::now();
        if (!m_progress || (m_done < m_total && now - m_lastReport < std::chrono::milliseconds(50)))
            return;
        m_lastReport = now;
        m_progress(m_done, m_total);
    }

    const int m_total;
    const std::stop_token m_stop;
    const std::function<void(int, int)>& m_progress;
    const std::function<void(int)>& m_work;
    std::atomic<int> m_next = 0;
    std::atomic<bool> m_failed = false;
    std::mutex m_mutex; // protects what follows
    int m_done = 0;
    std::chrono::steady_clock::time_point m_lastReport{};
    std::exception_ptr m_failure;
};

} // namespace

void forEachClipInParallel(int total, int threads, std::stop_token stop, const std::function<void(int, int)>& progress,
                           const std::function<void(int)>& work)
{
    Run run(total, std::move(stop), progress, work);
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < std::clamp(threads, 1, std::max(1, total)); ++i)
            workers.emplace_back([&run] { run.take(); });
    }
    run.rethrow();
}

} // namespace melscope
