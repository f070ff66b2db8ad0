// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace melscope {

/// Script n brings the run database from version n to n + 1. A published script is never edited: add one.
std::span<const std::string_view> runSchemaScripts();

} // namespace melscope
