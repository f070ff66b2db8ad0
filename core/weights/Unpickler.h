// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/PickleTree.h"
#include "weights/Refusal.h"

#include <string_view>

namespace melscope {

/// Reads the pickle that `bytes` begin with, up to its STOP, as PyTorch writes them: the opcodes of protocols 2 to 5
/// (Lib/pickletools.py), storages by persistent id, and of all that a pickle can call only what makes state dicts:
/// collections.OrderedDict, torch._utils._rebuild_tensor, _rebuild_tensor_v2 and _rebuild_parameter, torch.Size, torch.device,
/// and as values torch's storage classes and dtypes. Anything else is refused by name: a checkpoint is data, never code.
/// Time and memory are linear in the bytes read; nothing recurses. `consumed` receives the pickle's length.
/// Throws Error (Format, Truncated, Unsupported).
PickleTree unpickle(std::string_view bytes, const Refusal& refuse, size_t* consumed = nullptr);

} // namespace melscope
