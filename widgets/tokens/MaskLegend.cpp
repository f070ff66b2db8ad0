// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/MaskLegend.h"

#include "common/Theme.h"
#include "tokens/MaskOutcome.h"

#include <QPainter>

#include <utility>
#include <vector>

namespace melscope {
namespace {

std::vector<std::pair<MaskOutcome, QString>> entries()
{
    return {{MaskOutcome::Right, MaskLegend::tr("guessed")}, {MaskOutcome::Wrong, MaskLegend::tr("mistaken")}, {MaskOutcome::Silent, MaskLegend::tr("silent")}};
}

} // namespace

MaskLegend::MaskLegend(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setToolTip(tr("What was hidden: blue where the first guess is the code that was asked for, orange where it is another one, hatched where the clip is "
                  "silent, which is not asked for."));
    setAccessibleName(tr("Legend of the masked clip"));
    setAccessibleDescription(toolTip());
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

int MaskLegend::widthOf(const QString& text) const
{
    return fontMetrics().height() + fontMetrics().horizontalAdvance(text) + 2 * fontMetrics().averageCharWidth();
}

QSize MaskLegend::sizeHint() const
{
    int width = 0;
    for (const auto& [outcome, text] : entries())
        width += widthOf(text);
    return {width, fontMetrics().height() + 4};
}

void MaskLegend::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const int side = fontMetrics().height();
    int x = 1;
    for (const auto& [outcome, text] : entries()) {
        paintMaskOutcome(painter, QRectF(x + 0.5, 2.5, side - 2.0, side - 2.0), outcome);
        painter.setPen(Theme::colours().text);
        painter.drawText(QRect(x + side + fontMetrics().averageCharWidth() / 2, 0, widthOf(text), height()), Qt::AlignVCenter, text);
        x += widthOf(text);
    }
}

} // namespace melscope
