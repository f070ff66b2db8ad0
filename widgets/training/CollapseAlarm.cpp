// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/CollapseAlarm.h"

#include "training/Collapse.h"

#include <utility>

namespace melscope {

CollapseAlarm::CollapseAlarm(QWidget* parent) : ProblemBar(parent)
{
    setAccessibleName(tr("Collapse of a vocabulary"));
    connect(this, &ProblemBar::dismissed, this, [this] { m_dismissed.insert(std::exchange(m_run, {})); });
}

void CollapseAlarm::watch(const TrainingReport& report, const QString& runName)
{
    if (report.newEpochs.empty())
        return;
    const EpochMetrics& epoch = report.newEpochs.back();
    const auto warning = collapseWarning(epoch);
    if (!warning)
        return forget(report.run);
    if (m_dismissed.contains(report.run))
        return;
    m_run = report.run;
    const QString which = runName.isEmpty() ? QString::fromStdString(report.run) : runName;
    showMessage(Severity::Warning, tr("%1, fold %2: %3").arg(which).arg(epoch.fold).arg(QString::fromStdString(*warning)));
}

void CollapseAlarm::forget(const std::string& run)
{
    m_dismissed.erase(run);
    if (m_run != run)
        return;
    m_run.clear();
    clear();
}

} // namespace melscope
