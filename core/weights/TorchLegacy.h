// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/Refusal.h"
#include "weights/WeightFile.h"

#include <string_view>

namespace melscope {

/// Length of what a legacy stream begins with, the pickle of torch.serialization.MAGIC_NUMBER in any protocol; 0 where
/// `beginning` (32 bytes suffice) is something else.
size_t torchLegacyMagicLength(std::string_view beginning);

/// The stream of torch.save before PyTorch 1.6: magic, protocol 1001, system, object pickle, list of storage keys, then for each
/// its number of elements and its bytes. The numbers share the memory of `bytes`. Throws Error (Format, Truncated, Unsupported).
WeightFile decodeTorchLegacy(std::shared_ptr<const std::string> bytes, WeightNumbers numbers, const Refusal& refuse);

} // namespace melscope
