// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/ReportThrottle.h"
#include "runs/RunStore.h"
#include "training/Engine.h"

#include <functional>
#include <memory>
#include <string>

namespace melscope {

/// One sitting of one run on the training thread: fold by fold, from where the store says it stands, to its end or until
/// `control` wishes otherwise. Stores what happens and reports it; turns every exception into a Failed run.
class RunSession
{
public:
    using EngineSource = std::function<std::shared_ptr<Engine>()>;

    RunSession(RunStore& store, std::string id, RunControl& control, ReportThrottle& reports);

    /// `dataset` as the run was created with it, or null: it is opened again and must be unchanged. Never throws, unless the
    /// sink does.
    void run(std::shared_ptr<const Dataset> dataset, const EngineSource& engineSource);

private:
    void train(std::shared_ptr<const Dataset> dataset, const EngineSource& engineSource);
    RunState trainFolds(Engine& engine, FoldJob job);
    void recordEnvironment(const Engine& engine);
    void follow(const FoldProgress& progress);
    RunState stateDuring(const FoldProgress& progress) const;
    double secondsLeft(const FoldProgress& progress) const;
    void enter(RunState state, const std::string& message);
    void report(RunState state, const std::string& message, const FoldProgress& progress);
    void fail(const std::string& sentence);
    bool hasResult(int fold) const;

    RunStore& m_store;
    const std::string m_id;
    RunControl& m_control;
    ReportThrottle& m_reports;
    RunRecord m_run;
    RunState m_state = RunState::Queued;
    std::string m_message;
    TrainingReport m_position; ///< where the run stands, without steps and epochs
    bool m_held = false;       ///< the run's lock is ours: its state may be written
};

} // namespace melscope
