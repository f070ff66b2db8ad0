// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/CurveCrossHair.h"

#include "common/NumberText.h"
#include "plot/CurvePlot.h"
#include "plot/QCustomPlot.h"

namespace melscope {
namespace {

constexpr int mostValues = 8; // more would cover the curves they explain

QString positionText(CurveAxis axis, double x)
{
    switch (axis) {
    case CurveAxis::Step: return CurvePlot::tr("step %1").arg(qRound64(x));
    case CurveAxis::Epoch: return CurvePlot::tr("epoch %1").arg(x, 0, 'f', 2);
    case CurveAxis::Time: return CurvePlot::tr("%1 s").arg(x, 0, 'f', 1);
    }
    return {};
}

} // namespace

CurveCrossHair::CurveCrossHair(CurvePlot& owner)
    : m_owner(owner), m_line(new QCPItemStraightLine(owner.plot())), m_text(new QCPItemText(owner.plot()))
{
    QCustomPlot* plot = owner.plot();
    plot->layer(QStringLiteral("overlay"))->setMode(QCPLayer::lmBuffered);
    m_line->setLayer(QStringLiteral("overlay"));
    m_text->setLayer(QStringLiteral("overlay"));
    m_text->position->setType(QCPItemPosition::ptAxisRectRatio);
    m_text->setTextAlignment(Qt::AlignLeft);
    m_text->setPadding(QMargins(6, 4, 6, 4));
    m_line->setSelectable(false);
    m_text->setSelectable(false);
    m_line->setVisible(false);
    m_text->setVisible(false);
}

void CurveCrossHair::moveTo(double x)
{
    QStringList lines;
    bool snapped = false;
    int left = 0;
    for (const auto& [id, curve] : m_owner.m_curves) {
        const CurveSeries& series = curve.series;
        if (!curve.look.visible || series.size() == 0)
            continue;
        if (!snapped)
            x = series.x(m_owner.m_axis)[series.nearest(m_owner.m_axis, x)];
        snapped = true;
        if (lines.size() == mostValues) {
            ++left;
            continue;
        }
        const double value = series.at(series.nearest(m_owner.m_axis, x)).value;
        lines << CurvePlot::tr("%1: %2").arg(curve.look.name, withMinus(m_owner.locale().toString(value, m_owner.m_format, m_owner.m_digits)));
    }
    if (!snapped)
        return hide();
    if (left > 0)
        lines << CurvePlot::tr("and %n more", nullptr, left);
    m_x = x;
    lines.prepend(positionText(m_owner.m_axis, x));
    QCustomPlot* plot = m_owner.plot();
    m_line->point1->setCoords(x, 1.0);
    m_line->point2->setCoords(x, 2.0);
    const bool onTheRight = x > plot->xAxis->range().center();
    m_text->setPositionAlignment((onTheRight ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignTop);
    m_text->position->setCoords(onTheRight ? 0.01 : 0.99, 0.02);
    m_text->setText(lines.join(QLatin1Char('\n')));
    m_line->setVisible(true);
    m_text->setVisible(true);
    plot->layer(QStringLiteral("overlay"))->replot();
}

void CurveCrossHair::step(int points)
{
    for (const auto& [id, curve] : m_owner.m_curves) {
        const CurveSeries& series = curve.series;
        if (!curve.look.visible || series.size() == 0)
            continue;
        const auto current = static_cast<qint64>(m_line->visible() ? series.nearest(m_owner.m_axis, m_x) : series.size() - 1);
        const auto next = std::clamp<qint64>(current + points, 0, static_cast<qint64>(series.size()) - 1);
        moveTo(series.x(m_owner.m_axis)[static_cast<size_t>(next)]);
        return;
    }
}

void CurveCrossHair::hide()
{
    if (!m_line->visible())
        return;
    m_line->setVisible(false);
    m_text->setVisible(false);
    m_owner.plot()->layer(QStringLiteral("overlay"))->replot();
}

void CurveCrossHair::applyTheme(const QPalette& palette)
{
    QColor line = palette.color(QPalette::Text);
    line.setAlphaF(0.5f);
    m_line->setPen(QPen(line, 0));
    QColor ground = palette.color(QPalette::ToolTipBase);
    ground.setAlphaF(0.92f);
    m_text->setBrush(ground);
    m_text->setPen(QPen(palette.color(QPalette::Mid), 0));
    m_text->setColor(palette.color(QPalette::ToolTipText));
    m_text->setFont(m_owner.font());
}

} // namespace melscope
