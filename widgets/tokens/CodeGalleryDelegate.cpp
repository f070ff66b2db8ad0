// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/CodeGalleryDelegate.h"

#include "common/Figures.h"
#include "common/Theme.h"
#include "tokens/CodeGalleryModel.h"
#include "tokens/CurrentCode.h"

#include <QPainter>

#include <algorithm>

namespace melscope {
namespace {

constexpr int margin = 5;

int patchSide(const QFontMetrics& metrics)
{
    return metrics.height() * 11 / 2;
}

int discSide(const QFontMetrics& metrics)
{
    return metrics.height() * 7 / 10;
}

/// Of patch and text: wide enough for the names of classes, within reason.
int cellWidth(const QFontMetrics& metrics, const LoadedTokens& tokens)
{
    int name = 0;
    for (const std::string& text : tokens.set->classes)
        name = std::max(name, metrics.horizontalAdvance(QString::fromStdString(text)));
    return std::clamp(name + discSide(metrics) + 6, patchSide(metrics), patchSide(metrics) * 7 / 4);
}

} // namespace

void CodeGalleryDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto& model = static_cast<const CodeGalleryModel&>(*index.model());
    const LoadedTokens& tokens = model.tokens();
    const int code = model.codeAt(index.row());
    const ThemeColours& theme = Theme::colours();
    const QFontMetrics& metrics = option.fontMetrics;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (code == m_current.chosen() || code == m_current.lit()) {
        painter->setPen(code == m_current.lit() ? QPen(theme.text, 1.5) : QPen(Qt::NoPen));
        painter->setBrush(code == m_current.chosen() ? QBrush(theme.selection) : QBrush(Qt::NoBrush));
        painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 3, 3);
    }
    const QColor ink = code == m_current.chosen() ? theme.selectionText : theme.text;
    const QColor faint = code == m_current.chosen() ? theme.selectionText : theme.mutedText;
    const int side = patchSide(metrics);
    const int width = option.rect.width() - 2 * margin;
    const QRect patch(option.rect.left() + margin, option.rect.top() + margin, side, side);
    const DominantClass& dominant = tokens.dominant[static_cast<size_t>(code)];
    const int64_t usage = tokens.statistics->usage[static_cast<size_t>(code)];
    const QImage& image = tokens.patches[static_cast<size_t>(code)];
    if (!image.isNull()) {
        painter->drawImage(patch, image);
    } else {
        painter->setPen(theme.border);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(patch).adjusted(0.5, 0.5, -0.5, -0.5));
    }
    QRect line(patch.left(), patch.bottom() + 2, width, metrics.height());
    QFont bold = option.font;
    bold.setBold(true);
    painter->setFont(bold);
    painter->setPen(ink);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, QString::number(code));
    painter->setFont(option.font);
    painter->setPen(faint);
    if (usage > 0)
        painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, percentText(static_cast<double>(usage) / static_cast<double>(tokens.statistics->tokens)));
    line.translate(0, metrics.height());
    if (dominant.label < 0) {
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(tr("never used"), Qt::ElideRight, width));
    } else {
        const int disc = discSide(metrics);
        paintClassDisc(*painter, QRectF(line.left(), line.center().y() - disc / 2.0 + 0.5, disc, disc), dominant.label, dominant.strength, theme);
        const QRect name = line.adjusted(disc + 4, 0, 0, 0);
        painter->setPen(ink);
        painter->drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(QString::fromStdString(tokens.set->classes[static_cast<size_t>(dominant.label)]), Qt::ElideRight, name.width()));
    }
    painter->restore();
}

QSize CodeGalleryDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const int side = patchSide(option.fontMetrics);
    const auto& model = static_cast<const CodeGalleryModel&>(*index.model());
    return {cellWidth(option.fontMetrics, model.tokens()) + 2 * margin, side + 2 * option.fontMetrics.height() + 2 * margin + 2};
}

} // namespace melscope
