// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/Engine.h"

#include <QObject>

#include <stop_token>

namespace melscope {

class RunForm;
class RunsController;

/// Measures what a RunForm's run would cost, on the training thread between runs. Lives on the GUI thread and never waits there.
class CostController : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive this object.
    CostController(RunForm& form, RunsController& runs, QObject* parent = nullptr);
    ~CostController() override; ///< gives up what is being measured

private:
    void measure(const FoldJob& job);
    void cancel();

    RunForm& m_form;
    RunsController& m_runs;
    std::stop_source m_stop;
};

} // namespace melscope
