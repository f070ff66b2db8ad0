// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/DatasetPage.h"

#include "common/EmptyState.h"
#include "common/JobBar.h"
#include "common/ProblemBar.h"
#include "common/ThemedIcon.h"
#include "dataset/ClassBalance.h"
#include "dataset/ClipBrowser.h"
#include "dataset/DatasetScanner.h"
#include "dataset/DatasetSummary.h"
#include "dataset/DatasetDrop.h"
#include "dataset/ProblemsPanel.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace melscope {

DatasetPage::DatasetPage(QWidget* parent)
    : QWidget(parent), m_scanner(new DatasetScanner(this)), m_header(new QWidget(this)), m_name(new QLabel(this)),
      m_summary(new QLabel(this)), m_recentMenu(new QMenu(this)), m_message(new ProblemBar(this)), m_openBar(new JobBar(this)),
      m_scanBar(new JobBar(this)), m_stack(new QStackedWidget(this)), m_browser(new ClipBrowser(this)), m_tabs(new QTabWidget(this)),
      m_balance(new ClassBalance), m_problems(new ProblemsPanel)
{
    setAcceptDrops(true);
    auto* column = new QVBoxLayout(this);
    addHeader();
    column->addWidget(m_openBar);
    column->addWidget(m_message);
    column->addWidget(m_stack, 1);
    column->addWidget(m_scanBar);
    addContent();
    connectScanner();
    connect(m_openBar, &JobBar::cancelRequested, this, &DatasetPage::cancelRequested);
    setDataset(nullptr);
}

QToolButton* DatasetPage::addAction(QLayout* row, const QString& text, const QString& icon, const QString& help)
{
    auto* button = new QToolButton(m_header);
    button->setText(text);
    button->setIcon(themedIcon(icon));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setToolTip(help);
    button->setAutoRaise(true);
    row->addWidget(button);
    return button;
}

void DatasetPage::addHeader()
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.35);
    large.setBold(true);
    m_name->setFont(large);
    m_name->setTextFormat(Qt::PlainText);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    auto* words = new QVBoxLayout;
    words->setSpacing(fontMetrics().height() / 6);
    words->addWidget(m_name);
    words->addWidget(m_summary);
    words->setContentsMargins(0, 0, 0, 0);
    m_header->setLayout(words);
    auto* row = new QHBoxLayout;
    words->addLayout(row);
    connect(addAction(row, tr("Folder…"), QStringLiteral("folder"), tr("Open a folder of sound files: ESC-50, UrbanSound8K or one folder a class")),
            &QToolButton::clicked, this, &DatasetPage::askForFolder);
    connect(addAction(row, tr("Table…"), QStringLiteral("table"), tr("Open a CSV file that lists sound files and their classes")),
            &QToolButton::clicked, this, &DatasetPage::askForTable);
    m_recent = addAction(row, tr("Recent"), QStringLiteral("clock"), tr("Datasets opened before"));
    m_recent->setMenu(m_recentMenu);
    m_recent->setPopupMode(QToolButton::InstantPopup);
    connect(addAction(row, tr("Demo"), QStringLiteral("demo"), tr("Open the built-in demo: ten kinds of synthesised sounds")),
            &QToolButton::clicked, this, &DatasetPage::demoRequested);
    row->addStretch(1);
    layout()->addWidget(m_header);
}

void DatasetPage::addContent()
{
    m_empty = new EmptyState(QStringLiteral("waveform"), tr("No clips yet"),
                             tr("Open a folder of recordings or a CSV table, or drop one here. Or start with the demo: "
                                "ten kinds of synthesised sounds, ready to look at and train on."));
    connect(m_empty->addButton(tr("Open a folder…"), QStringLiteral("folder")), &QPushButton::clicked, this, &DatasetPage::askForFolder);
    connect(m_empty->addButton(tr("Open a table…"), QStringLiteral("table")), &QPushButton::clicked, this, &DatasetPage::askForTable);
    connect(m_empty->addButton(tr("Open the demo"), QStringLiteral("demo")), &QPushButton::clicked, this, &DatasetPage::demoRequested);

    auto* scroll = new QScrollArea;
    auto* padded = new QWidget;
    auto* room = new QVBoxLayout(padded);
    room->addWidget(m_balance);
    room->addStretch();
    scroll->setWidget(padded);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    m_tabs->addTab(scroll, themedIcon(QStringLiteral("bars")), tr("Balance"));
    m_tabs->addTab(m_problems, themedIcon(QStringLiteral("warning")), tr("Problems"));
    m_tabs->setDocumentMode(true);
    m_tabs->setUsesScrollButtons(false);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_browser);
    splitter->addWidget(m_tabs);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(splitter);

    connect(m_browser, &ClipBrowser::clipActivated, this, &DatasetPage::clipActivated);
    connect(m_browser, &ClipBrowser::currentClipChanged, this, &DatasetPage::currentClipChanged);
    connect(m_browser, &ClipBrowser::filterChanged, m_balance, &ClassBalance::setFilter);
    connect(m_balance, &ClassBalance::cellClicked, this, [this](std::optional<int> label, std::optional<int> fold) {
        ClipFilter filter = m_browser->model()->filter();
        filter.label = label;
        filter.fold = fold;
        m_browser->setFilter(filter);
    });
    connect(m_problems, &ProblemsPanel::clipSelected, m_browser, &ClipBrowser::setCurrentClip);
    connect(m_problems, &ProblemsPanel::countChanged, this, [this](int count) {
        m_tabs->setTabText(1, count == 0 ? tr("Problems") : tr("Problems (%L1)").arg(count));
    });
}

void DatasetPage::connectScanner()
{
    connect(m_scanner, &DatasetScanner::started, this, [this](bool measuring) {
        m_scanBar->start(measuring ? tr("Measuring levels") : tr("Reading files"));
    });
    connect(m_scanner, &DatasetScanner::progressed, m_scanBar, &JobBar::setProgress);
    connect(m_scanner, &DatasetScanner::figuresArrived, this, [this](const std::shared_ptr<const DatasetScanner::Figures>& figures) {
        m_browser->model()->addFigures(*figures);
    });
    connect(m_scanner, &DatasetScanner::leaksChecked, this, [this](const std::shared_ptr<const std::vector<Problem>>& leaks) {
        m_problems->setLeaks(*leaks);
        markProblems();
    });
    connect(m_scanner, &DatasetScanner::problemsFound, this, [this](const std::shared_ptr<const std::vector<Problem>>& problems) {
        m_problems->setFileProblems(*problems);
        markProblems();
        showHeader();
    });
    connect(m_scanner, &DatasetScanner::finished, this, [this] {
        m_scanBar->finish();
        m_browser->model()->arrangeAgain();
        showHeader();
    });
    connect(m_scanBar, &JobBar::cancelRequested, m_scanner, &DatasetScanner::cancel);
}

void DatasetPage::setDataset(std::shared_ptr<const Dataset> dataset)
{
    m_dataset = std::move(dataset);
    m_message->clear();
    m_scanBar->finish();
    m_browser->setDataset(m_dataset);
    m_balance->setDataset(m_dataset);
    m_problems->setDataset(m_dataset);
    m_stack->setCurrentIndex(m_dataset ? 1 : 0);
    m_header->setVisible(m_dataset != nullptr);
    showHeader();
    if (m_dataset) {
        markProblems();
        m_scanner->start(m_dataset);
    }
}

void DatasetPage::showHeader()
{
    if (!m_dataset)
        return;
    double seconds = 0.0;
    bool complete = true;
    for (size_t clip = 0; clip < m_dataset->clips.size(); ++clip) {
        const ClipFigures& figures = m_browser->model()->figures(static_cast<int>(clip));
        seconds += static_cast<double>(figures.seconds);
        complete &= figures.known;
    }
    m_name->setText(QString::fromStdString(m_dataset->name));
    m_summary->setText(datasetSummary(*m_dataset, complete ? std::optional(seconds) : std::nullopt));
    m_summary->setToolTip(QString::fromStdString(m_dataset->root.string()));
}

void DatasetPage::markProblems()
{
    m_browser->model()->setProblemClips(m_problems->problemClips());
}

void DatasetPage::setRecent(const QStringList& paths)
{
    m_recentMenu->clear();
    for (const QString& path : paths)
        connect(m_recentMenu->addAction(path), &QAction::triggered, this, [this, path] { Q_EMIT openRequested(path); });
    m_recent->setEnabled(!paths.isEmpty());
}

void DatasetPage::showBusy(const QString& what, int done, int total)
{
    if (!m_openBar->isRunning() || m_openBar->what() != what)
        m_openBar->start(what);
    m_openBar->setProgress(done, total);
}

void DatasetPage::showIdle()
{
    m_openBar->finish();
}

void DatasetPage::showError(const QString& sentence)
{
    m_message->showMessage(ProblemBar::Severity::Error, sentence);
}

QWidget* DatasetPage::overview() const
{
    return m_tabs;
}

int DatasetPage::currentClip() const
{
    return m_browser->currentClip();
}

void DatasetPage::setCurrentClip(int clip)
{
    m_browser->setCurrentClip(clip);
}

void DatasetPage::askForFolder()
{
    auto* dialog = new QFileDialog(this, tr("Open a folder of recordings"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &DatasetPage::openRequested);
    dialog->open();
}

void DatasetPage::askForTable()
{
    auto* dialog = new QFileDialog(this, tr("Open a table of recordings"), QString(), tr("Tables (*.csv *.CSV *.tsv);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &DatasetPage::openRequested);
    dialog->open();
}

void DatasetPage::dragEnterEvent(QDragEnterEvent* event)
{
    if (!datasetPathOf(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void DatasetPage::dropEvent(QDropEvent* event)
{
    const QString path = datasetPathOf(*event->mimeData());
    if (path.isEmpty())
        return;
    event->acceptProposedAction();
    Q_EMIT openRequested(path);
}

} // namespace melscope
