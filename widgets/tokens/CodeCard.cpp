// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/CodeCard.h"

#include "common/Figures.h"
#include "common/Theme.h"
#include "tokens/CodeColours.h"
#include "tokens/CurrentCode.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace melscope {

CodeCard::CodeCard(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Code"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void CodeCard::setTokens(std::shared_ptr<const LoadedTokens> tokens)
{
    m_tokens = std::move(tokens);
    m_code = CurrentCode::none;
    setCode(CurrentCode::none);
}

void CodeCard::setCode(int code)
{
    m_code = m_tokens && code < m_tokens->set->codes() ? code : CurrentCode::none;
    m_classes.clear();
    m_patch = {};
    if (m_code != CurrentCode::none) {
        m_patch = m_tokens->patches[static_cast<size_t>(m_code)];
        const auto counts = m_tokens->statistics->byClass.row(m_code);
        const auto usage = static_cast<double>(m_tokens->statistics->usage[static_cast<size_t>(m_code)]);
        for (size_t label = 0; label < counts.size(); ++label)
            if (counts[label] > 0)
                m_classes.push_back({QString::fromStdString(m_tokens->set->classes[label]), static_cast<double>(counts[label]) / usage});
        std::ranges::stable_sort(m_classes, std::greater(), &ClassShare::share);
        m_classes.resize(std::min<size_t>(m_classes.size(), topClasses));
    }
    setAccessibleDescription(lines().join(QStringLiteral(". ")));
    update();
}

void CodeCard::setRaised(bool raised)
{
    m_raised = raised;
    setAttribute(Qt::WA_TransparentForMouseEvents, raised);
}

QStringList CodeCard::lines() const
{
    if (m_code == CurrentCode::none)
        return {tr("No code")};
    const TokenStatistics& statistics = *m_tokens->statistics;
    const int64_t usage = statistics.usage[static_cast<size_t>(m_code)];
    QStringList lines{tr("Code %1").arg(m_code)};
    if (usage == 0) {
        const bool heldOutOnly = !m_tokens->occurrences->places(m_code).empty();
        lines.append(heldOutOnly ? tr("only in held-out clips") : tr("never used"));
        return lines;
    }
    lines.append(tr("%L1 tokens, %2").arg(usage).arg(percentText(static_cast<double>(usage) / static_cast<double>(statistics.tokens))));
    lines.append(tr("commonest: %L1 of %L2").arg(m_tokens->ranks[static_cast<size_t>(m_code)]).arg(m_tokens->set->codes()));
    for (const ClassShare& entry : m_classes)
        lines.append(tr("%1 %2").arg(percentText(entry.share), entry.name));
    return lines;
}

int CodeCard::patchSide() const
{
    return fontMetrics().height() * 5;
}

QSize CodeCard::sizeHint() const
{
    const int margin = fontMetrics().averageCharWidth();
    return {patchSide() + fontMetrics().averageCharWidth() * 28 + 3 * margin, fontMetrics().lineSpacing() * (3 + topClasses) + 2 * margin};
}

QSize CodeCard::minimumSizeHint() const
{
    const int margin = fontMetrics().averageCharWidth();
    return {patchSide() + fontMetrics().averageCharWidth() * 16 + 3 * margin, sizeHint().height()};
}

void CodeCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const ThemeColours& colours = Theme::colours();
    if (m_raised) {
        painter.setPen(colours.border);
        painter.setBrush(colours.base);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    const int margin = fontMetrics().averageCharWidth();
    const int line = fontMetrics().lineSpacing();
    if (m_code == CurrentCode::none) {
        painter.setPen(colours.mutedText);
        painter.drawText(rect().adjusted(margin, margin, -margin, -margin), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Point at a token to see its code, click to list its places."));
        return;
    }
    const int side = patchSide();
    const QRect patch(margin, margin, side, side);
    if (m_patch.isNull()) {
        painter.setPen(colours.border);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(patch.adjusted(0, 0, -1, -1));
    } else {
        painter.drawImage(patch, m_patch);
    }
    painter.fillRect(QRect(patch.left(), patch.bottom() + margin / 2, side, margin), QColor::fromRgb(CodeColours::ofCode(m_code)));

    const QStringList texts = lines();
    QRect row(patch.right() + margin, margin, width() - patch.right() - 2 * margin, line);
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(colours.text);
    painter.drawText(row, Qt::AlignVCenter, texts.front());
    painter.setFont(font());
    for (qsizetype i = 1; i < std::min<qsizetype>(texts.size(), 3); ++i) {
        row.translate(0, line);
        painter.setPen(colours.mutedText);
        painter.drawText(row, Qt::AlignVCenter, fontMetrics().elidedText(texts[i], Qt::ElideRight, row.width()));
    }
    row.translate(0, line);
    paintClasses(painter, row);
}

void CodeCard::paintClasses(QPainter& painter, QRect row) const
{
    const ThemeColours& colours = Theme::colours();
    for (const ClassShare& entry : m_classes) {
        QColor bar = colours.accent;
        bar.setAlpha(60);
        painter.fillRect(QRectF(row.left(), row.top() + 1, row.width() * entry.share, row.height() - 2), bar);
        painter.setPen(colours.text);
        const QString text = tr("%1 %2").arg(percentText(entry.share), entry.name);
        painter.drawText(row.adjusted(2, 0, 0, 0), Qt::AlignVCenter, fontMetrics().elidedText(text, Qt::ElideRight, row.width()));
        row.translate(0, row.height());
    }
}

} // namespace melscope
