// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"

#include <QString>

#include <optional>

namespace melscope {

/// "400 clips · 10 classes · 5 folds, the dataset's own · 33 min 20 s · ESC-50 layout". No seconds: not known yet.
QString datasetSummary(const Dataset& dataset, std::optional<double> seconds);

} // namespace melscope
