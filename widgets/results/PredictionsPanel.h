// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "results/TriageQueue.h"
#include "runs/ClipSolvers.h"
#include "runs/RunList.h"
#include "runs/Verdict.h"
#include "training/TrainingReport.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <string>
#include <vector>

class QCheckBox;
class QLabel;
class QPushButton;
class QTabWidget;

namespace melscope {

class ClipListPanel;
class ConfusionMatrixView;
class FoldTableModel;
class RunBox;
class SvgFigure;
class TextTableModel;

/// What one run got right and wrong: confusion matrix (of a fold that trains as well), the clips behind its cells, accuracy by class,
/// by fold and by seed.
class PredictionsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit PredictionsPanel(QWidget* parent = nullptr);

    void setRuns(const RunList& runs); ///< those with results can be chosen
    void chooseRun(const std::string& id);
    std::string run() const;
    /// Ignored unless `run` is the chosen one: the answer to an older request.
    void setPredictions(const std::string& run, const Predictions& predictions, const std::vector<std::string>& classes);
    void applyReport(const TrainingReport& report); ///< a running fold's matrix can be chosen, too
    void setVerdicts(const VerdictMap& verdicts);   ///< on the chosen run's dataset
    void setSolvers(const std::string& run, const std::vector<ClipSolvers>& clips); ///< the answer to solversRequested()
    void showRows(std::vector<AccuracyRow> rows); ///< as the bar chart
    void showFoldsOf(const RunList& runs); ///< the breakdown by fold and seed

    ConfusionMatrixView* matrix() const { return m_matrix; }
    ClipListPanel* clips() const { return m_clips; }

Q_SIGNALS:
    void predictionsRequested(const std::string& run);
    void solversRequested(const std::string& run); ///< of all clips of its dataset
    void triageRequested(const melscope::TriageQueue& queue);
    void compareRequested(const std::string& run); ///< with another one

private:
    struct LiveMatrix
    {
        std::string run;
        int fold = 0;
        int epoch = 0;
        ConfusionCounts counts;
    };

    QWidget* buildMatrixSide();
    QWidget* buildListSide();
    QWidget* buildChart();
    void request();
    void refresh();
    void showLiveEntry();
    bool showsLive() const;
    ConfusionMatrix matrixNow() const;
    void showClips();
    void showSolved();
    void showFigures();
    void listen(int row);

    RunBox* m_run;
    QPushButton* m_compare;
    QCheckBox *m_tta, *m_normalised;
    ConfusionMatrixView* m_matrix;
    QLabel* m_readOut;
    QTabWidget* m_tabs;
    ClipListPanel* m_clips;
    TextTableModel* m_byClass;
    FoldTableModel* m_byFold;
    QLabel* m_chartNote;
    SvgFigure *m_chart, *m_calibration, *m_roc, *m_precisionRecall;
    std::shared_ptr<const Predictions> m_predictions;
    std::shared_ptr<const Predictions> m_counted; ///< with or without test-time views, as chosen
    std::vector<std::string> m_classes;
    std::optional<std::vector<ClipSolvers>> m_solvers; ///< of m_solversOf's dataset
    std::string m_solversOf;
    RunList m_runs; ///< all, those that train included
    std::optional<LiveMatrix> m_live;
};

} // namespace melscope
