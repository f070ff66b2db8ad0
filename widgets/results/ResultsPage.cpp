// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/ResultsPage.h"

#include "base/Error.h"
#include "base/Files.h"
#include "common/Deliver.h"
#include "common/ThemedIcon.h"
#include "results/AccuracyTableModel.h"
#include "results/AccuracyTableView.h"
#include "results/ComparePage.h"
#include "results/PredictionsPanel.h"
#include "results/TriagePage.h"
#include "runs/AccuracyLatex.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>

namespace melscope {
namespace {

std::string written(const std::vector<AccuracyRow>& rows, ResultsPage::Format format)
{
    switch (format) {
    case ResultsPage::Format::Csv: return toCsv(rows);
    case ResultsPage::Format::Latex: return toLatex(rows);
    case ResultsPage::Format::Markdown: break;
    }
    return toMarkdown(rows);
}

} // namespace

ResultsPage::ResultsPage(QWidget* parent)
    : QWidget(parent), m_model(new AccuracyTableModel(this)), m_heading(new QLabel(this)), m_message(new QLabel(this)), m_baseline(new QPushButton(this)),
      m_table(new AccuracyTableView(*m_model, this)), m_predictions(new PredictionsPanel(this)), m_triage(new TriagePage(this)),
      m_compare(new ComparePage(this)), m_stack(new QStackedWidget(this)), m_overview(new QWidget(this))
{
    auto* parts = new QSplitter(Qt::Vertical, m_overview);
    parts->addWidget(m_table);
    parts->addWidget(m_predictions);
    parts->setStretchFactor(1, 1);
    parts->setChildrenCollapsible(false);
    auto* overview = new QVBoxLayout(m_overview);
    overview->setContentsMargins({});
    overview->addWidget(buildTop());
    overview->addWidget(parts, 1);
    for (QWidget* view : std::initializer_list<QWidget*>{m_overview, m_triage, m_compare})
        m_stack->addWidget(view);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_message);
    layout->addWidget(m_stack, 1);
    m_message->setWordWrap(true);
    m_message->hide();
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ResultsPage::showRow);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ResultsPage::showRow); // sorted: no row is chosen, and nothing says so
    connect(m_table, &AccuracyTableView::baselineRequested, this,
            [this](int row) { Q_EMIT baselineChosen(baselineKey(m_model->rows()[static_cast<size_t>(row)])); });
    connect(m_predictions, &PredictionsPanel::predictionsRequested, this, &ResultsPage::predictionsRequested);
    connect(m_predictions, &PredictionsPanel::triageRequested, this, &ResultsPage::listen);
    connect(m_compare, &ComparePage::triageRequested, this, &ResultsPage::listen);
    connect(m_predictions, &PredictionsPanel::compareRequested, this, [this](const std::string& run) {
        m_stack->setCurrentWidget(m_compare);
        m_compare->begin(run);
    });
    connect(m_compare, &ComparePage::closeRequested, this, [this] { m_stack->setCurrentWidget(m_overview); });
    connect(m_triage, &TriagePage::closeRequested, this, [this] { m_stack->setCurrentWidget(m_beforeTriage); });
    connect(this, &ResultsPage::exported, this, [this](const QString& path, const QString& failure) {
        m_message->setText(failure.isEmpty() ? tr("Written: %1").arg(path) : failure);
        m_message->show();
    });
    setRows({});
}

ResultsPage::~ResultsPage() = default;

QWidget* ResultsPage::buildTop()
{
    auto* top = new QWidget(this);
    auto* layout = new QHBoxLayout(top);
    layout->setContentsMargins({});
    m_heading->setWordWrap(true);
    m_heading->setAccessibleName(tr("What the table stands on"));
    layout->addWidget(m_heading, 1);
    m_baseline->setText(tr("Set as &baseline"));
    m_baseline->setToolTip(tr("Compares the other rows with the chosen one, clip by clip: their difference and McNemar's p stand in the column \"Against baseline\"."));
    connect(m_baseline, &QPushButton::clicked, m_table, &AccuracyTableView::requestBaseline);
    auto* columns = new QPushButton(themedIcon(QStringLiteral("table")), tr("C&olumns"), top);
    columns->setToolTip(tr("Chooses the columns: figures by fold, seeds, the bootstrap by source recording and the peeked figure are hidden at first."));
    columns->setMenu(new QMenu(columns));
    connect(columns->menu(), &QMenu::aboutToShow, m_table, [this, menu = columns->menu()] {
        menu->clear();
        m_table->addColumns(*menu);
    });
    auto* save = new QPushButton(themedIcon(QStringLiteral("export")), tr("&Save table"), top);
    save->setToolTip(tr("Saves the table for a report, a program, a paper or the web."));
    save->setMenu(buildSaveMenu(save));
    for (QPushButton* button : {m_baseline, columns, save})
        layout->addWidget(button);
    return top;
}

QMenu* ResultsPage::buildSaveMenu(QWidget* parent)
{
    auto* menu = new QMenu(parent);
    menu->setToolTipsVisible(true);
    const auto add = [&](const QString& text, const QString& help, auto call) {
        connect(menu->addAction(text), &QAction::triggered, this, call);
        menu->actions().back()->setToolTip(help);
    };
    add(tr("&Markdown…"), tr("For a report or a README."), [this] { askAndExport(Format::Markdown); });
    add(tr("&CSV…"), tr("Comma-separated values with full precision."), [this] { askAndExport(Format::Csv); });
    add(tr("&LaTeX…"), tr("The columns a paper wants (booktabs)."), [this] { askAndExport(Format::Latex); });
    add(tr("&HTML report…"), tr("A page that needs nothing else: table, chart, and each row's confusion matrix, calibration and mistakes."),
        [this] { askForReport(); });
    return menu;
}

void ResultsPage::setRows(const std::vector<AccuracyRow>& rows)
{
    const int before = m_table->currentIndex().row();
    m_model->setRows(rows);
    m_heading->setText(QString::fromStdString(accuracyHeading(rows)));
    m_predictions->showRows(rows);
    if (before >= 0 && before < m_model->rowCount())
        m_table->selectRow(before);
    showRow();
}

void ResultsPage::listen(const TriageQueue& queue)
{
    m_beforeTriage = m_stack->currentWidget();
    m_stack->setCurrentWidget(m_triage);
    m_triage->open(queue);
}

void ResultsPage::setRuns(const RunList& runs)
{
    m_runs = runs;
    m_predictions->setRuns(runs);
    m_compare->setRuns(runs);
    showRow();
}

void ResultsPage::setPredictions(const std::string& run, const Predictions& predictions, const std::vector<std::string>& classes)
{
    m_predictions->setPredictions(run, predictions, classes);
}

void ResultsPage::showRow()
{
    const int row = m_table->currentIndex().row();
    m_baseline->setEnabled(m_table->canBeBaseline());
    if (row < 0 || row >= m_model->rowCount())
        return m_predictions->showFoldsOf(m_runs);
    const std::vector<std::string>& ids = m_model->rows()[static_cast<size_t>(row)].runs;
    std::vector<RunRecord> runs;
    for (const RunRecord& run : m_runs)
        if (std::find(ids.begin(), ids.end(), run.id) != ids.end())
            runs.push_back(run);
    std::ranges::stable_sort(runs, {}, [](const RunRecord& run) { return std::pair(run.seed, run.results.empty() ? 0 : run.results.front().fold); });
    m_predictions->showFoldsOf(runs);
    // A run of this row that is shown already stays: choosing a row never takes away what somebody is looking at for nothing.
    if (!ids.empty() && std::find(ids.begin(), ids.end(), m_predictions->run()) == ids.end())
        m_predictions->chooseRun(ids.front());
}

void ResultsPage::remember(QSettings& settings) const
{
    m_table->remember(settings);
}

void ResultsPage::recall(const QSettings& settings)
{
    m_table->recall(settings);
}

QString ResultsPage::exportText(Format format) const
{
    return QString::fromStdString(written(m_model->rows(), format));
}

void ResultsPage::exportTo(const QString& path, Format format)
{
    m_writer.add([this, path, rows = m_model->rows(), format, deliver = Deliver(this)](std::stop_token) {
        QString failure;
        try {
            writeFileAtomically(path.toStdString(), written(rows, format));
        } catch (const Error& error) {
            failure = QString::fromStdString(error.what());
        }
        deliver([this, path, failure] { Q_EMIT exported(path, failure); });
    });
}

void ResultsPage::askForReport()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the report"), QStringLiteral("report.html"), tr("HTML (*.html)"));
    if (!path.isEmpty())
        Q_EMIT reportRequested(path);
}

void ResultsPage::askAndExport(Format format)
{
    const auto [name, filter] = [format]() -> std::pair<QString, QString> {
        switch (format) {
        case Format::Csv: return {QStringLiteral("accuracy.csv"), tr("Comma-separated values (*.csv)")};
        case Format::Latex: return {QStringLiteral("accuracy.tex"), tr("LaTeX (*.tex)")};
        case Format::Markdown: break;
        }
        return {QStringLiteral("accuracy.md"), tr("Markdown (*.md)")};
    }();
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the accuracy table"), name, filter);
    if (!path.isEmpty())
        exportTo(path, format);
}

} // namespace melscope
