// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Statistics.h"
#include "statistics/PairedTest.h"
#include "training/Predictions.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace melscope {

/// One training that counts in a row of the accuracy table.
struct KeptFold
{
    std::string run;
    int fold = 0;
    uint64_t seed = 0;
    bool operator==(const KeptFold&) const = default;
};

/// What a row's trainings took their held-out clips for; probabilities are not needed.
struct SeedPredictions
{
    uint64_t seed = 0;
    Predictions predictions; ///< of all kept folds
};

/// Clip::name to the source recording; a clip that is not in it is a source of its own.
using ClipSources = std::map<std::string, std::string>;

struct RowFigures
{
    double macroF1 = 0.0;   ///< mean over seeds of the folds' pooled predictions, without TTA
    Interval bootstrap;     ///< 95 % of the accuracy, clustered by source recording
    int sources = 0;        ///< recordings it drew from; 0: none is known, so single clips were drawn
    std::optional<double> ttaGain; ///< accuracy with TTA less that without, where every fold has both
    std::optional<double> peekedAccuracy; ///< mean over folds of the epoch that was best on the held-out clips themselves
};

/// A row less the baseline, on the clips that both have predicted.
struct RowDifference
{
    PairedCounts counts;     ///< first: the row, second: the baseline
    double difference = 0.0; ///< of accuracies, in [-1, 1]
    Interval interval;       ///< its 95 %, bootstrap clustered by source recording
    double p = 1.0;          ///< McNemar's exact test
    uint64_t seed = 0;       ///< of the row; several seeds of one clip are no independent trials, so one is compared
    uint64_t baselineSeed = 0;
};

/// Throws Error(InvalidValue) for a label beyond `classes`.
RowFigures rowFigures(const std::vector<SeedPredictions>& seeds, size_t classes, const ClipSources& sources);

/// By the lowest seed that both have, or else each one's lowest. None where no clip is in both.
std::optional<RowDifference> rowDifference(const std::vector<SeedPredictions>& row, const std::vector<SeedPredictions>& baseline,
                                           const ClipSources& sources);

} // namespace melscope
