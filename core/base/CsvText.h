// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace melscope {

/// A CSV cell: in quotes, with quotes doubled, where it holds a comma, a quote or a line break (RFC 4180).
std::string csvCell(const std::string& text);

/// The shortest decimal that reads back as the same number; empty where it is not finite.
std::string csvCell(double value);
std::string csvCell(float value);

} // namespace melscope
