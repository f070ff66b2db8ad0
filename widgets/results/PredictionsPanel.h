// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/AccuracyTable.h"

#include <QWidget>

#include <memory>
#include <string>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;

namespace melscope {

class ClassTableModel;
class ClipErrorList;
class ConfusionMatrixView;
class FoldTableModel;
class SvgFigure;

/// What one run got right and wrong: confusion matrix, the clips behind its cells, accuracy by class, by fold and by seed.
class PredictionsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit PredictionsPanel(QWidget* parent = nullptr);

    void setRuns(const std::vector<RunRecord>& runs); ///< those with results can be chosen
    void chooseRun(const std::string& id);
    std::string run() const;
    /// Ignored unless `run` is the chosen one: the answer to an older request.
    void setPredictions(const std::string& run, const Predictions& predictions, const std::vector<std::string>& classes);
    void showRows(const std::vector<AccuracyRow>& rows); ///< as the bar chart
    void showFoldsOf(const std::vector<RunRecord>& runs); ///< the breakdown by fold and seed

    ConfusionMatrixView* matrix() const { return m_matrix; }
    ClipErrorList* clips() const { return m_clips; }

Q_SIGNALS:
    void predictionsRequested(const std::string& run);
    void clipActivated(const std::string& run, const std::string& clip);

private:
    QWidget* buildMatrixSide();
    QWidget* buildListSide();
    void request();
    void refresh();
    void showClips();
    void showFigures(bool tta);

    QComboBox* m_run;
    QCheckBox *m_tta, *m_normalised;
    ConfusionMatrixView* m_matrix;
    QLabel* m_readOut;
    ClipErrorList* m_clips;
    ClassTableModel* m_byClass;
    FoldTableModel* m_byFold;
    SvgFigure *m_chart, *m_calibration, *m_roc, *m_precisionRecall;
    std::shared_ptr<const Predictions> m_predictions;
    std::vector<std::string> m_classes;
};

} // namespace melscope
