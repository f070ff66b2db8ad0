// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/TrainingReport.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <vector>

namespace melscope::test {

/// A sink that keeps every report and lets a test wait for one.
class ReportRecorder
{
public:
    std::function<void(const TrainingReport&)> sink()
    {
        return [this](const TrainingReport& report) {
            {
                const std::scoped_lock lock(m_mutex);
                m_reports.push_back(report);
            }
            m_changed.notify_all();
        };
    }

    std::vector<TrainingReport> all() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_reports;
    }

    /// The first report of `run` in `state` at or after position `from`; throws after 20 s.
    TrainingReport wait(const std::string& run, RunState state, size_t from = 0)
    {
        std::unique_lock lock(m_mutex);
        TrainingReport found;
        const bool came = m_changed.wait_for(lock, std::chrono::seconds(20), [&] {
            for (size_t i = from; i < m_reports.size(); ++i)
                if (m_reports[i].run == run && m_reports[i].state == state) {
                    found = m_reports[i];
                    return true;
                }
            return false;
        });
        if (!came)
            throw std::runtime_error(std::string("no report says ") + toString(state));
        return found;
    }

private:
    mutable std::mutex m_mutex; // protects m_reports
    std::condition_variable m_changed;
    std::vector<TrainingReport> m_reports;
};

} // namespace melscope::test
