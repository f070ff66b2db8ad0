// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/PlacesPanel.h"

#include "common/ThemedAction.h"
#include "tokens/CodeCard.h"
#include "tokens/CurrentCode.h"
#include "tokens/PlacesModel.h"

#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace melscope {

PlacesPanel::PlacesPanel(CurrentCode& current, QWidget* parent)
    : QWidget(parent), m_current(current), m_card(new CodeCard(this)), m_title(new QLabel(this)), m_model(new PlacesModel(this)),
      m_table(new QTableView(this)), m_message(new QLabel(this))
{
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Places of the chosen code"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false); // two lines, whatever they say
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed); // as many rows as there are tokens: nothing is measured
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 5 / 2);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setResizeContentsPrecision(0); // what is seen
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(PlacesModel::Clip, QHeaderView::Stretch); // all columns are in sight, however narrow the panel
    m_title->setWordWrap(true);
    m_message->setWordWrap(true);
    m_message->hide();

    QAction* hear = themedAction(*m_table, QStringLiteral("play"), tr("&Play the excerpt"),
                                 tr("Hear this place with a little of what is before and after it (Space, or a click)"));
    hear->setShortcut(Qt::Key_Space);
    QAction* look = themedAction(*m_table, QStringLiteral("spectrogram"), tr("&Show in its clip"),
                                 tr("Open the clip, here and on the Explore page, with the playhead at this place (Return, or a double-click)"));
    hear->setIconText(tr("Play"));
    look->setIconText(tr("Show in its clip"));
    look->setShortcuts({QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)});
    for (QAction* action : {hear, look})
        action->setShortcutContext(Qt::WidgetShortcut);
    connect(hear, &QAction::triggered, this, [this] { play(m_table->currentIndex().row()); });
    connect(look, &QAction::triggered, this, [this] { showInClip(m_table->currentIndex().row()); });
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& index) { play(index.row()); });
    connect(m_table, &QTableView::doubleClicked, this, [this](const QModelIndex& index) { showInClip(index.row()); });

    auto* buttons = new QHBoxLayout;
    for (QAction* action : {hear, look}) {
        auto* button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_card);
    column->addWidget(m_title);
    column->addWidget(m_table, 1);
    column->addLayout(buttons);
    column->addWidget(m_message);
    connect(&current, &CurrentCode::litChanged, m_card, &CodeCard::setCode);
    connect(&current, &CurrentCode::chosenChanged, this, &PlacesPanel::showCode);
    showCode(CurrentCode::none);
}

void PlacesPanel::setTokens(const std::shared_ptr<const LoadedTokens>& tokens)
{
    m_tokens = tokens;
    m_card->setTokens(tokens);
    m_model->setTokens(tokens);
    showCode(tokens ? m_current.chosen() : CurrentCode::none);
}

void PlacesPanel::showMessage(const QString& sentence)
{
    m_message->setText(sentence);
    m_message->setVisible(!sentence.isEmpty());
}

void PlacesPanel::showCode(int code)
{
    m_model->setCode(code);
    showMessage({});
    for (QAction* action : m_table->actions())
        action->setEnabled(m_model->rowCount() > 0);
    if (m_model->code() == CurrentCode::none) {
        m_title->setText(tr("Click a token to list its places."));
        return;
    }
    m_title->setText(tr("Code %1: %L2 places in all clips, nearest to its centre first").arg(code).arg(m_model->rowCount()));
    m_table->scrollToTop();
    if (m_model->rowCount() > 0)
        m_table->selectRow(0);
}

void PlacesPanel::play(int row)
{
    if (row >= 0)
        Q_EMIT playRequested(m_model->placeAt(row));
}

void PlacesPanel::showInClip(int row)
{
    if (row >= 0)
        Q_EMIT clipRequested(m_model->placeAt(row));
}

} // namespace melscope
