// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/LabelSafetyPanel.h"
#include "base/Threads.h"
#include "common/LatestRequest.h"

#include <QObject>

namespace melscope {

class RunsController;

/// Tests for a LabelSafetyPanel on the training thread, between runs, and writes its table to a file. Lives on the GUI thread and
/// never waits there.
class LabelSafetyController : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive this object.
    LabelSafetyController(LabelSafetyPanel& panel, RunsController& runs, QObject* parent = nullptr);

private:
    void test(const LabelSafetyPanel::Wish& wish);
    void cancel();
    void write(const QString& path, const LabelSafety& safety);

    LabelSafetyPanel& m_panel;
    RunsController& m_runs;
    JobPool m_writer{1};
    LatestRequest m_request;
};

} // namespace melscope
