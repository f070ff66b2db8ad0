// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace melscope {

/// Lets long tooltips take several lines: Qt breaks the lines of rich text only, and lets plain text run across the screen. Install it
/// as the application's event filter. GUI thread.
class WrappedToolTips : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace melscope
