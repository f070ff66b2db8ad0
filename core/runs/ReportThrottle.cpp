// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/ReportThrottle.h"

#include <utility>

namespace melscope {
namespace {

template<typename Value>
void prepend(std::vector<Value>& list, std::vector<Value>&& earlier)
{
    earlier.insert(earlier.end(), list.begin(), list.end());
    list = std::move(earlier);
}

} // namespace

ReportThrottle::ReportThrottle(std::function<void(const TrainingReport&)> sink, Clock::duration interval)
    : m_sink(std::move(sink)), m_interval(interval)
{
}

void ReportThrottle::offer(TrainingReport report)
{
    // What belongs to another fold or stage must not travel with this one's numbers.
    if (m_hasWaiting && (m_waiting.run != report.run || m_waiting.fold != report.fold || m_waiting.stage.name != report.stage.name))
        flush();
    if (m_hasWaiting) {
        prepend(report.newSteps, std::move(m_waiting.newSteps));
        prepend(report.newEpochs, std::move(m_waiting.newEpochs));
        if (report.newConfusion.empty())
            report.newConfusion = std::move(m_waiting.newConfusion);
    }
    m_waiting = std::move(report);
    m_hasWaiting = true;
    if (changed(m_waiting) || Clock::now() - m_sentAt >= m_interval)
        flush();
}

void ReportThrottle::flush()
{
    if (!m_hasWaiting)
        return;
    const TrainingReport report = std::exchange(m_waiting, {});
    m_hasWaiting = false;
    m_last = report;
    m_last.newSteps.clear();
    m_last.newEpochs.clear();
    m_last.newConfusion.clear();
    m_sentAt = Clock::now();
    m_sink(report);
}

bool ReportThrottle::changed(const TrainingReport& report) const
{
    return report.run != m_last.run || report.state != m_last.state || report.fold != m_last.fold || report.stage.name != m_last.stage.name
        || report.message != m_last.message;
}

} // namespace melscope
