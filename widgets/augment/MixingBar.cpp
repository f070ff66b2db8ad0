// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/MixingBar.h"

#include "common/Theme.h"

#include <QPainter>

#include <cmath>

namespace melscope {
namespace {

int percent(double share)
{
    return static_cast<int>(std::lround(share * 100.0));
}

} // namespace

MixingBar::MixingBar(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Mixed clips and soft label"));
    setToolTip(tr("A mixing blends a second training clip in and shares the label between both: the network is asked for these percentages."));
}

void MixingBar::setMix(const Clip& own, const Clip& partner, const QString& mixing)
{
    m_isMixed = true;
    m_own = own;
    m_partner = partner;
    m_mixing = mixing;
    setAccessibleDescription(tr("%1 with %2: %3").arg(own.name, partner.name, label()));
    update();
}

void MixingBar::setNothingMixed(const QString& why)
{
    m_isMixed = false;
    m_why = why;
    setAccessibleDescription(why);
    update();
}

QString MixingBar::label() const
{
    if (!m_isMixed)
        return {};
    if (m_own.className == m_partner.className)
        return tr("%1 100 %").arg(m_own.className);
    const int own = percent(m_own.share);
    return tr("%1 %2 % · %3 %4 %").arg(m_own.className).arg(own).arg(m_partner.className).arg(100 - own);
}

QSize MixingBar::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 60, fontMetrics().height() * 7 / 2};
}

QSize MixingBar::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 30, sizeHint().height()};
}

void MixingBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const int letter = fontMetrics().averageCharWidth();
    const QRectF all = QRectF(rect()).adjusted(letter, 2, -letter, -2);
    if (!m_isMixed) {
        painter.setPen(Theme::colours().mutedText);
        painter.drawText(all, Qt::AlignLeft | Qt::AlignVCenter, m_why);
        return;
    }
    const QColor ownColour = Theme::colours().seriesColour(0);
    const QColor partnerColour = Theme::colours().seriesColour(1);
    const double side = all.width() * 0.33;
    const QRectF left(all.left(), all.top(), side, all.height());
    const QRectF right(all.right() - side, all.top(), side, all.height());
    paintClip(painter, left, m_own, ownColour, false);
    paintClip(painter, right, m_partner, partnerColour, true);

    const QRectF middle(left.right() + letter, all.top(), right.left() - left.right() - 2 * letter, all.height());
    const double line = fontMetrics().height();
    painter.setPen(Theme::colours().mutedText);
    painter.drawText(QRectF(middle.left(), middle.top(), middle.width(), line), Qt::AlignCenter,
                     fontMetrics().elidedText(m_mixing, Qt::ElideRight, static_cast<int>(middle.width())));
    const QRectF bar(middle.left(), middle.top() + line * 1.15, middle.width(), line * 0.75);
    QRectF own = bar;
    own.setWidth(bar.width() * m_own.share);
    painter.fillRect(bar, partnerColour);
    painter.fillRect(own, ownColour);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRectF(middle.left(), bar.bottom() + line * 0.1, middle.width(), line * 1.2), Qt::AlignCenter,
                     fontMetrics().elidedText(label(), Qt::ElideMiddle, static_cast<int>(middle.width())));
}

void MixingBar::paintClip(QPainter& painter, const QRectF& area, const Clip& clip, const QColor& colour, bool atRight) const
{
    const double letter = fontMetrics().averageCharWidth();
    const double pictureWidth = std::min(area.height() * 1.8, area.width() * 0.45);
    const QRectF picture(atRight ? area.right() - pictureWidth : area.left(), area.top(), pictureWidth, area.height());
    painter.drawImage(picture, clip.thumbnail);
    painter.fillRect(QRectF(picture.left(), picture.bottom() - 2, picture.width(), 3), colour);
    const QRectF words(atRight ? area.left() : picture.right() + letter, area.top(), area.width() - pictureWidth - letter, area.height());
    const auto side = atRight ? Qt::AlignRight : Qt::AlignLeft;
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(words.adjusted(0, 0, 0, -words.height() / 2), side | Qt::AlignBottom,
                     QFontMetrics(bold).elidedText(clip.className, Qt::ElideRight, static_cast<int>(words.width())));
    painter.setFont(font());
    painter.setPen(Theme::colours().mutedText);
    painter.drawText(words.adjusted(0, words.height() / 2, 0, 0), side | Qt::AlignTop,
                     fontMetrics().elidedText(clip.name, Qt::ElideMiddle, static_cast<int>(words.width())));
}

} // namespace melscope
