// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

namespace melscope {

/// 8 random characters of 0-9 and a-z without those that look alike.
std::string randomRunId();

/// "quiet-heron-27": adjective, noun, number, until `taken` says no.
std::string randomRunName(const std::function<bool(const std::string&)>& taken);

} // namespace melscope
