// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/LabelSafetyPanel.h"

#include "augment/LabelSafetyModel.h"
#include "augment/ShippedChains.h"
#include "common/EmptyState.h"
#include "common/Figures.h"
#include "common/JobBar.h"
#include "common/Theme.h"
#include "common/ThemedIcon.h"
#include "runs/RunBox.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace melscope {
namespace {

// Entries of the chain chooser before the presets.
enum ChainChoice { OfRecipe, OfPage, FirstPreset };

/// Keeps the row of all clips on top in both directions.
class SafetyOrder : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override
    {
        if (left.row() == LabelSafetyModel::allRow || right.row() == LabelSafetyModel::allRow)
            return (left.row() == LabelSafetyModel::allRow) == (sortOrder() == Qt::AscendingOrder);
        return QSortFilterProxyModel::lessThan(left, right);
    }
};

} // namespace

LabelSafetyPanel::LabelSafetyPanel(QWidget* parent)
    : QWidget(parent), m_pages(new QStackedWidget), m_run(new RunBox(RunBox::WhenGone::First)), m_chain(new QComboBox), m_draws(new QSpinBox),
      m_test(new QPushButton(tr("&Test"))), m_export(new QPushButton(themedIcon(QStringLiteral("export")), tr("&CSV…"))), m_job(new JobBar),
      m_message(new QLabel), m_subject(new QLabel), m_results(new QStackedWidget), m_model(new LabelSafetyModel(this)),
      m_sorted(new SafetyOrder(this)), m_table(new QTableView)
{
    auto* tested = new QWidget;
    auto* column = new QVBoxLayout(tested);
    column->addWidget(buildControls());
    column->addWidget(m_job);
    column->addWidget(m_message);
    m_message->setWordWrap(true);
    m_message->hide();
    auto* figures = new QWidget;
    auto* inside = new QVBoxLayout(figures);
    inside->setContentsMargins({});
    inside->addWidget(m_subject);
    inside->addWidget(m_table, 1);
    m_subject->setWordWrap(true);
    m_subject->setForegroundRole(QPalette::PlaceholderText);
    m_results->addWidget(new EmptyState(QStringLiteral("table"), tr("Not tested yet"),
        tr("An augmentation is safe where it changes the sound but not the answer. The test counts the predictions that change under each "
           "one alone, class by class.")));
    m_results->addWidget(figures);
    column->addWidget(m_results, 1);
    buildTable();
    m_pages->addWidget(new EmptyState(QStringLiteral("train"), tr("No finished run"),
        tr("Train a run to its end first: its model then tells which augmentations leave its answers alone.")));
    m_pages->addWidget(tested);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_pages);
    connect(m_test, &QPushButton::clicked, this, [this] { Q_EMIT testRequested(wish()); });
    connect(m_export, &QPushButton::clicked, this, &LabelSafetyPanel::askAndExport);
    connect(m_job, &JobBar::cancelRequested, this, &LabelSafetyPanel::cancelRequested);
    connect(&Theme::instance(), &Theme::changed, m_table->viewport(), qOverload<>(&QWidget::update));
    setRuns({});
}

QWidget* LabelSafetyPanel::buildControls()
{
    auto* controls = new QWidget;
    auto* rows = new QVBoxLayout(controls);
    rows->setContentsMargins({});
    auto* first = new QHBoxLayout;
    auto* second = new QHBoxLayout;
    auto* third = new QHBoxLayout; // a dock beside a picture is narrow
    const auto add = [](QHBoxLayout* row, const QString& text, QWidget* field, int stretch) {
        auto* label = new QLabel(text);
        label->setBuddy(field);
        row->addWidget(label);
        row->addWidget(field, stretch);
    };
    m_run->setAccessibleName(tr("Run"));
    m_run->setToolTip(tr("The run whose models are tested on the clips that they were not trained on."));
    m_chain->setAccessibleName(tr("Augmentations"));
    m_chain->setToolTip(tr("Each augmentation of this chain acts alone, on every clip. Mixings are left out: they change the label as well."));
    m_chain->addItem(tr("of the run's recipe"));
    m_chain->addItem(tr("of the chain on this page"));
    for (const NamedChain& preset : shippedChains())
        m_chain->addItem(tr("of the preset \"%1\"").arg(QString::fromStdString(preset.title)));
    m_chain->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_chain->setMinimumContentsLength(16);
    m_draws->setRange(1, 100);
    m_draws->setAccessibleName(tr("Draws"));
    m_draws->setToolTip(tr("How often each augmentation is drawn for each clip: more draws, steadier shares, longer waiting."));
    m_export->setToolTip(tr("Saves the table as comma-separated values with full precision and intervals."));
    m_export->setEnabled(false);
    add(first, tr("&Run"), m_run, 1);
    add(second, tr("&Augmentations"), m_chain, 1);
    add(third, tr("&Draws"), m_draws, 0);
    third->addStretch();
    third->addWidget(m_export);
    third->addWidget(m_test);
    for (QHBoxLayout* row : {first, second, third})
        rows->addLayout(row);
    return controls;
}

void LabelSafetyPanel::buildTable()
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(LabelSafetyModel::ShareRole);
    m_table->setModel(m_sorted);
    m_table->setAccessibleName(tr("Changed predictions"));
    m_table->setSortingEnabled(true);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignCenter | static_cast<Qt::Alignment>(Qt::TextWordWrap));
    m_table->horizontalHeader()->setMinimumHeight(fontMetrics().height() * 3);
    m_table->sortByColumn(LabelSafetyModel::Class, Qt::AscendingOrder);
}

void LabelSafetyPanel::fitTable()
{
    const int letter = fontMetrics().averageCharWidth();
    m_table->resizeColumnToContents(LabelSafetyModel::Class);
    m_table->resizeColumnToContents(LabelSafetyModel::Clips);
    for (int column = LabelSafetyModel::FirstAugmentation; column < m_model->columnCount(); ++column)
        m_table->setColumnWidth(column, letter * 16);
}

void LabelSafetyPanel::setRuns(const RunList& runs)
{
    m_run->setRuns(runs);
    m_pages->setCurrentIndex(m_run->count() > 0 ? 1 : 0);
}

void LabelSafetyPanel::setCurrentChain(const NamedChain& chain)
{
    m_current = chain;
}

LabelSafetyPanel::Wish LabelSafetyPanel::wish() const
{
    Wish wish{.run = m_run->run(), .draws = m_draws->value()};
    const int choice = m_chain->currentIndex();
    if (choice == OfRecipe) {
        wish.chainTitle = tr("the recipe's chain");
        return wish;
    }
    const NamedChain& chain = choice == OfPage ? m_current : shippedChains()[static_cast<size_t>(choice - FirstPreset)];
    wish.chain = chain.chain;
    wish.chainTitle = tr("the chain \"%1\"").arg(QString::fromStdString(chain.title));
    return wish;
}

void LabelSafetyPanel::begin(const QString& what)
{
    m_test->setEnabled(false);
    m_message->hide();
    m_job->start(what);
}

void LabelSafetyPanel::setProgress(int done, int total)
{
    m_job->setProgress(done, total);
}

void LabelSafetyPanel::showSafety(const QString& run, const QString& chain, const LabelSafety& safety)
{
    m_model->setSafety(safety);
    fitTable();
    m_subject->setText(tr("%1 under each augmentation of %2: share of predictions that change; draws a clip: %3; accuracy as they are: %4.")
                           .arg(run, chain).arg(safety.draws).arg(percentText(safety.accuracy)));
    m_export->setEnabled(true);
    m_results->setCurrentIndex(1);
}

void LabelSafetyPanel::finish()
{
    m_job->finish();
    m_test->setEnabled(true);
}

void LabelSafetyPanel::showMessage(const QString& sentence)
{
    m_message->setText(sentence);
    m_message->show();
}

void LabelSafetyPanel::askAndExport()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the table"), QStringLiteral("label-safety.csv"),
                                                      tr("Comma-separated values (*.csv)"));
    if (!path.isEmpty())
        Q_EMIT exportRequested(path, m_model->safety());
}

} // namespace melscope
