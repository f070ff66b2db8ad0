// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/Timeline.h"

#include <utility>

namespace melscope {

void Timeline::reset(double duration)
{
    setSelection({});
    setPlayhead(0.0);
    setWindow(TimeWindow::whole(duration));
}

void Timeline::setDuration(double duration)
{
    if (m_window.isWhole()) {
        setWindow(TimeWindow::whole(duration));
        return;
    }
    TimeWindow window = m_window;
    window.duration = std::max(duration, TimeWindow::shortest);
    setWindow(window.showing(m_window.visible));
}

void Timeline::zoom(double factor, double anchor)
{
    setWindow(m_window.zoomed(factor, anchor));
}

void Timeline::pan(double seconds)
{
    setWindow(m_window.panned(seconds));
}

void Timeline::fit()
{
    setWindow(TimeWindow::whole(m_window.duration));
}

void Timeline::show(TimeSpan span)
{
    setWindow(m_window.showing(span));
}

void Timeline::setPlayhead(double seconds)
{
    if (seconds == m_playhead)
        return;
    const double before = std::exchange(m_playhead, seconds);
    Q_EMIT playheadChanged(before, seconds);
}

void Timeline::setSelection(TimeSpan span)
{
    span.start = std::clamp(span.start, 0.0, m_window.duration);
    span.end = std::clamp(span.end, 0.0, m_window.duration);
    if (span.isEmpty())
        span = {};
    if (span == m_selection)
        return;
    m_selection = span;
    Q_EMIT selectionChanged();
}

void Timeline::setCursor(std::optional<double> seconds)
{
    if (seconds == m_cursor)
        return;
    const std::optional<double> before = std::exchange(m_cursor, seconds);
    Q_EMIT cursorChanged(before);
}

void Timeline::followPlayhead()
{
    if (m_playhead < m_window.visible.start || m_playhead > m_window.visible.end)
        setWindow(m_window.panned(m_playhead - m_window.visible.start));
}

void Timeline::setWindow(const TimeWindow& window)
{
    if (window == m_window)
        return;
    m_window = window;
    Q_EMIT windowChanged();
}

} // namespace melscope
