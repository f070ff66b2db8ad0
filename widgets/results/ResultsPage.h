// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Threads.h"
#include "runs/AccuracyFigures.h"

#include <QWidget>

#include <string>
#include <vector>

class QLabel;

namespace melscope {

class AccuracyTableModel;
class AccuracyTableView;
class PredictionsPanel;

/// The Results perspective: the accuracy table, and below it what the runs behind a row got right and wrong.
class ResultsPage : public QWidget
{
    Q_OBJECT

public:
    enum class Format { Markdown, Csv, Latex };

    explicit ResultsPage(QWidget* parent = nullptr);
    ~ResultsPage() override;

    void setRows(const std::vector<AccuracyRow>& rows);
    void setRuns(const std::vector<RunRecord>& runs);
    void setPredictions(const std::string& run, const Predictions& predictions, const std::vector<std::string>& classes);

    QString exportText(Format format) const; ///< the table as it stands
    /// Writes it off the GUI thread; exported() follows.
    void exportTo(const QString& path, Format format);

    AccuracyTableView* table() const { return m_table; }
    PredictionsPanel* predictions() const { return m_predictions; }

Q_SIGNALS:
    void predictionsRequested(const std::string& run);
    void reportRequested(const QString& path);                 ///< the HTML page: what is in it lies in the store
    void baselineChosen(const melscope::BaselineKey& baseline); ///< the others are to be compared with it
    void clipActivated(const std::string& run, const std::string& clip); ///< asks to play and show it
    void exported(const QString& path, const QString& failure);          ///< failure: a sentence, empty where all went well

private:
    QWidget* buildTop();
    void askAndExport(Format format);
    void askForReport();
    void showRow();

    AccuracyTableModel* m_model;
    QLabel* m_heading;
    QLabel* m_message;
    AccuracyTableView* m_table;
    PredictionsPanel* m_predictions;
    std::vector<RunRecord> m_runs;
    JobPool m_writer{1}; // last: joins before what it delivers to goes
};

} // namespace melscope
