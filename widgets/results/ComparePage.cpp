// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/ComparePage.h"

#include "common/Figures.h"
#include "common/ThemedAction.h"
#include "common/ThemedIcon.h"
#include "results/PlainTable.h"
#include "results/TextTableModel.h"
#include "runs/RunBox.h"

#include <QAction>
#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace melscope {
namespace {

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

QString className(const std::vector<std::string>& classes, int label)
{
    const auto index = static_cast<size_t>(label);
    return index < classes.size() ? text(classes[index]) : QString::number(label);
}

QString sureness(const ClipPrediction& clip)
{
    const auto index = static_cast<size_t>(clip.predicted);
    return index < clip.probabilities.size() ? percentText(static_cast<double>(clip.probabilities[index])) : QString();
}

bool shareAFold(const RunRecord& a, const RunRecord& b)
{
    return a.datasetFingerprint == b.datasetFingerprint && std::any_of(a.results.begin(), a.results.end(), [&](const FoldRecord& fold) {
        return std::any_of(b.results.begin(), b.results.end(), [&](const FoldRecord& other) { return other.fold == fold.fold; });
    });
}

} // namespace

ComparePage::ComparePage(QWidget* parent)
    : QWidget(parent), m_first(new RunBox(RunBox::WhenGone::None, this)), m_second(new RunBox(RunBox::WhenGone::None, this)), m_tta(new QCheckBox(tr("With TTA"), this)),
      m_message(new QLabel(this)), m_verdict(new QLabel(this)), m_stack(new QStackedWidget(this)), m_deciding(new TextTableModel(this)),
      m_classes(new TextTableModel(this)), m_recipes(new TextTableModel(this))
{
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins({});
    column->addWidget(buildCounts());
    column->addWidget(buildTables(), 1);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    m_stack->addWidget(m_message);
    m_stack->addWidget(content);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(buildTop());
    layout->addWidget(m_stack, 1);
    for (RunBox* box : {m_first, m_second})
        connect(box, &RunBox::activated, this, &ComparePage::request);
    connect(m_tta, &QCheckBox::toggled, this, &ComparePage::request);
}

QWidget* ComparePage::buildTop()
{
    auto* top = new QWidget(this);
    auto* row = new QHBoxLayout(top);
    row->setContentsMargins({});
    QAction* back = themedAction(*this, QStringLiteral("previous"), tr("Back"), tr("Back to the table"), Qt::Key_Escape);
    connect(back, &QAction::triggered, this, &ComparePage::closeRequested);
    auto* button = new QToolButton(top);
    button->setDefaultAction(back);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    row->addWidget(button);
    m_first->setAccessibleName(tr("First run"));
    m_second->setAccessibleName(tr("Second run"));
    m_tta->setToolTip(tr("Compares the predictions averaged over several augmented views of each clip."));
    row->addWidget(m_first, 1);
    row->addWidget(new QLabel(tr("against"), top));
    row->addWidget(m_second, 1);
    row->addWidget(m_tta);
    return top;
}

QWidget* ComparePage::buildCounts()
{
    auto* counts = new QWidget(this);
    auto* row = new QHBoxLayout(counts);
    row->setContentsMargins({});
    auto* grid = new QGridLayout;
    const int letter = fontMetrics().averageCharWidth();
    grid->setHorizontalSpacing(letter * 3);
    const auto head = [&](const QString& name, int line, int place) {
        auto* label = new QLabel(name, counts);
        label->setForegroundRole(QPalette::PlaceholderText);
        grid->addWidget(label, line, place, place == 0 ? Qt::AlignLeft : Qt::AlignRight);
    };
    head(tr("second right"), 0, 1);
    head(tr("second wrong"), 0, 2);
    head(tr("first right"), 1, 0);
    head(tr("first wrong"), 2, 0);
    const QString names[] = {tr("Both right"), tr("Only the first right"), tr("Only the second right"), tr("Neither right")};
    for (size_t i = 0; i < m_counts.size(); ++i) {
        m_counts[i] = new QLabel(counts);
        m_counts[i]->setAccessibleName(names[i]);
        m_counts[i]->setToolTip(names[i]);
        QFont large = font();
        large.setPointSizeF(large.pointSizeF() * 1.4);
        large.setBold(i == 1 || i == 2); // those decide
        m_counts[i]->setFont(large);
        grid->addWidget(m_counts[i], static_cast<int>(i) / 2 + 1, static_cast<int>(i) % 2 + 1, Qt::AlignRight | Qt::AlignVCenter);
    }
    m_verdict->setWordWrap(true);
    m_verdict->setTextFormat(Qt::RichText);
    m_verdict->setAccessibleName(tr("What the comparison says"));
    row->addLayout(grid);
    row->addSpacing(letter * 4);
    row->addWidget(m_verdict, 1);
    return counts;
}

QWidget* ComparePage::buildTables()
{
    auto* sides = new QSplitter(Qt::Horizontal, this);
    auto* left = new QWidget(sides);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins({});
    auto* head = new QHBoxLayout;
    head->addWidget(new QLabel(tr("The clips that decide: only one run is right"), left), 1);
    m_listen = new QPushButton(themedIcon(QStringLiteral("play")), tr("&Listen"), left);
    m_listen->setToolTip(tr("Opens these clips as a queue, each with the mistake that was made on it."));
    head->addWidget(m_listen);
    column->addLayout(head);
    m_decidingTable = plainTable(*m_deciding, tr("Clips that decide"), left);
    m_decidingTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_decidingTable->setToolTip(tr("Return or double-click: listen through the list from this clip on."));
    column->addWidget(m_decidingTable, 1);
    auto* hear = new QAction(m_decidingTable);
    hear->setShortcuts({QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter), QKeySequence(Qt::Key_Space)});
    hear->setShortcutContext(Qt::WidgetShortcut);
    m_decidingTable->addAction(hear);
    connect(hear, &QAction::triggered, this, &ComparePage::listen);
    connect(m_decidingTable, &QTableView::doubleClicked, this, &ComparePage::listen);
    connect(m_listen, &QPushButton::clicked, this, &ComparePage::listen);
    auto* tabs = new QTabWidget(sides);
    tabs->setDocumentMode(true);
    QTableView* classes = plainTable(*m_classes, tr("Differences by class"), tabs);
    classes->horizontalHeader()->setStretchLastSection(false); // numbers stay beside what they belong to
    tabs->addTab(classes, tr("Classes"));
    QTableView* recipes = plainTable(*m_recipes, tr("Differences of the recipes"), tabs);
    // Both sides in sight, however long one of them is.
    connect(m_recipes, &QAbstractItemModel::modelReset, recipes, [recipes] { recipes->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch); });
    tabs->addTab(recipes, tr("Recipes"));
    sides->addWidget(left);
    sides->addWidget(tabs);
    sides->setStretchFactor(0, 1);
    sides->setStretchFactor(1, 1);
    sides->setSizes({fontMetrics().averageCharWidth() * 90, fontMetrics().averageCharWidth() * 90});
    sides->setChildrenCollapsible(false);
    return sides;
}

void ComparePage::setRuns(const RunList& runs)
{
    m_runs = runs;
    m_first->setRuns(runs);
    m_second->setRuns(runs);
}

std::string ComparePage::first() const
{
    return m_first->run();
}

std::string ComparePage::second() const
{
    return m_second->run();
}

void ComparePage::begin(const std::string& run)
{
    const RunRecord* own = m_runs.find(run);
    const auto other = std::find_if(m_runs.begin(), m_runs.end(), [&](const RunRecord& each) { return own && each.id != run && shareAFold(*own, each); });
    choose(run, other == m_runs.end() ? std::string() : other->id);
}

void ComparePage::choose(const std::string& first, const std::string& second)
{
    m_first->choose(first);
    m_second->choose(second);
    request();
}

void ComparePage::request()
{
    m_compared.reset();
    if (first().empty() || second().empty())
        return showMessage(m_first->count() < 2 ? tr("Two runs with results are needed: train another one.")
                                             : tr("Choose a second run that held out the same fold of the same dataset."));
    if (first() == second())
        return showMessage(tr("That is one and the same run: choose another one."));
    showMessage(tr("Comparing…"));
    Q_EMIT comparisonRequested(first(), second(), m_tta->isChecked());
}

void ComparePage::showMessage(const QString& sentence)
{
    m_message->setText(sentence);
    m_stack->setCurrentIndex(0);
}

bool ComparePage::isChosen(const std::string& first, const std::string& second) const
{
    return first == this->first() && second == this->second();
}

void ComparePage::showFailure(const std::string& first, const std::string& second, const QString& sentence)
{
    if (isChosen(first, second))
        showMessage(sentence);
}

void ComparePage::show(const ComparedRuns& compared)
{
    if (!isChosen(compared.first.id, compared.second.id) || compared.tta != m_tta->isChecked())
        return;
    m_compared = compared;
    showCounts();
    showDeciding();
    showClasses();
    showRecipes();
    m_stack->setCurrentIndex(1);
}

void ComparePage::showCounts()
{
    const RunComparison& comparison = m_compared->comparison;
    const int counts[] = {comparison.counts.both, comparison.counts.onlyFirst, comparison.counts.onlySecond, comparison.counts.neither};
    for (size_t i = 0; i < m_counts.size(); ++i)
        m_counts[i]->setText(QString::number(counts[i]));
    const double difference = comparison.firstAccuracy - comparison.secondAccuracy;
    const QString heading = comparison.p < 0.05 ? tr("<b>%1</b>") : tr("<b>No clear difference.</b> %1");
    const QString what = std::abs(difference) < 1e-12 ? tr("Both are equally good")
                         : difference > 0.0           ? tr("The first is better by %1 points").arg(QLocale().toString(100.0 * difference, 'f', 1))
                                                      : tr("The second is better by %1 points").arg(QLocale().toString(-100.0 * difference, 'f', 1));
    const QString p = comparison.p < 0.001 ? tr("p &lt; 0.001") : tr("p = %1").arg(QLocale().toString(comparison.p, 'f', 3));
    const QString meaning = comparison.p < 0.05 ? tr("Chance alone would seldom divide them so unevenly.") : tr("Chance alone may well have done this.");
    const QString clusters = comparison.bySource ? tr("bootstrap by source recording") : tr("bootstrap by clip: the source recordings are not known");
    m_verdict->setText(tr("%1: %2 against %3 on the %4 clips that both held out. First less second, 95 %: %5 points (%6). "
                          "McNemar's exact test: %7. %8")
                           .arg(heading.arg(what), percentText(comparison.firstAccuracy), percentText(comparison.secondAccuracy))
                           .arg(comparison.counts.count()).arg(intervalText(comparison.interval), clusters, p, meaning));
}

void ComparePage::showDeciding()
{
    const std::vector<std::string>& classes = m_compared->first.classes;
    std::vector<QStringList> rows;
    for (const DecidingClip& clip : m_compared->comparison.deciding)
        rows.push_back({text(clip.first.name), className(classes, clip.first.label), clip.firstIsRight ? tr("first") : tr("second"), sureness(clip.first),
                        sureness(clip.second), className(classes, (clip.firstIsRight ? clip.second : clip.first).predicted)});
    m_listen->setEnabled(!rows.empty());
    m_deciding->show({tr("Clip"), tr("Is"), tr("Right"), tr("First sure by"), tr("Second sure by"), tr("The other said")}, std::move(rows), {3, 4});
}

void ComparePage::showClasses()
{
    std::vector<QStringList> rows;
    for (const ClassDifference& one : m_compared->comparison.classes) {
        if (one.clips == 0)
            continue;
        const QString difference = (one.firstRight < one.secondRight ? QStringLiteral("−") : one.firstRight > one.secondRight ? QStringLiteral("+") : QString())
                                   + QLocale().toString(std::abs(100.0 * one.difference()), 'f', 1);
        rows.push_back({className(m_compared->first.classes, one.label), QString::number(one.clips), QString::number(one.firstRight), QString::number(one.secondRight),
                        QString::number(one.onlyFirst), QString::number(one.onlySecond), difference});
    }
    m_classes->show({tr("Class"), tr("Clips"), tr("First"), tr("Second"), tr("Only first"), tr("Only second"), tr("Points")}, std::move(rows),
                    {1, 2, 3, 4, 5, 6});
}

void ComparePage::showRecipes()
{
    std::vector<QStringList> rows;
    for (const SettingDifference& one : m_compared->recipes)
        rows.push_back({text(one.key), text(one.first), text(one.second)});
    if (m_compared->first.seed != m_compared->second.seed)
        rows.push_back({tr("seed"), QString::number(m_compared->first.seed), QString::number(m_compared->second.seed)});
    if (rows.empty())
        rows.push_back({tr("Nothing: both were trained alike"), QString(), QString()});
    m_recipes->show({tr("Setting"), tr("First"), tr("Second")}, std::move(rows));
}

void ComparePage::listen()
{
    if (!m_compared || m_compared->comparison.deciding.empty())
        return;
    TriageQueue queue{.run = m_compared->first.id, .title = tr("Clips that decide between %1 and %2").arg(text(m_compared->first.name), text(m_compared->second.name)),
                      .classes = m_compared->first.classes, .predictions = m_compared->firstPredictions,
                      .start = std::max(0, m_decidingTable->currentIndex().row())};
    for (const DecidingClip& clip : m_compared->comparison.deciding)
        queue.clips.push_back({.prediction = clip.firstIsRight ? clip.second : clip.first,
                               .note = "right: " + (clip.firstIsRight ? m_compared->first.name : m_compared->second.name)});
    Q_EMIT triageRequested(queue);
}

} // namespace melscope
