// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/TrainingReport.h"

#include <optional>

namespace melscope {

/// A sentence for people where an epoch of masked prediction shows that the vocabulary, or what the model makes of it, has collapsed
/// onto a few codes, over the whole epoch; nothing where all is well or the epoch is another stage's.
std::optional<std::string> collapseWarning(const EpochMetrics& epoch);

} // namespace melscope
