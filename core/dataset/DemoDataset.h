// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audio/Waveform.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace melscope {

/// The built-in demo: 10 classes of environmental sounds made by physical and procedural models, 40 clips each, 5 folds,
/// 5 s at 44.1 kHz, in the ESC-50 layout (audio/*.flac or .wav, meta/esc50.csv).
const std::vector<std::string>& demoClasses();

/// One clip, the same for the same (label, take, seed) on every machine. take: 0...39.
Waveform synthesiseDemoClip(int label, int take, uint64_t seed);

/// Writes the dataset into `folder` (created; files already complete are kept). Throws Error (DiskFull, Cancelled, ...).
void writeDemoDataset(const std::filesystem::path& folder, uint64_t seed = 0, int threads = 2, std::stop_token stop = {},
                      const std::function<void(int done, int total)>& progress = {});

/// Where the first start puts it: dataFolder()/demo.
std::filesystem::path demoFolder();

} // namespace melscope
