// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/NamedChain.h"
#include "dataset/Dataset.h"
#include "runs/RunList.h"
#include "training/Recipe.h"
#include "training/TrainingReport.h"

#include <QWidget>

#include <memory>
#include <string>
#include <vector>

namespace melscope {

class CollapseAlarm;
class CurvePanel;
class OfferBar;
class QueuePanel;
class RunForm;
class RunsModel;

/// The Train perspective: what to start, what runs and waits, and the curves of both. Fed with values, asks by signals; knows
/// neither store nor trainer.
class TrainPage : public QWidget
{
    Q_OBJECT

public:
    explicit TrainPage(QWidget* parent = nullptr);
    ~TrainPage() override;

    void setDataset(std::shared_ptr<const Dataset> dataset);
    void setRecipes(const std::vector<Recipe>& recipes);
    void setRuns(const RunList& runs);
    void setWaiting(const std::vector<std::string>& ids); ///< TrainingQueue::waiting(): the order of the queue
    void applyReport(const TrainingReport& report);
    void setMetrics(const std::string& id, const std::vector<EpochMetrics>& epochs);
    void offerResume(const std::vector<RunRecord>& runs); ///< a bar that asks; empty hides it

    RunForm* form() const { return m_form; }
    QueuePanel* queue() const { return m_queue; }
    CurvePanel* curves() const { return m_curves; }
    CollapseAlarm* alarm() const { return m_alarm; }
    RunsModel* model() const { return m_model; }

Q_SIGNALS:
    void startRequested(const melscope::Recipe& recipe, const std::vector<int>& folds, quint64 seed);
    void editAugmentationRequested(const melscope::NamedChain& chain);
    void pauseRequested();
    void continueRequested();
    void stopRequested(const std::string& id);
    void resumeRequested(const std::string& id);
    void removeRequested(const std::string& id);
    void moveRequested(const std::string& id, int position); ///< among the waiting runs
    void metricsRequested(const std::string& id);
    void renameRequested(const std::string& id, const QString& name);

protected:
    void changeEvent(QEvent* event) override;

private:
    void connectParts();
    void showChecked(const std::string& id);
    void refreshCurves();

    RunsModel* m_model;
    OfferBar* m_offer;
    CollapseAlarm* m_alarm;
    RunForm* m_form;
    CurvePanel* m_curves;
    QueuePanel* m_queue;
};

} // namespace melscope
