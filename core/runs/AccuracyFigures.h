// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/AccuracyTable.h"

#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

namespace melscope {

class RunOutcomes;

/// Which row the others are compared with: what stays the same when the table is made anew.
struct BaselineKey
{
    std::string method;
    std::string recipe;
    std::string datasetFingerprint;
    bool operator==(const BaselineKey&) const = default;
};
BaselineKey baselineKey(const AccuracyRow& row);

using RunsById = std::unordered_map<std::string, const RunRecord*>;
RunsById runsById(const std::vector<RunRecord>& runs); ///< which must stay where they are

/// What a row's kept folds took their clips for, the lowest seed first. `runs`: those that the row was made from. Throws Error (the
/// store's).
std::vector<SeedPredictions> rowPredictions(const AccuracyRow& row, const RunsById& runs, RunOutcomes& outcomes);

/// Fills figures and differences of rows made from `runs` by accuracyTable(). Without a baseline the first row that has a result
/// is it; rows on other data have no difference. Gives up when asked to stop. Throws Error (the store's).
void addFigures(std::vector<AccuracyRow>& rows, const std::vector<RunRecord>& runs, RunOutcomes& outcomes,
                const std::optional<BaselineKey>& baseline = std::nullopt, const std::stop_token& stop = {});

} // namespace melscope
