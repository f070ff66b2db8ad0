// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/ClipRows.h"

#include <QStringList>
#include <QWidget>

class QLabel;
class QMenu;
class QStackedWidget;
class QTabWidget;
class QToolButton;

namespace melscope {

class ClassBalance;
class ClipBrowser;
class DatasetScanner;
class EmptyState;
class JobBar;
class ProblemBar;
class ProblemsPanel;

/// One dataset: what it is, its clips, the balance of its classes and what is the matter with it. Opens nothing itself:
/// it says what the user wants opened, and shows the Dataset it is given; files are looked into in the background.
class DatasetPage : public QWidget
{
    Q_OBJECT

public:
    explicit DatasetPage(QWidget* parent = nullptr);

    void setDataset(std::shared_ptr<const Dataset> dataset); ///< nullptr: the empty state
    void setRecent(const QStringList& paths);

    void showBusy(const QString& what, int done, int total); ///< opening or writing; total 0: unknown
    void showIdle();
    void showError(const QString& sentence);

    ClipBrowser* browser() const { return m_browser; }
    /// Class balance and problems, below the table until somebody gives them another place (a dock).
    QWidget* overview() const;
    int currentClip() const;
    void setCurrentClip(int clip);

    /// For menus and shortcuts outside: the dialogs that end in openRequested.
    void askForFolder();
    void askForTable();

Q_SIGNALS:
    void openRequested(const QString& path);
    void demoRequested();
    void cancelRequested(); ///< of what showBusy shows
    void clipActivated(int clip);
    void currentClipChanged(int clip);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void addHeader();
    void addContent();
    void connectScanner();
    void showHeader();
    void markProblems();
    QToolButton* addAction(QLayout* row, const QString& text, const QString& icon, const QString& help);

    std::shared_ptr<const Dataset> m_dataset;
    DatasetScanner* m_scanner;
    QWidget* m_header;
    QLabel* m_name;
    QLabel* m_summary;
    QToolButton* m_recent = nullptr;
    QMenu* m_recentMenu;
    ProblemBar* m_message;
    JobBar* m_openBar;
    JobBar* m_scanBar;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    ClipBrowser* m_browser;
    QTabWidget* m_tabs;
    ClassBalance* m_balance;
    ProblemsPanel* m_problems;
};

} // namespace melscope
