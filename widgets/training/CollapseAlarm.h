// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/ProblemBar.h"
#include "training/TrainingReport.h"

#include <set>

namespace melscope {

/// Says so where a run's masked prediction collapses onto a few codes, and goes when a later epoch of that run is sound again. Dismissed,
/// it is silent about a run until that has recovered.
class CollapseAlarm : public ProblemBar
{
    Q_OBJECT

public:
    explicit CollapseAlarm(QWidget* parent = nullptr);

    void watch(const TrainingReport& report, const QString& runName);
    void forget(const std::string& run); ///< it is gone

private:
    std::string m_run; ///< that it speaks of; empty: none
    std::set<std::string> m_dismissed;
};

} // namespace melscope
