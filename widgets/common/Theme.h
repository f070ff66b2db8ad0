// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/ThemeColours.h"

#include <QObject>

namespace melscope {

/// Light or dark, for the whole application. Widgets that paint themselves take their colours from colours() at every
/// paint; those that keep pens or brushes (plots) renew them on changed(). GUI thread only.
class Theme : public QObject
{
    Q_OBJECT

public:
    enum class Mode { System, Light, Dark };

    /// Made at first use; lives as long as the QApplication.
    static Theme& instance();
    static const ThemeColours& colours() { return instance().m_colours; }

    Mode mode() const { return m_mode; }
    bool isDark() const { return m_dark; }

    /// Sets the Fusion style and this mode's palette on the application, now and whenever the system changes its mind
    /// (Mode::System). Called once at the start and on the user's choice.
    void apply(Mode mode);

Q_SIGNALS:
    void changed();

private:
    explicit Theme(QObject* parent);
    void refresh();

    Mode m_mode = Mode::System;
    bool m_systemIsDark = false; ///< as the platform's palette said before ours replaced it
    bool m_dark = false;
    ThemeColours m_colours = ThemeColours::light();
};

} // namespace melscope
