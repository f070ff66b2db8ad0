// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunStore.h"
#include "spectral/SpectrogramGrid.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace melscope {

/// As what a run is written for others.
enum class RunFormat { Csv, Json, TensorBoard, Card, Labels, Verdicts };

/// "csv", "json", "tensorboard", "card", "labels", "verdicts"; nothing for another word.
std::optional<RunFormat> runFormat(const std::string& word);

/// Writes a run to `path`, a folder for TensorBoard and Labels, a file for the others (Csv: two). `png` encodes a spectrogram for
/// TensorBoard; `warnings` gets a sentence for every clip, or for the dataset, that was left out. Returns what was written. Throws Error.
std::vector<std::filesystem::path> writeRun(const RunStore& store, const RunRecord& run, RunFormat format, const std::filesystem::path& path,
                                            const std::function<std::string(const SpectrogramGrid&)>& png, std::vector<std::string>& warnings);

} // namespace melscope
