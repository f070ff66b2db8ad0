// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"

#include <QMainWindow>

#include <filesystem>
#include <memory>

class QActionGroup;
class QLabel;
class QStackedWidget;
class QToolBar;

namespace melscope {

class AugmentPerspective;
class CardController;
class DatasetController;
class ExplorePerspective;
class MainMenus;
class ProblemBar;
class ResultsPage;
class ResultsPerspective;
class RunsController;
class TokensController;
class TokensPerspective;
class TrainPage;

/// The window: a rail of perspectives, one page each, and the controllers that feed them. It wires; it computes nothing.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// `runsFolder` as for RunStore.
    explicit MainWindow(const std::filesystem::path& runsFolder, QWidget* parent = nullptr);
    ~MainWindow() override;

    enum class Perspective { Explore, Augment, Train, Tokens, Results };
    void show(Perspective perspective);
    using QMainWindow::show;

    DatasetController& datasets() { return *m_datasets; }
    RunsController& runs() { return *m_runs; }
    ExplorePerspective& explore() { return *m_explore; }
    AugmentPerspective& augment() { return *m_augment; }
    TrainPage& train() { return *m_train; }
    TokensPerspective& tokens() { return *m_tokens; }
    ResultsPage& results() { return *m_results; }
    ResultsPerspective& judging() { return *m_judging; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override; ///< a dataset or a recipe card, on any page

private:
    void buildRail();
    void wireDatasets();
    void wireAugment();
    void wireTraining();
    void wireTokens();
    void wireResults();
    void listenTo(const std::string& clipName);
    void askToClose();
    void restoreLayout();
    void saveLayout();

    DatasetController* m_datasets;
    RunsController* m_runs;
    QStackedWidget* m_pages;
    ExplorePerspective* m_explore;
    AugmentPerspective* m_augment;
    TrainPage* m_train;
    TokensPerspective* m_tokens;
    ResultsPerspective* m_judging;
    ResultsPage* m_results; ///< in m_judging
    QActionGroup* m_rail;
    MainMenus* m_menus = nullptr;
    ProblemBar* m_problem;
    CardController* m_cards;
    QLabel* m_trainingState;
    QString m_toPlay; ///< the clip asked for from the results, until it is shown
    bool m_mayClose = false;
};

} // namespace melscope
