// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/EmptyState.h"

#include "common/Theme.h"
#include "common/ThemedIcon.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace melscope {

EmptyState::EmptyState(const QString& iconName, const QString& headline, const QString& sentence, QWidget* parent)
    : QWidget(parent), m_iconName(iconName), m_icon(new QLabel(this)), m_headline(new QLabel(headline, this)),
      m_sentence(new QLabel(sentence, this)), m_buttons(new QVBoxLayout)
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    m_headline->setFont(large);
    for (QLabel* label : {m_icon, m_headline, m_sentence})
        label->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    m_sentence->setMinimumWidth(fontMetrics().averageCharWidth() * 30);
    m_sentence->setMaximumWidth(fontMetrics().averageCharWidth() * 70);
    m_sentence->setSizePolicy(QSizePolicy::MinimumExpanding, QSizePolicy::Preferred);
    m_sentence->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_sentence->setOpenExternalLinks(false);

    auto* column = new QVBoxLayout(this);
    const int gap = fontMetrics().height();
    column->setContentsMargins(gap, gap, gap, gap);
    column->setSpacing(gap / 2);
    column->addStretch(2);
    column->addWidget(m_icon);
    column->addWidget(m_headline);
    auto* centred = new QHBoxLayout;
    centred->addStretch();
    centred->addWidget(m_sentence, 100);
    centred->addStretch();
    column->addLayout(centred);
    column->addSpacing(gap / 2);
    column->addLayout(m_buttons);
    column->addStretch(3);
    showIcon();
}

void EmptyState::setHeadline(const QString& headline)
{
    m_headline->setText(headline);
}

void EmptyState::setSentence(const QString& sentence)
{
    m_sentence->setText(sentence);
}

QPushButton* EmptyState::addButton(const QString& text, const QString& iconName)
{
    auto* button = new QPushButton(themedIcon(iconName), text, this);
    button->setMinimumWidth(fontMetrics().averageCharWidth() * 30);
    if (m_buttons->isEmpty())
        button->setDefault(true);
    addWidget(button);
    return button;
}

void EmptyState::addWidget(QWidget* widget)
{
    m_buttons->addWidget(widget, 0, Qt::AlignHCenter);
}

void EmptyState::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showIcon();
}

void EmptyState::showIcon()
{
    const int side = fontMetrics().height() * 4;
    m_icon->setPixmap(themedIcon(m_iconName, Theme::colours().mutedText).pixmap(QSize(side, side), devicePixelRatioF()));
}

} // namespace melscope
