// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

#include <string>
#include <vector>

namespace melscope::cli {

/// What `melscope --help` prints, without the last line end.
std::string helpOverview(const std::vector<Command>& commands);
/// What `melscope COMMAND --help` prints.
std::string helpFor(const Command& command);

} // namespace melscope::cli
