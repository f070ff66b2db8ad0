// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>

namespace melscope {

/// How the window (or a signal handler) talks to a trainer: looked at once a batch. Stronger wishes win; all wake a pause.
class RunControl
{
public:
    enum class Wish {
        Continue,
        Pause,       ///< hold still between two batches, keep everything in memory
        StopAndKeep, ///< end at the last complete epoch, evaluate it and keep the result
        Interrupt    ///< save a checkpoint at this batch and leave: the run can be resumed
    };

    void ask(Wish wish); ///< any thread; Continue ends a pause only
    Wish wish() const;
    /// Blocks while the wish is Pause; returns the wish that ended it.
    Wish waitWhilePaused();

private:
    mutable std::mutex m_mutex; // protects m_wish
    std::condition_variable m_changed;
    Wish m_wish = Wish::Continue;
};

} // namespace melscope
