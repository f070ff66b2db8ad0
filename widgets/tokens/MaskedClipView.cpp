// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/MaskedClipView.h"

#include "common/ColourMap.h"
#include "common/Theme.h"
#include "tokens/MaskOutcome.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace melscope {
namespace {

QImage inputImage(const MaskedPrediction& clip)
{
    const auto [low, high] = std::ranges::minmax(clip.input);
    const ColourMap& map = ColourMap::named(QStringLiteral("grey"));
    QImage image(static_cast<int>(clip.frames), clip.mels, QImage::Format_RGB32);
    for (int mel = 0; mel < clip.mels; ++mel) {
        auto* const line = reinterpret_cast<QRgb*>(image.scanLine(clip.mels - 1 - mel));
        for (int64_t frame = 0; frame < clip.frames; ++frame)
            line[frame] = map.at((clip.input[static_cast<size_t>(mel * clip.frames + frame)] - low) / std::max(high - low, 1e-6f));
    }
    return image;
}

} // namespace

MaskedClipView::MaskedClipView(QWidget* parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Masked clip"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void MaskedClipView::setLook(std::shared_ptr<const MicroscopeLook> look, int clip)
{
    m_look = std::move(look);
    m_clip = clip;
    m_input = m_look ? inputImage(this->clip()) : QImage();
    m_held = -1;
    m_token = -1;
    update();
    Q_EMIT tokenChanged(-1);
}

void MaskedClipView::setBlank(bool blank)
{
    m_blank = blank;
    update();
}

QRectF MaskedClipView::rectOf(int token) const
{
    const TokenLayout& layout = clip().layout;
    const double frame = static_cast<double>(width()) / static_cast<double>(clip().frames);
    const double mel = static_cast<double>(height()) / clip().mels;
    return {layout.columnOf(token) * layout.patch.frames * frame, height() - (layout.rowOf(token) + 1) * layout.patch.mels * mel,
            layout.patch.frames * frame, layout.patch.mels * mel};
}

std::optional<int> MaskedClipView::tokenAt(QPointF point) const
{
    if (!m_look || !QRectF(rect()).contains(point))
        return std::nullopt;
    const QRectF first = rectOf(0);
    const int column = static_cast<int>(point.x() / first.width());
    const int row = static_cast<int>((height() - point.y()) / first.height());
    const TokenLayout& layout = clip().layout;
    return column < layout.columns && row < layout.rows ? std::optional(layout.tokenAt(row, column)) : std::nullopt;
}

QSize MaskedClipView::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 60, fontMetrics().height() * 10};
}

void MaskedClipView::look(int token)
{
    if (token == m_token)
        return;
    m_token = token;
    update();
    Q_EMIT tokenChanged(token);
}

void MaskedClipView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colours().plotBackground);
    if (!m_look)
        return;
    painter.drawImage(QRectF(rect()), m_input, QRectF(m_input.rect()));
    for (int token = 0; token < clip().layout.size(); ++token)
        if (clip().masked[static_cast<size_t>(token)])
            paintToken(painter, token);
    if (m_token >= 0) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(Qt::black, 4.0));
        painter.drawRect(rectOf(m_token).adjusted(1, 1, -1, -1));
        painter.setPen(QPen(Qt::white, 2.0));
        painter.drawRect(rectOf(m_token).adjusted(1, 1, -1, -1));
    }
    if (hasFocus()) {
        painter.setPen(Theme::colours().accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void MaskedClipView::paintToken(QPainter& painter, int token) const
{
    const QRectF rect = rectOf(token).adjusted(0.5, 0.5, -0.5, -0.5);
    if (m_blank)
        painter.fillRect(rect, Theme::colours().window);
    paintMaskOutcome(painter, rect, maskOutcome(clip(), token));
}

void MaskedClipView::mouseMoveEvent(QMouseEvent* event)
{
    look(tokenAt(event->position()).value_or(m_held));
}

void MaskedClipView::mousePressEvent(QMouseEvent* event)
{
    m_held = tokenAt(event->position()).value_or(-1);
    look(m_held);
}

void MaskedClipView::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    look(m_held);
}

void MaskedClipView::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    if (!m_look || (key != Qt::Key_Left && key != Qt::Key_Right && key != Qt::Key_Up && key != Qt::Key_Down))
        return QWidget::keyPressEvent(event);
    const TokenLayout& layout = clip().layout;
    const int from = std::max(0, m_token);
    const int column = std::clamp(layout.columnOf(from) + (key == Qt::Key_Right) - (key == Qt::Key_Left), 0, layout.columns - 1);
    const int row = std::clamp(layout.rowOf(from) + (key == Qt::Key_Up) - (key == Qt::Key_Down), 0, layout.rows - 1);
    m_held = layout.tokenAt(row, column);
    look(m_held);
}

} // namespace melscope
