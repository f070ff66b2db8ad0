// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Output.h"
#include "dataset/Dataset.h"
#include "runs/RunStore.h"

#include <set>
#include <string>

namespace melscope::cli {

/// The events of a run as JSON lines and as text: run, epoch, result, summary, interrupted, failed. Every fold's result
/// is printed once. One thread at a time.
class RunPrinter
{
public:
    RunPrinter(Output& output, std::string run) : m_output(output), m_run(std::move(run)) {}

    void begin(const RunRecord& record, bool resumed, const std::vector<Problem>& problems);
    void state(const TrainingReport& report); ///< what is being prepared, on standard error; remembers a failure
    void epochs(const std::vector<EpochMetrics>& epochs);
    void newResults(const RunRecord& record);
    /// The last line or lines of a run: summary, how to resume, or why it failed. Returns the exit status.
    int end(const RunRecord& record);

private:
    Output& m_output;
    std::string m_run;
    std::set<int> m_printedFolds;
    std::string m_lastMessage;
    std::string m_failure;
};

/// {"event":"result", ...} of one fold; tta_accuracy is null without test-time augmentation.
Json resultLine(const std::string& run, const FoldRecord& fold);
std::string resultText(const FoldRecord& fold);
/// {"event":"summary", ...}: mean and standard deviation over the folds, and the pooled accuracy with its interval.
Json summaryLine(const std::string& run, const std::vector<FoldRecord>& folds);
std::string summaryText(const std::vector<FoldRecord>& folds);
/// How a run that was made with a card came out beside it: {"event":"reproduction", ...} and a sentence. Nothing of another run.
void printReproduction(const RunStore& store, const RunRecord& run, Output& output);

} // namespace melscope::cli
