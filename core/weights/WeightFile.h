// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Json.h"
#include "weights/WeightTensor.h"

#include <filesystem>
#include <string>
#include <vector>

namespace melscope {

enum class WeightContainer {
    TorchZip,    ///< torch.save since PyTorch 1.6
    TorchLegacy, ///< torch.save before that
    Safetensors
};
const char* toString(WeightContainer container); ///< "PyTorch zip", "PyTorch legacy stream", "safetensors"

/// What a weight file holds, as data.
struct WeightFile
{
    WeightContainer container = WeightContainer::TorchZip;
    /// The state dict in the file's order, under its own names. Where it lies in a dictionary with other things, under "model",
    /// "state_dict" and the like, that name is dropped; other nested dictionaries are joined with dots.
    std::vector<WeightTensor> tensors;
    /// What else the file says: BEATs' "cfg" and "label_dict", "epoch", safetensors' __metadata__. Keys are text.
    Json metadata = Json::object();
    /// Parts that are neither, by name: an optimiser's state, long histories.
    std::vector<std::string> leftOut;
};

enum class WeightNumbers {
    Keep,
    CheckOnly ///< read and verified like the rest, but not kept: for a look at a file of any size
};

/// Reads and checks a whole file, whichever of the three formats it has. A checkpoint is data: nothing of it is ever executed,
/// every size and offset is checked before it is used, and a zip's CRC-32 is verified (the other two formats have no
/// checksum). Throws Error (Missing, Unreadable, Empty, Format, Truncated, Unsupported, OutOfMemory) whose sentence names the file.
/// Thread: any but a GUI's.
WeightFile readWeightFile(const std::filesystem::path& path, WeightNumbers numbers = WeightNumbers::Keep);

/// The same from memory; `path` is for the sentences.
WeightFile decodeWeightFile(std::string bytes, const std::filesystem::path& path, WeightNumbers numbers = WeightNumbers::Keep);

} // namespace melscope
