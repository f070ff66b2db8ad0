// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunRecord.h"
#include "runs/SqlDatabase.h"

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <utility>

namespace melscope {

// How runs, folds, metrics and predictions lie in the tables of RunSchema. `number` is the row of the run. The caller holds
// the connection's mutex, and a transaction where it writes more than one row.

std::vector<RunRecord> readRuns(SqlDatabase& database);                             ///< newest first
std::optional<RunRecord> readRun(SqlDatabase& database, const std::string& id);
std::optional<int64_t> runNumber(SqlDatabase& database, const std::string& id);
bool runNameTaken(SqlDatabase& database, const std::string& name);
void insertRun(SqlDatabase& database, const RunRecord& run);

/// Of runs and verdicts, in a transaction of its own.
void renameFingerprint(SqlDatabase& database, const std::string& before, const std::string& now);

/// Makes the digests that were made under another recipeVocabulary() anew, in a transaction of its own; one that `digestOf` throws Error
/// for stays as it is.
void renewDigests(SqlDatabase& database, const std::function<std::string(const std::string& id)>& digestOf);

/// By fold, then stage (pretraining in alphabetical order, the supervised one last), then epoch.
std::vector<EpochMetrics> readMetrics(SqlDatabase& database, int64_t number);
void writeMetrics(SqlDatabase& database, int64_t number, std::span<const EpochMetrics> epochs); ///< replaces equal (fold, stage, epoch)
void eraseMetrics(SqlDatabase& database, int64_t number, int fold);

Predictions readPredictions(SqlDatabase& database, int64_t number);
Predictions readOutcomes(SqlDatabase& database, int64_t number); ///< without the probabilities
/// The highest validation accuracy of each fold's epochs, of all runs: {run's id, fold} to share.
std::map<std::pair<std::string, int>, double> readPeekedAccuracies(SqlDatabase& database);
void writePredictions(SqlDatabase& database, int64_t number, int fold, const Predictions& predictions); ///< replaces the fold's
void writeFold(SqlDatabase& database, int64_t number, const FoldRecord& fold);                          ///< replaces the fold's

} // namespace melscope
