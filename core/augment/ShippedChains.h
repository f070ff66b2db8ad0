// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/NamedChain.h"

#include <string>
#include <string_view>
#include <vector>

namespace melscope {

/// The presets: none, light, published, strong, contrastive (resources/chains/*.json, built into the library).
const std::vector<NamedChain>& shippedChains();
/// A preset by name, or a chain file by path. Throws Error(Missing) that lists the names.
NamedChain findChain(const std::string& nameOrFile);

/// Their files as JSON text, in the order in which core/augment/CMakeLists.txt lists them; generated at configure time.
const std::vector<std::string_view>& shippedChainTexts();

} // namespace melscope
