// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunStore.h"

#include <filesystem>

namespace melscope {

/// A run as one small file to hand on: all that is needed to train it again and to see whether the result is the same.
struct RunCard
{
    std::string run;  ///< name
    Recipe recipe;
    std::vector<int> folds;
    uint64_t seed = 0;
    std::string datasetName;
    std::string datasetFingerprint;
    std::vector<std::string> classes;
    Json environment;
    Predictions predictions;

    static RunCard of(const RunStore& store, const RunRecord& run);
    Json toJson() const;
    /// Throws Error (Missing, Format where it is no card, InvalidValue where its recipe is beyond this version).
    static RunCard fromFile(const std::filesystem::path& file);

    /// Whether a JSON file is a card, by its first bytes. Never throws.
    static bool looksLikeOne(const std::filesystem::path& file);
};

} // namespace melscope
