// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

namespace melscope {

/// Objects keep the order in which their members were written, so that files read like the schema.
using Json = nlohmann::ordered_json;

} // namespace melscope
