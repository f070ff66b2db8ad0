// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCPItemStraightLine;
class QCPItemText;
class QPalette;

namespace melscope {

class CurvePlot;

/// The vertical line under the pointer with the values of the visible curves there. It has a paint buffer of its own, so that
/// moving it redraws no curve.
class CurveCrossHair
{
public:
    explicit CurveCrossHair(CurvePlot& owner);

    void moveTo(double x); ///< in the units of the horizontal axis, snapped to the nearest point
    void step(int points); ///< by keyboard, along the first visible curve
    void hide();
    void applyTheme(const QPalette& palette);

private:
    CurvePlot& m_owner;
    QCPItemStraightLine* m_line; // owned by the plot
    QCPItemText* m_text;         // owned by the plot
    double m_x = 0.0;
};

} // namespace melscope
