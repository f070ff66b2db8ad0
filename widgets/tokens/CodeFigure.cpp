// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/CodeFigure.h"

#include "common/PictureFile.h"
#include "common/Theme.h"
#include "tokens/CodeText.h"
#include "tokens/CurrentCode.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QPainter>
#include <QToolTip>

namespace melscope {

CodeFigure::CodeFigure(const QString& title, CurrentCode& current, QWidget* parent) : QWidget(parent), m_title(title), m_current(current)
{
    setAccessibleName(title);
    setMouseTracking(true);
    connect(&Theme::instance(), &Theme::changed, this, &CodeFigure::redraw);
    connect(&current, &CurrentCode::litChanged, this, qOverload<>(&QWidget::update));
}

void CodeFigure::setTokens(std::shared_ptr<const LoadedTokens> tokens)
{
    m_tokens = std::move(tokens);
    m_hovered = CurrentCode::none;
    tokensChanged();
    redraw();
}

void CodeFigure::redraw()
{
    m_kept = {};
    update();
}

QString CodeFigure::savePicture(const QString& path) const
{
    return writePicture(path, m_title, size(), [this](QPainter& painter) {
        const ThemeColours theme = ThemeColours::light();
        painter.setFont(font());
        painter.fillRect(rect(), theme.plotBackground);
        draw(painter, size(), theme);
    });
}

QSize CodeFigure::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 70, fontMetrics().height() * 18};
}

QSize CodeFigure::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 30, fontMetrics().height() * 9};
}

void CodeFigure::paintEvent(QPaintEvent*)
{
    if (m_kept.isNull()) {
        m_kept = QPixmap(size() * devicePixelRatioF());
        m_kept.setDevicePixelRatio(devicePixelRatioF());
        m_kept.fill(Theme::colours().plotBackground);
        QPainter painter(&m_kept);
        painter.setFont(font());
        if (m_tokens) {
            draw(painter, size(), Theme::colours());
        } else {
            painter.setPen(Theme::colours().mutedText);
            painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, noCodebookText());
        }
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_kept);
    if (m_tokens && m_current.lit() != CurrentCode::none && m_current.lit() < m_tokens->set->codes())
        drawLit(painter, m_current.lit());
}

void CodeFigure::resizeEvent(QResizeEvent*)
{
    m_kept = {};
}

void CodeFigure::hover(int code)
{
    if (code == m_hovered)
        return;
    m_hovered = code;
    m_current.hover(code);
    Q_EMIT codeHovered(code);
}

void CodeFigure::mouseMoveEvent(QMouseEvent* event)
{
    if (m_tokens)
        hover(codeAt(event->position()));
}

void CodeFigure::mousePressEvent(QMouseEvent* event)
{
    const int code = m_tokens && event->button() == Qt::LeftButton ? codeAt(event->position()) : CurrentCode::none;
    if (code != CurrentCode::none)
        m_current.choose(code);
}

void CodeFigure::leaveEvent(QEvent*)
{
    hover(CurrentCode::none);
}

bool CodeFigure::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && m_tokens) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), describe(help->pos()), this);
        return true;
    }
    return QWidget::event(event);
}

void CodeFigure::contextMenuEvent(QContextMenuEvent* event)
{
    if (!m_tokens)
        return;
    QMenu menu(this);
    menu.addAction(tr("Save as…"), this, &CodeFigure::saveRequested);
    menu.exec(event->globalPos());
}

} // namespace melscope
