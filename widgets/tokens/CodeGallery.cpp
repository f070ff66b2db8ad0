// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/CodeGallery.h"

#include "common/Theme.h"
#include "tokens/CodeGalleryDelegate.h"
#include "tokens/CodeGalleryModel.h"
#include "tokens/CodeText.h"
#include "tokens/CurrentCode.h"

#include <QEvent>
#include <QPainter>

namespace melscope {

CodeGallery::CodeGallery(CurrentCode& current, QWidget* parent) : QListView(parent), m_current(current), m_model(new CodeGalleryModel(this))
{
    setAccessibleName(tr("Gallery of codes"));
    setModel(m_model);
    setItemDelegate(new CodeGalleryDelegate(current, this));
    setViewMode(QListView::IconMode);
    setMovement(QListView::Static);
    setResizeMode(QListView::Adjust);
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::NoSelection); // the current code is what is chosen, here as everywhere
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setMouseTracking(true);
    connect(this, &QListView::entered, this, [this](const QModelIndex& index) { hover(m_model->codeAt(index.row())); });
    connect(this, &QListView::viewportEntered, this, [this] { hover(CurrentCode::none); });
    connect(this, &QListView::clicked, this, &CodeGallery::choose);
    connect(this, &QListView::activated, this, &CodeGallery::choose);
    connect(&current, &CurrentCode::litChanged, viewport(), qOverload<>(&QWidget::update));
    connect(&current, &CurrentCode::chosenChanged, this, [this](int code) {
        m_model->setChosen(code);
        if (m_model->order() == CodeOrder::Similarity)
            scrollToTop();
        viewport()->update();
    });
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void CodeGallery::setTokens(const std::shared_ptr<const LoadedTokens>& tokens)
{
    m_hovered = CurrentCode::none;
    m_model->setTokens(tokens);
}

void CodeGallery::setOrder(CodeOrder order)
{
    m_model->setOrder(order);
    if (const QModelIndex chosen = m_model->indexOf(m_current.chosen()); chosen.isValid() && order != CodeOrder::Similarity)
        scrollTo(chosen, QAbstractItemView::PositionAtCenter);
    else
        scrollToTop();
}

void CodeGallery::hover(int code)
{
    if (code == m_hovered)
        return;
    m_hovered = code;
    m_current.hover(code);
    Q_EMIT codeHovered(code);
}

void CodeGallery::choose(const QModelIndex& index)
{
    m_current.choose(m_model->codeAt(index.row()));
}

bool CodeGallery::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave)
        hover(CurrentCode::none);
    return QListView::viewportEvent(event);
}

void CodeGallery::paintEvent(QPaintEvent* event)
{
    QListView::paintEvent(event);
    if (m_model->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(Theme::colours().mutedText);
    painter.drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap, noCodebookText());
}

void CodeGallery::mouseDoubleClickEvent(QMouseEvent*)
{
    // Its first click may have put other codes under the pointer.
}

void CodeGallery::focusOutEvent(QFocusEvent* event)
{
    QListView::focusOutEvent(event);
    if (!viewport()->underMouse()) // what the keys had lit up
        hover(CurrentCode::none);
}

void CodeGallery::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    if (current.isValid() && hasFocus())
        hover(m_model->codeAt(current.row()));
}

} // namespace melscope
