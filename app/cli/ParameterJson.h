// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Parameter.h"

namespace melscope::cli {

/// {"key", "label", "type", "unit", "value", "default", "range" or "choices", "help", "advanced"} of one parameter.
Json toJson(const Parameter& parameter, const Json& value);

} // namespace melscope::cli
