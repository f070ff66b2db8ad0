// SPDX-License-Identifier: GPL-3.0-or-later
#include "MainWindow.h"

#include "AugmentPerspective.h"
#include "CardController.h"
#include "CompareController.h"
#include "DatasetController.h"
#include "ExplorePerspective.h"
#include "LabelSafetyController.h"
#include "MainMenus.h"
#include "ResultsPerspective.h"
#include "RunsController.h"
#include "TokensController.h"
#include "TokensPerspective.h"
#include "TriageController.h"
#include "augment/AugmentPage.h"
#include "augment/ChainEditor.h"
#include "augment/ComparisonPlayer.h"
#include "common/ProblemBar.h"
#include "common/ThemedIcon.h"
#include "dataset/ClipBrowser.h"
#include "dataset/ColumnMappingDialog.h"
#include "dataset/DatasetPage.h"
#include "results/ResultsPage.h"
#include "results/TriagePage.h"
#include "playback/Player.h"
#include "spectrogram/ClipPage.h"
#include "spectrogram/DisplayPanel.h"
#include "spectrogram/FrontEndPanel.h"
#include "tokens/ExcerptPlayer.h"
#include "tokens/TokenPage.h"
#include "training/Recipe.h"
#include "training/RunForm.h"
#include "training/TrainPage.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace melscope {
namespace {

constexpr int noticeMilliseconds = 8000;

QString droppedPath(const QMimeData* data)
{
    if (!data->hasUrls() || data->urls().size() != 1 || !data->urls().first().isLocalFile())
        return {};
    return data->urls().first().toLocalFile();
}

} // namespace

MainWindow::MainWindow(const std::filesystem::path& runsFolder, QWidget* parent)
    : QMainWindow(parent), m_datasets(new DatasetController(this)), m_runs(new RunsController(runsFolder, this)),
      m_pages(new QStackedWidget), m_explore(new ExplorePerspective), m_augment(new AugmentPerspective), m_train(new TrainPage), m_tokens(new TokensPerspective),
      m_judging(new ResultsPerspective(*m_runs)), m_results(&m_judging->page()),
      m_rail(new QActionGroup(this)), m_problem(new ProblemBar), m_cards(new CardController(*m_runs, *m_datasets, *m_problem, *this)), m_trainingState(new QLabel)
{
    setWindowTitle(tr("Melscope"));
    setAcceptDrops(true);
    for (QWidget* page : std::initializer_list<QWidget*>{m_explore, m_augment, m_train, m_tokens, m_judging})
        m_pages->addWidget(page);
    auto* centre = new QWidget;
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_problem);
    layout->addWidget(m_pages, 1);
    setCentralWidget(centre);
    statusBar()->addPermanentWidget(m_trainingState);

    buildRail();
    m_menus = new MainMenus(*this, m_rail->actions());
    wireTokens(); // before the datasets: its page knows a dataset before the clip that is shown first
    wireDatasets();
    wireAugment();
    wireTraining();
    wireResults();
    show(Perspective::Explore);
    restoreLayout();
}

MainWindow::~MainWindow() = default;

void MainWindow::show(Perspective perspective)
{
    m_pages->setCurrentIndex(static_cast<int>(perspective));
    m_rail->actions().at(static_cast<int>(perspective))->setChecked(true);
    m_menus->follow(perspective);
    if (perspective == Perspective::Train && m_problem->offersAction())
        m_problem->clear(); // the page itself offers to resume
}

void MainWindow::buildRail()
{
    auto* rail = new QToolBar(tr("Perspectives"));
    rail->setObjectName(QStringLiteral("rail"));
    rail->setMovable(false);
    rail->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    addToolBar(Qt::LeftToolBarArea, rail);
    struct Entry
    {
        QString text, icon, key, tip;
    };
    const Entry entries[] = {
        {tr("Explore"), QStringLiteral("explore"), QStringLiteral("Ctrl+1"), tr("Look at clips and listen to them")},
        {tr("Augment"), QStringLiteral("augment"), QStringLiteral("Ctrl+2"), tr("See and hear what training will get")},
        {tr("Train"), QStringLiteral("train"), QStringLiteral("Ctrl+3"), tr("Start experiments and watch them")},
        {tr("Tokens"), QStringLiteral("tokens"), QStringLiteral("Ctrl+4"), tr("See and hear what a codebook learned")},
        {tr("Results"), QStringLiteral("results"), QStringLiteral("Ctrl+5"), tr("The accuracy table, and the mistakes behind it")},
    };
    for (const Entry& entry : entries) {
        auto* action = new QAction(entry.text, m_rail);
        action->setIcon(themedIcon(entry.icon));
        action->setCheckable(true);
        action->setShortcut(QKeySequence(entry.key));
        action->setToolTip(QStringLiteral("%1 (%2)").arg(entry.tip, entry.key));
        const auto perspective = static_cast<Perspective>(m_rail->actions().size() - 1);
        connect(action, &QAction::triggered, this, [this, perspective] { show(perspective); });
        rail->addAction(action);
    }
}

void MainWindow::wireDatasets()
{
    DatasetPage& page = m_explore->datasetPage();
    connect(m_datasets, &DatasetController::busy, &page, &DatasetPage::showBusy);
    connect(m_datasets, &DatasetController::idle, &page, &DatasetPage::showIdle);
    connect(m_datasets, &DatasetController::failed, &page, &DatasetPage::showError);
    connect(m_datasets, &DatasetController::failed, this, [this] { show(Perspective::Explore); });
    connect(m_datasets, &DatasetController::opened, this, [this](const std::shared_ptr<const Dataset>& dataset) {
        setWindowTitle(tr("%1 – Melscope").arg(QString::fromStdString(dataset->name)));
        m_augment->setDataset(dataset); // before the first clip is chosen
        m_explore->setDataset(dataset);
        m_train->setDataset(dataset);
    });
    connect(m_datasets, &DatasetController::columnsWanted, this, [this](const QString& path, const CsvPreview& preview) {
        auto* dialog = new ColumnMappingDialog(path, preview, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::accepted, this, [this, dialog, path] {
            OpenOptions options;
            options.columns = dialog->mapping();
            m_datasets->open(path, options);
        });
        dialog->open();
    });
    connect(m_datasets, &DatasetController::recentChanged, &page, &DatasetPage::setRecent);
    page.setRecent(m_datasets->recent());
    connect(&page, &DatasetPage::openRequested, this, [this](const QString& path) { m_datasets->open(path); });
    connect(&page, &DatasetPage::demoRequested, m_datasets, &DatasetController::openDemo);
    connect(&page, &DatasetPage::cancelRequested, m_datasets, &DatasetController::cancel);
}

void MainWindow::wireAugment()
{
    new LabelSafetyController(m_augment->labelSafety(), *m_runs, this);
    AugmentPage& page = m_augment->page();
    DatasetPage& datasets = m_explore->datasetPage();
    ClipPage& clip = m_explore->clipPage();
    connect(&datasets, &DatasetPage::currentClipChanged, &page, &AugmentPage::setClip);
    connect(&page, &AugmentPage::clipStepRequested, datasets.browser(),
            [&datasets](int step) { step > 0 ? datasets.browser()->selectNext() : datasets.browser()->selectPrevious(); });
    // What a recipe's network gets is seen and heard under that recipe's front end.
    for (const Recipe& recipe : shippedRecipes())
        clip.frontEndPanel().addPreset(QString::fromStdString(recipe.name), recipe.frontEnd());
    m_augment->setFrontEnd(clip.frontEnd());
    connect(&clip, &ClipPage::frontEndChanged, m_augment, &AugmentPerspective::setFrontEnd);
    const DisplayPanel& display = clip.displayPanel();
    connect(&display, &DisplayPanel::colourMapChanged, &page, [&] { page.panes().setColourMap(display.colourMap()); });
    connect(&display, &DisplayPanel::frequencyScaleChanged, &page, [&] { page.panes().setFrequencyScale(display.frequencyScale()); });
    connect(&page.comparison().player(), &Player::playingChanged, &clip.player(), [&clip](bool playing) {
        if (playing)
            clip.player().pause(); // two sounds at once say nothing
    });
    connect(&m_augment->editor(), &ChainEditor::sendToRecipeRequested, this, [this](const NamedChain& chain) {
        m_train->form()->setAugmentation(chain);
        show(Perspective::Train);
        statusBar()->showMessage(tr("The recipe now augments with \"%1\".").arg(QString::fromStdString(chain.title)), noticeMilliseconds);
    });
    connect(m_train, &TrainPage::editAugmentationRequested, this, [this](const NamedChain& chain) {
        m_augment->editor().setChain(chain);
        show(Perspective::Augment);
    });
    connect(m_train->form(), &RunForm::recipeChanged, m_augment, &AugmentPerspective::setRecipe);
    connect(&page, &AugmentPage::exploreRequested, this, [this] { show(Perspective::Explore); });
    connect(&page, &AugmentPage::demoRequested, m_datasets, &DatasetController::openDemo);
}

void MainWindow::wireTraining()
{
    m_train->setRecipes(shippedRecipes());
    connect(m_train, &TrainPage::startRequested, this, [this](const Recipe& recipe, const std::vector<int>& folds, quint64 seed) {
        m_runs->start({.dataset = m_datasets->dataset(), .datasetOptions = m_datasets->options(), .recipe = recipe, .folds = folds, .seed = seed,
                       .datasetPath = m_datasets->path().toStdString()});
    });
    connect(m_train, &TrainPage::pauseRequested, m_runs, &RunsController::pause);
    connect(m_train, &TrainPage::continueRequested, m_runs, &RunsController::continueRun);
    connect(m_train, &TrainPage::stopRequested, m_runs, &RunsController::stop);
    connect(m_train, &TrainPage::resumeRequested, m_runs, &RunsController::resume);
    connect(m_train, &TrainPage::removeRequested, m_runs, &RunsController::remove);
    connect(m_train, &TrainPage::moveRequested, m_runs, &RunsController::move);
    connect(m_train, &TrainPage::renameRequested, m_runs, &RunsController::rename);
    connect(m_train, &TrainPage::metricsRequested, m_runs, &RunsController::loadMetrics);
    connect(m_runs, &RunsController::reported, m_train, &TrainPage::applyReport);
    connect(m_runs, &RunsController::runsChanged, m_train, &TrainPage::setRuns);
    connect(m_runs, &RunsController::waitingChanged, m_train, &TrainPage::setWaiting);
    connect(m_runs, &RunsController::metricsLoaded, m_train, &TrainPage::setMetrics);
    connect(m_runs, &RunsController::failed, m_problem,
            [this](const QString& sentence) { m_problem->showMessage(ProblemBar::Severity::Error, sentence); });
    connect(m_runs, &RunsController::unfinishedFound, this, [this](const std::vector<RunRecord>& runs) {
        m_train->offerResume(runs);
        m_problem->showMessage(ProblemBar::Severity::Info, runs.size() == 1 ? tr("A run was left before its end and can go on where it stopped.")
                                                     : tr("%1 runs were left before their end and can go on where they stopped.").arg(runs.size()), tr("Show"));
    });
    connect(m_problem, &ProblemBar::actionTriggered, this, [this] { show(Perspective::Train); });
    connect(m_runs, &RunsController::reported, m_trainingState, [this](const TrainingReport& report) {
        if (report.state == RunState::Preparing)
            m_trainingState->setText(report.message.empty() ? tr("Preparing a run") : QString::fromStdString(report.message));
        else if (isActive(report.state) && report.epochs > 0)
            m_trainingState->setText(tr("Training fold %1, epoch %2 of %3").arg(report.fold).arg(report.epoch).arg(report.epochs));
        else
            m_trainingState->clear();
    });
    connect(m_runs, &RunsController::left, this, [this] {
        m_mayClose = true;
        close();
    });
}

void MainWindow::wireTokens()
{
    auto* controller = new TokensController(*m_tokens, *m_runs, this);
    DatasetPage& datasets = m_explore->datasetPage();
    ClipPage& clip = m_explore->clipPage();
    TokenPage& page = m_tokens->page();
    connect(m_datasets, &DatasetController::opened, controller, &TokensController::setDataset);
    connect(&datasets, &DatasetPage::currentClipChanged, &page, &TokenPage::setClip);
    connect(controller, &TokensController::clipWanted, &datasets, &DatasetPage::setCurrentClip);
    connect(&page, &TokenPage::clipStepRequested, datasets.browser(),
            [&datasets](int step) { step > 0 ? datasets.browser()->selectNext() : datasets.browser()->selectPrevious(); });
    controller->setFrontEnd(clip.frontEnd());
    connect(&clip, &ClipPage::frontEndChanged, controller, &TokensController::setFrontEnd);
    for (Player* player : {&page.player(), &controller->excerpts().player()})
        connect(player, &Player::playingChanged, &clip.player(), [&clip](bool playing) {
            if (playing)
                clip.player().pause();
        });
}

void MainWindow::wireResults()
{
    connect(m_runs, &RunsController::runsChanged, m_results, [this](const RunList& runs) {
        m_results->setRuns(runs);
        m_runs->loadRows();
    });
    connect(m_runs, &RunsController::rowsLoaded, m_results, &ResultsPage::setRows);
    connect(m_results, &ResultsPage::baselineChosen, m_runs, &RunsController::setBaseline);
    connect(m_results, &ResultsPage::reportRequested, m_runs, &RunsController::writeReport);
    connect(m_runs, &RunsController::reportWritten, m_results, &ResultsPage::exported);
    connect(m_results, &ResultsPage::predictionsRequested, m_runs, &RunsController::loadPredictions);
    connect(m_runs, &RunsController::predictionsLoaded, m_results, &ResultsPage::setPredictions);
    new CompareController(*m_results, *m_runs, this);
    new TriageController(*m_results, *m_runs, this);
    connect(m_results->triage(), &TriagePage::exploreRequested, this, [this](const std::string&, const std::string& clip) { listenTo(clip); });
    connect(m_cards, &CardController::started, this, [this] { show(Perspective::Train); });
    connect(m_judging, &ResultsPerspective::exploreRequested, this, [this](const std::string& clip) { listenTo(clip); });
    ClipPage& page = m_explore->clipPage();
    connect(m_judging, &ResultsPerspective::playbackStarted, &page.player(), &Player::pause);
    connect(&page, &ClipPage::clipShown, this, [this, &page](const QString& name) {
        if (std::exchange(m_toPlay, QString()) == name)
            page.player().play();
    });
    connect(&page, &ClipPage::clipFailed, this, [this] { m_toPlay.clear(); });
}

void MainWindow::listenTo(const std::string& clipName)
{
    const auto& dataset = m_datasets->dataset();
    const auto named = [&](const Clip& clip) { return clip.name == clipName; };
    const auto found = dataset ? std::find_if(dataset->clips.begin(), dataset->clips.end(), named) : std::vector<Clip>::const_iterator();
    if (!dataset || found == dataset->clips.end()) {
        m_problem->showMessage(ProblemBar::Severity::Warning,
            tr("%1 is not in the dataset that is open; open the one this run was trained on to hear it.").arg(QString::fromStdString(clipName)));
        return;
    }
    show(Perspective::Explore);
    ClipPage& page = m_explore->clipPage();
    if (page.clipPath() == found->path) {
        page.player().play();
        return;
    }
    m_toPlay = QString::fromStdString(clipName);
    m_explore->datasetPage().setCurrentClip(static_cast<int>(found - dataset->clips.begin()));
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!droppedPath(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const QString path = droppedPath(event->mimeData());
    if (path.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive))
        m_cards->open(path); // no dataset is one
    else if (!path.isEmpty())
        m_datasets->open(path);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_mayClose || !m_runs->isTraining()) {
        saveLayout();
        event->accept();
        return;
    }
    event->ignore();
    askToClose();
}

void MainWindow::askToClose()
{
    auto* box = new QMessageBox(QMessageBox::Question, tr("A run is training"),
        tr("Close Melscope? The run is saved at this batch and can go on from there at the next start."), QMessageBox::Cancel, this);
    QAbstractButton* save = box->addButton(tr("Save and close"), QMessageBox::AcceptRole);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(box, &QMessageBox::buttonClicked, this, [this, save](QAbstractButton* button) {
        if (button != save)
            return;
        m_trainingState->setText(tr("Saving the run…"));
        m_runs->saveAndLeave();
    });
    box->open();
}

void MainWindow::restoreLayout()
{
    const QSettings settings;
    if (!restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray()))
        resize(QSize(1600, 960).boundedTo(screen()->availableSize() - QSize(8, 40))); // the frame has to fit as well
    restoreState(settings.value(QStringLiteral("window/state")).toByteArray());
    m_explore->restoreOrArrange(settings.value(QStringLiteral("window/explore")).toByteArray());
    m_augment->recall(settings);
    m_results->recall(settings);
    m_tokens->recall(settings);
}

void MainWindow::saveLayout()
{
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/state"), saveState());
    settings.setValue(QStringLiteral("window/explore"), m_explore->saveState());
    m_augment->remember(settings);
    m_results->remember(settings);
    m_tokens->remember(settings);
}

} // namespace melscope
