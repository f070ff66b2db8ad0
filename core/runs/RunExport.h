// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/LabelTrack.h"
#include "runs/RunStore.h"

#include <string>
#include <vector>

namespace melscope {

/// Share of correct clips over all finished folds, last epoch; NaN without any.
double pooledAccuracy(const std::vector<FoldRecord>& folds);

/// {"name", "sha256", "trained_on"} of the weights a run starts from; null where it starts from scratch.
Json weightsJson(const RunRecord& run);

/// A run as one JSON object: what RunRecord holds, folds under "results".
Json toJson(const RunRecord& run);

/// Everything the store knows of a run: toJson() and "recipe_file", "environment", "metrics", "predictions".
Json exportJson(const RunStore& store, const RunRecord& run);

/// CSV with a header: one row an epoch of a fold. Epochs that were not validated have empty cells.
std::string metricsCsv(const std::vector<EpochMetrics>& epochs);
/// CSV with a header: one row a held-out clip, with one column of probability a class.
std::string predictionsCsv(const Predictions& predictions, const std::vector<std::string>& classes);

/// What a clip was taken for, as a label on `seconds` of it: "rain 62.0 %", and "(is dog)" where that is wrong.
LabelledSpan predictionSpan(const ClipPrediction& clip, const std::vector<std::string>& classes, double seconds);
/// An Audacity label track a held-out clip into `folder`, as far as the network heard it. Returns the files; `unreadable` gets a
/// sentence a clip whose file cannot be read. Throws Error: Empty (no predictions), what openRecordedDataset() and writing throw.
std::vector<std::filesystem::path> exportLabels(const RunStore& store, const RunRecord& run, const std::filesystem::path& folder,
                                                std::vector<std::string>& unreadable);

} // namespace melscope
