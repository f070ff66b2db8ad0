// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/ClipBrowser.h"

#include "common/ThemedIcon.h"
#include "dataset/ClipThumbnails.h"
#include "dataset/ThumbnailDelegate.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QTableView>

namespace melscope {

ClipBrowser::ClipBrowser(QWidget* parent)
    : QWidget(parent), m_model(new DatasetModel(this)), m_thumbnails(new ClipThumbnails(this)), m_search(new QLineEdit(this)),
      m_class(new QComboBox(this)), m_fold(new QComboBox(this)), m_problemsOnly(new QCheckBox(tr("Problems only"), this)),
      m_count(new QLabel(this)), m_table(new QTableView(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    addFilters();
    addTable();
    addKeys();
    m_model->setThumbnailSource([this](int clip) { return m_thumbnails->find(clip); });
    connect(m_thumbnails, &ClipThumbnails::arrived, m_model, &DatasetModel::thumbnailArrived);
    connect(m_model, &DatasetModel::modelReset, this, &ClipBrowser::restoreCurrent);
    connect(m_model, &DatasetModel::arranged, this, &ClipBrowser::showCount);
    fillFilters();
}

void ClipBrowser::addFilters()
{
    m_search->setPlaceholderText(tr("Search name, class, source"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(themedIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_search->setToolTip(tr("Shows the clips in whose name, class or source every word occurs (Ctrl+F)"));
    m_search->setAccessibleName(tr("Search clips"));
    m_class->setToolTip(tr("Show the clips of one class"));
    m_class->setAccessibleName(tr("Class filter"));
    m_fold->setToolTip(tr("Show the clips of one fold"));
    m_fold->setAccessibleName(tr("Fold filter"));
    m_problemsOnly->setToolTip(tr("Show the clips with which something is the matter"));
    m_class->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_fold->setSizeAdjustPolicy(QComboBox::AdjustToContents);

    // Two rows: in a narrow dock the search box would otherwise have no room to type in.
    auto* search = new QHBoxLayout;
    search->addWidget(m_search, 1);
    search->addWidget(m_count);
    auto* filters = new QHBoxLayout;
    filters->addWidget(m_class);
    filters->addWidget(m_fold);
    filters->addWidget(m_problemsOnly);
    filters->addStretch(1);
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->addLayout(search);
    column->addLayout(filters);

    m_typing.setSingleShot(true);
    m_typing.setInterval(120);
    connect(&m_typing, &QTimer::timeout, this, &ClipBrowser::takeFilter);
    connect(m_search, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_class, &QComboBox::currentIndexChanged, this, &ClipBrowser::takeFilter);
    connect(m_fold, &QComboBox::currentIndexChanged, this, &ClipBrowser::takeFilter);
    connect(m_problemsOnly, &QCheckBox::toggled, this, &ClipBrowser::takeFilter);
}

void ClipBrowser::addTable()
{
    m_table->setModel(m_model);
    m_table->setItemDelegateForColumn(0, new ThumbnailDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setAccessibleName(tr("Clips"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->horizontalHeader()->setSortIndicatorClearable(true);
    m_table->setSortingEnabled(true);
    m_table->installEventFilter(this);
    layout()->addWidget(m_table);
    sizeColumns();

    m_scrolling.setSingleShot(true);
    m_scrolling.setInterval(40);
    connect(&m_scrolling, &QTimer::timeout, this, &ClipBrowser::requestThumbnails);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, &m_scrolling, qOverload<>(&QTimer::start));
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, &m_scrolling, qOverload<>(&QTimer::start));
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &ClipBrowser::takeCurrent);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) { Q_EMIT clipActivated(m_model->clipOf(index.row())); });
}

void ClipBrowser::addKeys()
{
    const auto on = [this](const QString& text, const QKeySequence& keys, auto slot) {
        auto* action = new QAction(text, this);
        action->setShortcut(keys);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
    };
    on(tr("&Next clip"), Qt::Key_N, &ClipBrowser::selectNext);
    on(tr("&Previous clip"), Qt::Key_P, &ClipBrowser::selectPrevious);
    on(tr("&Search the clips"), QKeySequence::Find, &ClipBrowser::focusSearch);
}

void ClipBrowser::sizeColumns()
{
    const QFontMetrics metrics = m_table->fontMetrics();
    m_table->verticalHeader()->setDefaultSectionSize(metrics.height() * 9 / 4);
    const int letters[clipColumnCount] = {0, 26, 18, 6, 14, 11, 11, 10, 12};
    for (int column = 1; column < clipColumnCount; ++column)
        m_table->setColumnWidth(column, metrics.averageCharWidth() * letters[column]);
    m_table->setColumnWidth(0, m_table->verticalHeader()->defaultSectionSize() * 3);
    m_table->horizontalHeader()->setSectionResizeMode(static_cast<int>(ClipColumn::Name), QHeaderView::Stretch);
}

void ClipBrowser::setDataset(std::shared_ptr<const Dataset> dataset)
{
    m_thumbnails->setDataset(dataset);
    m_current = -1;
    m_model->setDataset(std::move(dataset));
    fillFilters();
    Q_EMIT filterChanged({});
    Q_EMIT currentClipChanged(-1);
}

void ClipBrowser::fillFilters()
{
    const QSignalBlocker search(m_search), classes(m_class), folds(m_fold), problems(m_problemsOnly);
    m_typing.stop();
    m_search->clear();
    m_problemsOnly->setChecked(false);
    m_class->clear();
    m_fold->clear();
    m_class->addItem(tr("All classes"));
    m_fold->addItem(tr("All folds"));
    const std::shared_ptr<const Dataset>& dataset = m_model->dataset();
    if (!dataset)
        return;
    for (size_t label = 0; label < dataset->classes.size(); ++label)
        m_class->addItem(QString::fromStdString(dataset->classes[label]), static_cast<int>(label));
    for (const int fold : dataset->folds)
        m_fold->addItem(tr("Fold %1").arg(fold), fold);
}

void ClipBrowser::setFilter(const ClipFilter& filter)
{
    {
        const QSignalBlocker search(m_search), classes(m_class), folds(m_fold), problems(m_problemsOnly);
        m_typing.stop();
        m_search->setText(QString::fromStdString(filter.text));
        m_class->setCurrentIndex(filter.label ? m_class->findData(*filter.label) : 0);
        m_fold->setCurrentIndex(filter.fold ? m_fold->findData(*filter.fold) : 0);
        m_problemsOnly->setChecked(filter.problemsOnly);
    }
    takeFilter();
}

void ClipBrowser::takeFilter()
{
    ClipFilter filter{.text = m_search->text().simplified().toStdString(), .problemsOnly = m_problemsOnly->isChecked()};
    if (m_class->currentIndex() > 0)
        filter.label = m_class->currentData().toInt();
    if (m_fold->currentIndex() > 0)
        filter.fold = m_fold->currentData().toInt();
    if (filter == m_model->filter())
        return;
    m_model->setFilter(filter);
    Q_EMIT filterChanged(filter);
}

void ClipBrowser::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ClipBrowser::takeCurrent(const QModelIndex& index)
{
    const int clip = index.isValid() ? m_model->clipOf(index.row()) : -1;
    // A reset takes the current row away; the clip stays the current one, and may come back with the next filter.
    if (m_restoring || clip < 0 || clip == m_current)
        return;
    m_current = clip;
    showCount();
    Q_EMIT currentClipChanged(clip);
}

void ClipBrowser::restoreCurrent()
{
    const int row = m_model->rowOf(m_current);
    m_restoring = true;
    if (row >= 0) {
        m_table->setCurrentIndex(m_model->index(row, 1));
        m_table->scrollTo(m_model->index(row, 1), QAbstractItemView::EnsureVisible);
    } else {
        m_table->scrollToTop();
    }
    m_restoring = false;
    m_scrolling.start();
}

void ClipBrowser::setCurrentClip(int clip)
{
    if (!m_model->dataset() || clip < 0 || static_cast<size_t>(clip) >= m_model->dataset()->clips.size())
        return;
    const int row = m_model->rowOf(clip);
    if (row >= 0) {
        m_table->setCurrentIndex(m_model->index(row, 1));
        return;
    }
    m_current = clip;
    clearFilter();
    Q_EMIT currentClipChanged(clip);
}

void ClipBrowser::selectNext()
{
    step(1);
}

void ClipBrowser::selectPrevious()
{
    step(-1);
}

void ClipBrowser::step(int rows)
{
    if (m_model->rowCount() == 0)
        return;
    const int row = m_model->rowOf(m_current);
    m_table->setCurrentIndex(m_model->index(row < 0 ? 0 : std::clamp(row + rows, 0, m_model->rowCount() - 1), 1));
}

void ClipBrowser::showCount()
{
    const int all = m_model->dataset() ? static_cast<int>(m_model->dataset()->clips.size()) : 0;
    const int shown = m_model->rowCount();
    m_count->setText(shown == all ? tr("%Ln clips", nullptr, all) : tr("%L1 of %L2 clips").arg(shown).arg(all));
}

void ClipBrowser::requestThumbnails()
{
    if (m_model->rowCount() == 0 || !m_table->isVisible())
        return;
    const int first = m_table->rowAt(0);
    const int page = m_table->viewport()->height() / std::max(1, m_table->verticalHeader()->defaultSectionSize()) + 1;
    std::vector<int> wanted;
    for (int row = std::max(first, 0); row < std::min(first + 2 * page, m_model->rowCount()); ++row)
        wanted.push_back(m_model->clipOf(row));
    m_thumbnails->request(wanted);
}

bool ClipBrowser::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && (event->type() == QEvent::Resize || event->type() == QEvent::Show))
        m_scrolling.start();
    return QWidget::eventFilter(watched, event);
}

void ClipBrowser::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        sizeColumns();
}

} // namespace melscope
