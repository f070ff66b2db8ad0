// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/WeightFile.h"

#include <map>
#include <memory>
#include <string>

namespace melscope {

/// The safetensors format (huggingface/safetensors): u64 little-endian header length, a JSON header, raw data. Tensors are
/// written contiguous, in the order given.
std::string encodeSafetensors(const std::vector<WeightTensor>& tensors, const std::map<std::string, std::string>& metadata = {});

/// How such a file begins, up to the data: the tensors' elements follow, row-major, in the order given. Storages are not looked at.
std::string safetensorsHeader(const std::vector<WeightTensor>& tensors, const std::map<std::string, std::string>& metadata = {});

/// Reads what encodeSafetensors, or anybody else, wrote, in the order of the data. Every length and offset is checked before it
/// is used: the bytes may come from anywhere. Throws Error(Format, Truncated) with `path` in the sentence. The tensors share
/// the memory of `bytes`.
WeightFile decodeSafetensors(std::shared_ptr<const std::string> bytes, const std::filesystem::path& path,
                             WeightNumbers numbers = WeightNumbers::Keep);

} // namespace melscope
