// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/WeightFile.h"

#include <filesystem>
#include <string>

namespace melscope {

/// The weights that a fold's figures belong to.
struct CheckpointWeights
{
    WeightFile weights;
    std::filesystem::path file; ///< in the run's folder
    std::string sha256;
    int epoch = 0; ///< complete epochs trained
};

/// The newest checkpoint of a run's fold that ends an epoch, read without the engine; its SHA-256 is verified. `runFolder` is
/// RunStore::runFolder(). Throws Error(Missing) where no epoch is complete, Error(Format) where the files are damaged.
CheckpointWeights lastEpochWeights(const std::filesystem::path& runFolder, int fold);

} // namespace melscope
