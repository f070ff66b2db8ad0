// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/DifficultyPanel.h"

#include "augment/DifficultyBars.h"
#include "augment/DifficultyModel.h"
#include "common/EmptyState.h"
#include "common/Figures.h"
#include "common/JobBar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace melscope {
namespace {

QSpinBox* spinBox(int low, int high, int value, const QString& name, const QString& tip)
{
    auto* box = new QSpinBox;
    box->setRange(low, high);
    box->setValue(value);
    box->setGroupSeparatorShown(true);
    box->setAccessibleName(name);
    box->setToolTip(tip);
    return box;
}

} // namespace

DifficultyPanel::DifficultyPanel(QWidget* parent)
    : QWidget(parent), m_pages(new QStackedWidget), m_empty(new EmptyState(QStringLiteral("folder"), tr("No dataset is open"),
          tr("Open a dataset: the meter draws two views of its clips under the chain and tries to pair them by plain figures."))),
      m_unmeasured(new EmptyState(QStringLiteral("bars"), tr("Not measured yet"),
          tr("Contrastive training asks a network which two views come from one clip. Where band energies or the temporal envelope "
             "alone can tell, it need not learn anything else. Measure before you train."))),
      m_heldOut(new QComboBox), m_clips(spinBox(2, 5'000, 200, tr("Clips"), tr("How many clips are looked at."))),
      m_pairs(spinBox(2, 4096, 128, tr("Pairs a batch"), tr("Pairs in a batch, as the training would have: the more, the harder."))),
      m_seed(spinBox(0, 999'999, 0, tr("Seed"), tr("Which clips and which draws; the same seed gives the same figures."))),
      m_withoutEach(new QCheckBox(tr("&Without each"))), m_measure(new QPushButton(tr("&Measure"))), m_job(new JobBar), m_notice(new QLabel),
      m_verdict(new QLabel), m_subject(new QLabel), m_results(new QStackedWidget), m_bars(new DifficultyBars), m_model(new DifficultyModel(this)),
      m_table(new QTableView)
{
    auto* measured = new QWidget;
    auto* column = new QVBoxLayout(measured);
    column->addWidget(buildControls());
    column->addWidget(m_job);
    column->addWidget(m_notice);
    m_results->addWidget(m_unmeasured);
    m_results->addWidget(buildFigures());
    column->addWidget(m_results, 1);
    m_notice->setWordWrap(true);
    m_notice->hide();
    m_pages->addWidget(m_empty);
    m_pages->addWidget(measured);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_pages);
    connect(m_measure, &QPushButton::clicked, this, [this] { Q_EMIT measureRequested(wish()); });
    connect(m_job, &JobBar::cancelRequested, this, &DifficultyPanel::cancelRequested);
}

QWidget* DifficultyPanel::buildControls()
{
    auto* controls = new QWidget;
    auto* rows = new QVBoxLayout(controls);
    rows->setContentsMargins({});
    auto* first = new QHBoxLayout;
    auto* second = new QHBoxLayout;
    auto* third = new QHBoxLayout; // a dock beside a picture is narrow
    const auto add = [](QHBoxLayout* row, const QString& text, QWidget* field) {
        auto* label = new QLabel(text);
        label->setBuddy(field);
        row->addWidget(label);
        row->addWidget(field);
    };
    m_heldOut->setAccessibleName(tr("Fold left out"));
    m_heldOut->setToolTip(tr("Clips of this fold are not looked at, neither as views nor mixed in: they are for the test."));
    m_withoutEach->setChecked(true);
    m_withoutEach->setToolTip(tr("Measures also with each augmentation of the chain ticked off in turn."));
    m_measure->setDefault(true);
    m_measure->setToolTip(tr("Draws the views and measures; takes some seconds a chain."));
    add(first, tr("&Leave out"), m_heldOut);
    add(first, tr("&Clips"), m_clips);
    first->addStretch();
    add(second, tr("&Pairs a batch"), m_pairs);
    second->addStretch();
    second->addWidget(m_measure);
    add(third, tr("&Seed"), m_seed);
    third->addStretch();
    third->addWidget(m_withoutEach);
    for (QHBoxLayout* row : {first, second, third})
        rows->addLayout(row);
    return controls;
}

QWidget* DifficultyPanel::buildFigures()
{
    auto* figures = new QWidget;
    auto* column = new QVBoxLayout(figures);
    column->setContentsMargins({});
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.15);
    large.setWeight(QFont::DemiBold);
    m_verdict->setFont(large);
    m_verdict->setWordWrap(true);
    m_subject->setWordWrap(true);
    m_subject->setForegroundRole(QPalette::PlaceholderText);
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Without each augmentation"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 8 / 5);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(DifficultyModel::Without, QHeaderView::Stretch);
    column->addWidget(m_verdict);
    column->addWidget(m_bars);
    column->addWidget(m_subject);
    column->addWidget(m_table, 1);
    return figures;
}

void DifficultyPanel::setDataset(const std::shared_ptr<const Dataset>& dataset)
{
    m_heldOut->clear();
    if (dataset)
        for (const int fold : dataset->folds)
            m_heldOut->addItem(tr("fold %1").arg(fold), fold);
    m_heldOut->setCurrentIndex(m_heldOut->count() - 1);
    m_results->setCurrentWidget(m_unmeasured);
    m_notice->hide();
    m_model->clear();
    m_pages->setCurrentIndex(dataset ? 1 : 0);
}

DifficultyPanel::Wish DifficultyPanel::wish() const
{
    return {.heldOut = m_heldOut->currentData().toInt(),
            .settings = {.clips = m_clips->value(), .pairs = m_pairs->value(), .seed = static_cast<uint64_t>(m_seed->value())},
            .withoutEach = m_withoutEach->isChecked()};
}

void DifficultyPanel::begin()
{
    m_measure->setEnabled(false);
    m_notice->hide();
    m_job->start(tr("Measuring"));
}

void DifficultyPanel::setProgress(int done, int total)
{
    m_job->setProgress(done, total);
}

void DifficultyPanel::showDifficulty(const PretextDifficulty& difficulty, const Subject& subject)
{
    m_shown = subject;
    m_bars->setDifficulty(difficulty);
    m_verdict->setText(QString::fromStdString(verdictOn(difficulty)));
    QString text = tr("%1: %2, batches of %3 pairs; guessing finds %4 (the tick).")
                       .arg(subject.chain, subject.clips).arg(difficulty.pairs).arg(percentText(difficulty.chance));
    if (difficulty.leftOut > 0)
        text += QLatin1Char(' ') + tr("%n clip(s) could not be read: %1", nullptr, difficulty.leftOut).arg(QString::fromStdString(difficulty.problem));
    m_subject->setText(text);
    m_subject->setToolTip(subject.steps);
    m_model->begin(difficulty);
    m_table->hide();
    m_results->setCurrentIndex(1);
    setStale(false);
}

void DifficultyPanel::addWithout(const QString& title, const PretextDifficulty& difficulty)
{
    m_model->add(title, difficulty);
    // A header fits its columns to rows that change, not to rows that come.
    for (int column = DifficultyModel::Without + 1; column < m_model->columnCount(); ++column)
        m_table->resizeColumnToContents(column);
    m_table->show();
}

void DifficultyPanel::finish()
{
    m_job->finish();
    m_measure->setEnabled(true);
}

void DifficultyPanel::showFailure(const QString& sentence)
{
    m_notice->setText(sentence);
    m_notice->show();
}

void DifficultyPanel::setStale(bool stale)
{
    const bool shown = m_results->currentIndex() == 1;
    m_stale = stale && shown;
    m_bars->setStale(m_stale);
    m_verdict->setEnabled(!m_stale);
    m_table->setEnabled(!m_stale);
    m_notice->setVisible(m_stale);
    if (m_stale)
        m_notice->setText(tr("These figures are of \"%1\" as it was; chain or front end is another now: measure again.").arg(m_shown.chain));
}

QString DifficultyPanel::verdict() const
{
    return m_verdict->text();
}

} // namespace melscope
