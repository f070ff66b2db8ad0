// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/RunControl.h"

namespace melscope {

void RunControl::ask(Wish wish)
{
    {
        const std::scoped_lock lock(m_mutex);
        // The order of the enum is the order of strength: what ends a run is never taken back by a later pause.
        const bool endsPause = wish == Wish::Continue && m_wish == Wish::Pause;
        if (wish <= m_wish && !endsPause)
            return;
        m_wish = wish;
    }
    m_changed.notify_all();
}

RunControl::Wish RunControl::wish() const
{
    const std::scoped_lock lock(m_mutex);
    return m_wish;
}

RunControl::Wish RunControl::waitWhilePaused()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_wish != Wish::Pause; });
    return m_wish;
}

} // namespace melscope
