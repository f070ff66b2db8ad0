// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectrogram/TimeWindow.h"

#include <QObject>

#include <optional>

namespace melscope {

/// The one time axis that the views of a clip share: what is in view, the playhead, the selection, the cross-hair.
/// Thread: the GUI's.
class Timeline : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    const TimeWindow& window() const { return m_window; }
    double playhead() const { return m_playhead; }
    TimeSpan selection() const { return m_selection; } ///< empty where nothing is selected
    std::optional<double> cursor() const { return m_cursor; }

    /// Another clip: all of it in view, playhead at 0, nothing selected.
    void reset(double duration);
    /// The same clip with more or less after its end; a view of the whole stays one.
    void setDuration(double duration);
    void zoom(double factor, double anchor);
    void pan(double seconds);
    void fit();
    void show(TimeSpan span);
    void setPlayhead(double seconds);
    void setSelection(TimeSpan span);
    void setCursor(std::optional<double> seconds);
    /// Pages on when the playhead leaves the view, as in any player.
    void followPlayhead();

Q_SIGNALS:
    void windowChanged();
    void playheadChanged(double before, double now);
    void selectionChanged();
    void cursorChanged(std::optional<double> before);

private:
    void setWindow(const TimeWindow& window);

    TimeWindow m_window;
    double m_playhead = 0.0;
    TimeSpan m_selection;
    std::optional<double> m_cursor;
};

} // namespace melscope
