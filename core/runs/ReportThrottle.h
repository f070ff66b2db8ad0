// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/TrainingReport.h"

#include <chrono>
#include <functional>

namespace melscope {

/// Lets a report through at most every `interval`, one whose state, fold, stage or message changed always; steps and epochs of
/// those held back travel with the next one, so that none is lost. One thread.
class ReportThrottle
{
public:
    using Clock = std::chrono::steady_clock;

    explicit ReportThrottle(std::function<void(const TrainingReport&)> sink,
                            Clock::duration interval = std::chrono::milliseconds(60));

    void offer(TrainingReport report);
    void flush(); ///< lets what was held back through

private:
    bool changed(const TrainingReport& report) const;

    std::function<void(const TrainingReport&)> m_sink;
    Clock::duration m_interval;
    TrainingReport m_last;    ///< as sent, without its steps and epochs
    TrainingReport m_waiting;
    bool m_hasWaiting = false;
    Clock::time_point m_sentAt{};
};

} // namespace melscope
