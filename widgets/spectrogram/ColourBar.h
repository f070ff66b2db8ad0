// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectrogram/ColourScale.h"

#include <QWidget>

namespace melscope {

/// The colours beside the spectrogram with their values, and two handles that move the range. A drag between the handles
/// moves both; a double click asks for the automatic range. Up and Down move the range, with Shift its lower end.
class ColourBar : public QWidget
{
    Q_OBJECT

public:
    explicit ColourBar(QWidget* parent = nullptr);

    void setColourMap(const QString& name);
    void setScale(ColourScale scale);
    ColourScale scale() const { return m_scale; }
    /// The values the bar reaches over; the handles move inside it.
    void setExtent(float low, float high);
    void setUnit(const QString& unit);

    double yOfValue(double value) const;
    QSize sizeHint() const override;

Q_SIGNALS:
    void scaleEdited(ColourScale scale);
    void automaticRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Grip { None, Low, High, Both };

    QRect bar() const;
    double valueOfY(double y) const;
    Grip gripAt(double y) const;
    void edit(float low, float high);

    ColourScale m_scale;
    float m_lowest = -100.0F;
    float m_highest = 20.0F;
    QString m_map = QStringLiteral("magma");
    QString m_unit = QStringLiteral("dB");
    Grip m_grip = Grip::None;
    double m_pressValue = 0.0;
    ColourScale m_pressScale;
};

} // namespace melscope
