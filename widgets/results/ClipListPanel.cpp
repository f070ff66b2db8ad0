// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/ClipListPanel.h"

#include "common/ThemedIcon.h"
#include "results/PlainTable.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

#include <algorithm>

namespace melscope {

ClipListPanel::ClipListPanel(QWidget* parent)
    : QWidget(parent), m_model(new ClipListModel(this)), m_kind(new QComboBox(this)), m_title(new QLabel(this)),
      m_listen(new QPushButton(themedIcon(QStringLiteral("play")), tr("&Listen"), this)), m_table(plainTable(*m_model, tr("Clips"), this))
{
    const std::pair<QString, Kind> kinds[] = {{tr("Mistakes"), Kind::Mistakes}, {tr("Highest loss"), Kind::HighestLoss},
                                              {tr("Lowest margin"), Kind::LowestMargin}, {tr("Right in one method only"), Kind::OneMethod},
                                              {tr("Right in no method"), Kind::NoMethod}};
    for (const auto& [name, kind] : kinds)
        m_kind->addItem(name, static_cast<int>(kind));
    m_kind->setPlaceholderText(tr("One cell"));
    m_kind->setAccessibleName(tr("List of clips"));
    m_kind->setToolTip(tr("Which clips are listed. The last two look at every method that has held a clip out."));
    m_listen->setToolTip(tr("Opens these clips as a queue: hear each one, flip to the nearest training clip of the class it was taken for, give a verdict."));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    auto* top = new QHBoxLayout;
    m_title->setWordWrap(true);
    top->addWidget(m_kind);
    top->addWidget(m_title, 1);
    top->addWidget(m_listen);
    layout->addLayout(top);
    layout->addWidget(m_table, 1);
    m_table->setToolTip(tr("Return or double-click: listen through the list from this clip on."));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    auto* hear = new QAction(m_table);
    hear->setShortcuts({QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter), QKeySequence(Qt::Key_Space)});
    hear->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(hear);
    connect(hear, &QAction::triggered, this, &ClipListPanel::activate);
    connect(m_table, &QTableView::doubleClicked, this, &ClipListPanel::activate);
    connect(m_listen, &QPushButton::clicked, this, &ClipListPanel::activate);
    connect(m_kind, &QComboBox::activated, this, &ClipListPanel::kindChosen);
}

ClipListPanel::Kind ClipListPanel::kind() const
{
    return m_kind->currentIndex() < 0 ? Kind::Mistakes : static_cast<Kind>(m_kind->currentData().toInt());
}

void ClipListPanel::choose(Kind kind)
{
    const int index = m_kind->findData(static_cast<int>(kind));
    if (index == m_kind->currentIndex())
        return;
    m_kind->setCurrentIndex(index);
    Q_EMIT kindChosen();
}

QString ClipListPanel::title() const
{
    return m_title->text();
}

void ClipListPanel::show(const QString& title, ClipList clips, const std::vector<std::string>& classes)
{
    if (m_kind->currentIndex() < 0)
        m_kind->setCurrentIndex(0);
    fill(title, std::move(clips), classes);
}

void ClipListPanel::showCell(const QString& title, ClipList clips, const std::vector<std::string>& classes)
{
    m_kind->setCurrentIndex(-1);
    fill(title, std::move(clips), classes);
}

void ClipListPanel::showMessage(const QString& sentence)
{
    fill(sentence, {}, {});
}

void ClipListPanel::fill(const QString& title, ClipList clips, const std::vector<std::string>& classes)
{
    const bool byMargin = kind() == Kind::LowestMargin;
    const bool hasNotes = std::any_of(clips.begin(), clips.end(), [](const ListedClip& clip) { return !clip.note.empty(); });
    m_title->setText(title);
    m_listen->setEnabled(!clips.empty());
    m_model->show(std::move(clips), classes);
    m_table->setColumnHidden(ClipListModel::Margin, !byMargin);
    m_table->setColumnHidden(ClipListModel::Probability, hasNotes);
    m_table->setColumnHidden(ClipListModel::Note, !hasNotes);
    m_table->resizeColumnsToContents();
    // Another column is the last one now: the header stretches it when it is told anew.
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
}

void ClipListPanel::activate()
{
    if (m_model->rowCount() > 0)
        Q_EMIT listenRequested(std::max(0, m_table->currentIndex().row()));
}

} // namespace melscope
