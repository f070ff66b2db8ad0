// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/MaskOutcome.h"

#include "tokens/Tokenizer.h"

#include <QPainter>

namespace melscope {

MaskOutcome maskOutcome(const MaskedPrediction& clip, int token)
{
    const int target = clip.targets[static_cast<size_t>(token)];
    if (target == silentToken)
        return MaskOutcome::Silent;
    return clip.guesses[static_cast<size_t>(token)].front().code == target ? MaskOutcome::Right : MaskOutcome::Wrong;
}

void paintMaskOutcome(QPainter& painter, const QRectF& rect, MaskOutcome outcome)
{
    if (outcome == MaskOutcome::Silent)
        return painter.fillRect(rect, QBrush(QColor(128, 128, 128, 120), Qt::BDiagPattern));
    // Blue and orange, so that the answer does not hang on telling red from green.
    const bool right = outcome == MaskOutcome::Right;
    const QColor colour = right ? QColor(0, 158, 235) : QColor(230, 140, 0);
    QColor veil = colour;
    veil.setAlpha(right ? 90 : 60);
    painter.setPen(QPen(colour, 1.5));
    painter.setBrush(veil);
    painter.drawRect(rect);
    const QFontMetrics metrics = painter.fontMetrics();
    if (right && rect.height() >= metrics.height() && rect.width() >= metrics.averageCharWidth() * 2) {
        painter.setPen(Qt::white);
        painter.drawText(rect, Qt::AlignCenter, QStringLiteral("✓"));
    }
}

} // namespace melscope
