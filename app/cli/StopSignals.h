// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <csignal>
#include <functional>
#include <thread>

namespace melscope::cli {

/// Holds SIGINT, SIGTERM and SIGHUP back from its creation on, and between watch() and end() calls back on a thread of its
/// own when one arrives. A second one ends the process at once with status 130. Create it before any other thread, so that
/// all inherit the mask.
class StopSignals
{
public:
    StopSignals();
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    void watch(std::function<void()> stop);
    void end(); ///< after it `stop` is not called any more

private:
    void wait(const std::function<void()>& stop);

    sigset_t m_signals;
    sigset_t m_before;
    std::jthread m_thread;
};

} // namespace melscope::cli
