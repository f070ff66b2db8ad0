// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/NamedChain.h"
#include "cli/Command.h"

namespace melscope::cli {

inline const Option chainOption{"chain", "FILE|PRESET", "the augmentations: a chain file or a preset, see melscope chains"};

/// A preset or a chain file. Throws UsageError where there is none of that name or it is no chain, Error for a file that cannot be
/// read.
NamedChain chainFrom(const std::string& nameOrFile);
/// The one that --chain names. Throws UsageError without one.
NamedChain chainFrom(const Arguments& arguments);

} // namespace melscope::cli
