// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectrogram/TimelinePlot.h"

namespace melscope {

/// The labels of the shared time axis: round times, as many as there is room for.
class TimeRuler : public TimelinePlot
{
    Q_OBJECT

public:
    explicit TimeRuler(Timeline& timeline, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    PictureTask pictureTask(QSize) override { return {}; }
    void paintEvent(QPaintEvent* event) override;
};

} // namespace melscope
