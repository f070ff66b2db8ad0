// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Threads.h"
#include "plot/CurvePlot.h"
#include "training/RunCurves.h"

#include <QWidget>

#include <array>
#include <map>
#include <string>
#include <vector>

class QAction;
class QCheckBox;
class QComboBox;
class QLabel;
class QSlider;
class QToolBar;

namespace melscope {

/// Loss, accuracy, learning rate and speed of the runs that are shown, over each other, with one set of controls for all; of one
/// stage at a time, which follows the running run. A pretraining stage has its probes beside the pretext accuracy, and a plot
/// more for how its embeddings lie where it measures that.
class CurvePanel : public QWidget
{
    Q_OBJECT

public:
    enum Plot { Loss, Accuracy, LearningRate, Speed, Embedding, PlotCount };

    explicit CurvePanel(QWidget* parent = nullptr);

    void showRun(const std::string& run, const QString& name, const QColor& colour); ///< also for a new name or colour
    void hideRun(const std::string& run);
    void removeRun(const std::string& run);
    void applyReport(const TrainingReport& report);
    void setMetrics(const std::string& run, const std::vector<EpochMetrics>& epochs); ///< replaces the run's epochs
    bool hasMetrics(const std::string& run) const;

    CurvePlot* plot(Plot plot) const { return m_plots[plot]; }
    const std::string& stage() const { return m_stage; }
    void showStage(const std::string& stage);

private:
    struct Drawn
    {
        CurveId id;
        std::string stage;
        std::string quantity; ///< without the stage that the id's has
    };
    struct Run
    {
        QString name;
        QColor colour;
        bool shown = false;
        RunCurves curves;
        std::string runningStage;  ///< of the last report
        std::string followedStage; ///< the last one that the choice of stage followed
        std::vector<Drawn> drawn[PlotCount];
    };
    struct Place
    {
        int fold;
        std::string stage;
        CurveSample sample;
    };

    void addControls(QToolBar* bar);
    void setAxis(CurveAxis axis);
    void draw(const std::string& id, Run& run, const RunCurves::Placed& placed, int stepFold, const std::string& stepStage);
    void drawEpoch(const std::string& id, Run& run, const EpochMetrics& epoch, const CurveSample& sample);
    void add(const std::string& id, Run& run, Plot plot, const Place& place, const std::string& quantity, double value);
    CurveLook look(const Run& run, const Drawn& drawn) const;
    void refreshLooks(const std::string& id);
    void refreshAll();
    void offerStage(const std::string& stage);
    void follow(Run& run); ///< its running stage is shown, once: another one may be chosen meanwhile
    void showHint(); ///< in the plot where no curve is
    void markBest(const std::string& id, int fold);
    void save(CurvePlot* plot);
    void showFailure(const QString& sentence); ///< empty: hides it

    std::array<CurvePlot*, PlotCount> m_plots;
    std::map<std::string, Run> m_runs;
    CurveAxis m_axis = CurveAxis::Epoch;
    std::string m_stage = supervisedStage;
    QAction* m_stageAction; // shows the choice where there is one
    QComboBox* m_stageChoice;
    QComboBox* m_axisChoice;
    QCheckBox* m_everyStep;
    QSlider* m_smoothing;
    QLabel* m_message;
    JobPool m_writing{1}; // last: joined before the rest goes
};

} // namespace melscope
