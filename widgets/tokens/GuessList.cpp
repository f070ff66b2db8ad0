// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/GuessList.h"

#include "common/Figures.h"
#include "common/Theme.h"
#include "tokens/CodePatch.h"

#include <QLocale>
#include <QPainter>

#include <cmath>

namespace melscope {

GuessList::GuessList(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Guesses"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

void GuessList::setToken(std::shared_ptr<const MicroscopeLook> look, int clip, int token)
{
    m_look = std::move(look);
    m_clip = clip;
    m_token = m_look ? token : -1;
    setAccessibleDescription(lines().join(QStringLiteral(". ")));
    update();
}

std::vector<GuessList::Line> GuessList::linesOf(const MaskedPrediction& clip) const
{
    const auto token = static_cast<size_t>(m_token);
    const int target = clip.targets[token];
    const double loss = clip.losses[token];
    const bool asked = clip.masked[token] && target != silentToken;
    Line first{.code = target};
    if (target == silentToken)
        first.text = tr("Silence: not asked for");
    else if (!asked)
        first.text = tr("Is code %1; not hidden, so not asked for").arg(target);
    else {
        first.probability = std::exp(-loss); // the loss of a token is -ln of it
        first.text = tr("Asked for code %1: %2, loss %3 nats").arg(target).arg(percentText(first.probability), QLocale().toString(loss, 'f', 2));
    }
    std::vector<Line> all{first};
    for (const MaskedPrediction::Guess& guess : clip.guesses[token])
        if (guess.code >= 0)
            all.push_back({.code = guess.code, .probability = static_cast<double>(guess.probability),
                           .text = guess.code == target ? tr("✓ code %1: %2").arg(guess.code).arg(percentText(static_cast<double>(guess.probability)))
                                                        : tr("code %1: %2").arg(guess.code).arg(percentText(static_cast<double>(guess.probability)))});
    return all;
}

QStringList GuessList::lines() const
{
    if (m_token < 0)
        return {};
    QStringList texts;
    for (const Line& line : linesOf(m_look->batch.clips[static_cast<size_t>(m_clip)]))
        texts.append(line.text);
    return texts;
}

QSize GuessList::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 44, fontMetrics().height() * 2 * 6};
}

QSize GuessList::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 26, fontMetrics().height() * 6};
}

void GuessList::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (m_token < 0) {
        painter.setPen(Theme::colours().mutedText);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, m_look ? tr("Point at a hidden token to see what the model made of it.") : QString());
        return;
    }
    const std::vector<Line> all = linesOf(m_look->batch.clips[static_cast<size_t>(m_clip)]);
    const int rowHeight = std::min(height() / 6, fontMetrics().height() * 3);
    for (size_t i = 0; i < all.size(); ++i)
        paintLine(painter, QRect(0, static_cast<int>(i) * rowHeight, width(), rowHeight), all[i], i == 0);
}

void GuessList::paintLine(QPainter& painter, const QRect& row, const Line& line, bool isTarget) const
{
    const ThemeColours& colours = Theme::colours();
    const int side = row.height() - 4;
    if (line.code >= 0)
        painter.drawImage(QRect(row.left(), row.top() + 2, side, side), codePatch(*m_look->tokens, line.code));
    const QRect rest = row.adjusted(side + fontMetrics().averageCharWidth(), 2, 0, -2);
    if (!isTarget) {
        QColor bar = colours.accent;
        bar.setAlpha(70);
        painter.fillRect(QRectF(rest.left(), rest.top(), rest.width() * line.probability, rest.height()), bar);
    }
    QFont font = this->font();
    font.setBold(isTarget);
    painter.setFont(font);
    painter.setPen(colours.text);
    painter.drawText(rest, Qt::AlignVCenter | Qt::TextWordWrap, line.text);
}

} // namespace melscope
