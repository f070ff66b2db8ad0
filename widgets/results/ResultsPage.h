// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Threads.h"
#include "runs/AccuracyFigures.h"
#include "runs/RunList.h"

#include <QWidget>

#include <string>
#include <vector>

class QLabel;
class QMenu;
class QPushButton;
class QSettings;
class QStackedWidget;

namespace melscope {

class AccuracyTableModel;
class AccuracyTableView;
class ComparePage;
class PredictionsPanel;
class TriagePage;
struct TriageQueue;

/// The Results perspective: the accuracy table, and below it what the runs behind a row got right and wrong; in their place, for as
/// long as it is wanted, a queue of clips to listen through, or two runs side by side.
class ResultsPage : public QWidget
{
    Q_OBJECT

public:
    enum class Format { Markdown, Csv, Latex };

    explicit ResultsPage(QWidget* parent = nullptr);
    ~ResultsPage() override;

    void setRows(const std::vector<AccuracyRow>& rows);
    void setRuns(const RunList& runs);
    void setPredictions(const std::string& run, const Predictions& predictions, const std::vector<std::string>& classes);

    /// The table's columns and sorting over the end of the program.
    void remember(QSettings& settings) const;
    void recall(const QSettings& settings);

    QString exportText(Format format) const; ///< the table as it stands
    /// Writes it off the GUI thread; exported() follows.
    void exportTo(const QString& path, Format format);

    AccuracyTableView* table() const { return m_table; }
    PredictionsPanel* predictions() const { return m_predictions; }
    TriagePage* triage() const { return m_triage; }
    ComparePage* compare() const { return m_compare; }

Q_SIGNALS:
    void predictionsRequested(const std::string& run);
    void reportRequested(const QString& path);                 ///< the HTML page: what is in it lies in the store
    void baselineChosen(const melscope::BaselineKey& baseline); ///< the others are to be compared with it
    void exported(const QString& path, const QString& failure);          ///< failure: a sentence, empty where all went well

private:
    QWidget* buildTop();
    QMenu* buildSaveMenu(QWidget* parent);
    void askAndExport(Format format);
    void askForReport();
    void showRow();
    void listen(const TriageQueue& queue);

    AccuracyTableModel* m_model;
    QLabel* m_heading;
    QLabel* m_message;
    QPushButton* m_baseline; ///< makes the chosen row it
    AccuracyTableView* m_table;
    PredictionsPanel* m_predictions;
    TriagePage* m_triage;
    ComparePage* m_compare;
    QStackedWidget* m_stack;
    QWidget* m_overview;
    QWidget* m_beforeTriage = nullptr; ///< where Escape leads back to
    RunList m_runs;
    JobPool m_writer{1}; // last: joins before what it delivers to goes
};

} // namespace melscope
