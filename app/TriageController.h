// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "results/TriageQueue.h"
#include "runs/Verdict.h"

#include <QObject>

#include <map>
#include <memory>
#include <string>

namespace melscope {

class ResultsPage;
class RunsController;

/// Feeds the results' queue of clips from the run store: where a run's clips are, what was said of them, which methods solve them.
/// Lives on the GUI thread and never waits there.
class TriageController : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive this object.
    TriageController(ResultsPage& page, RunsController& runs, QObject* parent = nullptr);

private:
    void openSource(const std::string& run);
    void loadVerdicts(const std::string& run);
    void loadSolvers(const std::string& run);
    void give(const std::string& run, const ClipVerdict& verdict);
    void askAndExport(const std::string& run);
    void showVerdicts(const VerdictMap& verdicts);

    ResultsPage& m_page;
    RunsController& m_runs;
};

} // namespace melscope
