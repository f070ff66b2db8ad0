// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/LatestRequest.h"
#include "tokens/MicroscopePanel.h"

#include <QObject>

namespace melscope {

class RunsController;

/// Looks for a MicroscopePanel on the training thread, between runs. Lives on the GUI thread and never waits there.
class MicroscopeController : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive this object.
    MicroscopeController(MicroscopePanel& panel, RunsController& runs, QObject* parent = nullptr);

private:
    void look(const RunCodebook& round, const MaskedSpot& spot);

    MicroscopePanel& m_panel;
    RunsController& m_runs;
    LatestRequest m_request;
};

} // namespace melscope
