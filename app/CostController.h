// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/LatestRequest.h"
#include "training/Engine.h"

#include <QObject>

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

private:
    void measure(const FoldJob& job);
    void cancel();

    RunForm& m_form;
    RunsController& m_runs;
    LatestRequest m_request;
};

} // namespace melscope
