// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/AccuracyTable.h"
#include "runs/ClipLists.h"

#include <string>
#include <vector>

namespace melscope {

class RunOutcomes;

/// Which methods take a held-out clip for its class. A method does where one of its rows in the accuracy table does, by the
/// row's lowest seed and without test-time views.
struct ClipSolvers
{
    ClipPrediction clip; ///< the mistake of highest loss, a right prediction where there is none; without probabilities
    std::vector<std::string> right; ///< titles of methods, in the table's order
    std::vector<std::string> wrong;

    size_t methods() const { return right.size() + wrong.size(); }
};

/// Of every clip that a row on this dataset has held out, in the order of their names. `rows` from accuracyTable(runs). Throws Error
/// (the store's).
std::vector<ClipSolvers> clipSolvers(const std::vector<AccuracyRow>& rows, const std::vector<RunRecord>& runs, RunOutcomes& outcomes,
                                     const std::string& datasetFingerprint);

/// Those that every method has held out; where the methods' folds have no clip in common, that the most of them have.
std::vector<ClipSolvers> heldOutByAll(const std::vector<ClipSolvers>& clips);

// The mistake of highest loss first.
ClipList solvedByOneMethod(const std::vector<ClipSolvers>& clips); ///< where at least one other failed
ClipList solvedByNone(const std::vector<ClipSolvers>& clips);

} // namespace melscope
