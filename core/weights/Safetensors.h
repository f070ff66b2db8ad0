// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/StateDict.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace melscope {

/// The safetensors format (huggingface/safetensors): u64 little-endian header length, a JSON header, raw data. Element types here:
/// F64 F32 F16 BF16 I64 I32 I16 I8 U8 BOOL. Tensors are written contiguous, in the order given.
std::string encodeSafetensors(const NamedTensors& tensors, const std::map<std::string, std::string>& metadata = {});

/// Reads what encodeSafetensors, or anybody else, wrote. Every length and offset is checked before it is used: the bytes
/// may come from anywhere. Throws Error(Format, Truncated) with `path` in the sentence. The tensors own their memory.
NamedTensors decodeSafetensors(std::string_view bytes, const std::filesystem::path& path);

/// From a file. Throws Error (Missing, Unreadable, Format, Truncated).
NamedTensors readSafetensors(const std::filesystem::path& path);

} // namespace melscope
