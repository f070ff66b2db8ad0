// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace melscope {

/// ASCII letters made small; other bytes stay.
std::string lowerCase(std::string_view text);

/// "3", " 3 ", "3.0" and "-2" as numbers; anything else is none.
std::optional<int> parseInteger(std::string_view text);

/// The text if it is valid UTF-8, else its bytes read as Latin-1.
std::string asUtf8(std::string text);

} // namespace melscope
