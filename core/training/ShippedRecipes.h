// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace melscope {

/// The files of resources/recipes as JSON text, in the order in which core/training/CMakeLists.txt lists them; the
/// definition is generated at configure time.
const std::vector<std::string_view>& shippedRecipeTexts();

} // namespace melscope
