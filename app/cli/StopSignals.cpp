// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/StopSignals.h"

#include "cli/Command.h"

#include <unistd.h>

namespace melscope::cli {
namespace {

// Wakes the waiting thread when there is nothing more to wait for; never sent by a user.
constexpr int wakeSignal = SIGUSR2;

} // namespace

StopSignals::StopSignals()
{
    sigemptyset(&m_signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, wakeSignal}) {
        struct sigaction set {};
        // What the caller had us ignore (nohup) stays ignored: sigwait() would take it nevertheless.
        if (signal == wakeSignal || sigaction(signal, nullptr, &set) != 0 || set.sa_handler != SIG_IGN)
            sigaddset(&m_signals, signal);
    }
    pthread_sigmask(SIG_BLOCK, &m_signals, &m_before);
}

StopSignals::~StopSignals()
{
    end();
    pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
}

void StopSignals::watch(std::function<void()> stop)
{
    m_thread = std::jthread([this, stop = std::move(stop)] { wait(stop); });
}

void StopSignals::end()
{
    if (!m_thread.joinable())
        return;
    pthread_kill(m_thread.native_handle(), wakeSignal);
    m_thread.join();
}

void StopSignals::wait(const std::function<void()>& stop)
{
    bool received = false;
    for (int signal = 0; sigwait(&m_signals, &signal) == 0 && signal != wakeSignal;) {
        if (received)
            _exit(Interrupted);
        received = true;
        stop();
    }
}

} // namespace melscope::cli
