// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/Refusal.h"
#include "weights/WeightFile.h"

#include <map>

namespace melscope {

/// The zip format of torch.save since PyTorch 1.6: <stem>/data.pkl, and the storages as <stem>/data/<key>. From a file, or
/// from bytes in memory. Throws Error (Format, Truncated, Unsupported).
WeightFile readTorchZip(const std::filesystem::path& path, WeightNumbers numbers, const Refusal& refuse);
WeightFile decodeTorchZip(std::string_view bytes, WeightNumbers numbers, const Refusal& refuse);

/// A state dict (an OrderedDict) that Python's torch.load reads, storages aligned to 64 bytes. The same tensors give the
/// same bytes. `stem` is the folder within the archive; PyTorch takes the file's name for it. With `beside`, an object, the file is a dict
/// of its members and of "model", the state dict.
std::string encodeTorchZip(const std::vector<WeightTensor>& tensors, const std::string& stem = "weights", const Json& beside = {});

} // namespace melscope
