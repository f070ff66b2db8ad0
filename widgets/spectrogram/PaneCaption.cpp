// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/PaneCaption.h"

#include "common/Theme.h"
#include "common/ThemedIcon.h"

#include <QPainter>

namespace melscope {

PaneCaption::PaneCaption(const QString& text, QWidget* parent) : QAbstractButton(parent)
{
    setText(text);
    setFocusPolicy(Qt::NoFocus);
}

void PaneCaption::setNote(const QString& note)
{
    if (note == m_note)
        return;
    m_note = note;
    resize(sizeHint());
    update();
}

QString PaneCaption::shownText() const
{
    return m_note.isEmpty() ? text() : tr("%1  %2").arg(text(), m_note);
}

QSize PaneCaption::sizeHint() const
{
    const int letter = fontMetrics().averageCharWidth();
    const int icon = isCheckable() ? fontMetrics().height() + letter / 2 : 0;
    return {fontMetrics().horizontalAdvance(shownText()) + 2 * letter + icon, fontMetrics().height() * 5 / 4};
}

void PaneCaption::paintEvent(QPaintEvent*)
{
    // The pictures are dark in both themes, and so is what lies on them.
    const QColor heard = ThemeColours::dark().accent;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = height() / 5.0;
    painter.setPen(isChecked() ? QPen(heard, 1.0) : QPen(Qt::NoPen));
    painter.setBrush(QColor(12, 14, 18, underMouse() && isCheckable() ? 235 : 190));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    const QColor ink = isChecked() ? heard : QColor(0xe4, 0xe7, 0xeb);
    const int letter = fontMetrics().averageCharWidth();
    QRect rest = rect().adjusted(letter, 0, -letter, 0);
    if (isCheckable()) {
        const int side = fontMetrics().height() * 7 / 8;
        themedIcon(isChecked() ? QStringLiteral("volume") : QStringLiteral("muted"), ink)
            .paint(&painter, QRect(rest.left(), (height() - side) / 2, side, side));
        rest.setLeft(rest.left() + fontMetrics().height() + letter / 2);
    }
    painter.setPen(ink);
    painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter, shownText());
}

} // namespace melscope
