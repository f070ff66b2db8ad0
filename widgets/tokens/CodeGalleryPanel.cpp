// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/CodeGalleryPanel.h"

#include "tokens/CodeGallery.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace melscope {

CodeGalleryPanel::CodeGalleryPanel(CurrentCode& current, QAction* hear, QWidget* parent)
    : QWidget(parent), m_gallery(new CodeGallery(current)), m_order(new QComboBox)
{
    m_order->addItem(tr("Commonest first"), static_cast<int>(CodeOrder::Usage));
    m_order->addItem(tr("By class"), static_cast<int>(CodeOrder::Class));
    m_order->addItem(tr("Most like the chosen code"), static_cast<int>(CodeOrder::Similarity));
    m_order->setAccessibleName(tr("Order of the codes"));
    m_order->setToolTip(tr("By class: each code stands with the class that most of its tokens are in, those first that tell most of it.\n"
                           "Most like the chosen code: by the distance that the codebook itself compares by; click a code to begin with it."));
    auto* label = new QLabel(tr("&Order"));
    label->setBuddy(m_order);
    auto* button = new QToolButton;
    button->setDefaultAction(hear);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    auto* row = new QHBoxLayout;
    const int space = fontMetrics().averageCharWidth();
    row->setContentsMargins(space, space / 2, space, space / 2);
    row->setSpacing(space);
    row->addWidget(label);
    row->addWidget(m_order);
    row->addStretch();
    row->addWidget(button);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_gallery, 1);
    connect(m_order, &QComboBox::currentIndexChanged, this, [this] { m_gallery->setOrder(static_cast<CodeOrder>(m_order->currentData().toInt())); });
}

void CodeGalleryPanel::setTokens(const std::shared_ptr<const LoadedTokens>& tokens)
{
    m_gallery->setTokens(tokens);
}

} // namespace melscope
