// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Files.h"
#include "nn/Torch.h"

#include <map>

namespace melscope::test {

/// The folder of reference values beside the source tree; empty where nobody says where it is.
inline std::filesystem::path sharedFolder()
{
    const char* const shared = std::getenv("MELSCOPE_SHARED");
    return shared ? shared : "";
}

/// A plain dictionary of tensors, by torch's own reader.
inline std::map<std::string, torch::Tensor> readValues(const std::filesystem::path& file)
{
    const std::string bytes = readFile(file);
    std::map<std::string, torch::Tensor> values;
    for (const auto& entry : torch::pickle_load({bytes.begin(), bytes.end()}).toGenericDict())
        values[entry.key().toStringRef()] = entry.value().toTensor().contiguous();
    return values;
}

} // namespace melscope::test
