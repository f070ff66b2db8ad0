// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Threads.h"
#include "runs/CardComparison.h"

#include <QObject>

#include <set>
#include <string>

class QWidget;

namespace melscope {

class DatasetController;
class ProblemBar;
class RunsController;

/// Recipe cards that are dropped on the window: asks whether to train their run again on the open dataset, does so, and says at the end how it
/// came out beside the card. Lives on the GUI thread and never waits there.
class CardController : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this object; `bar` shows what is to be said, `window` is the parent of what is asked.
    CardController(RunsController& runs, DatasetController& datasets, ProblemBar& bar, QWidget& window);

    void open(const QString& file);

Q_SIGNALS:
    void started(); ///< a run waits for its training

private:
    void ask(const NewRun& run, const RunCard& card);

    RunsController& m_runs;
    DatasetController& m_datasets;
    ProblemBar& m_bar;
    QWidget& m_window;
    std::set<std::string> m_ended; ///< runs whose end has been seen
    LatestJob m_reader;            // last: stops before the rest goes
};

} // namespace melscope
