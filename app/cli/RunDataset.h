// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Arguments.h"
#include "dataset/Dataset.h"
#include "runs/RunStore.h"

#include <memory>

namespace melscope::cli {

/// The dataset that a run's models are tested on: the one that --dataset names, else the run's own. Throws Error where it has
/// not the run's classes or not a fold that was trained.
std::shared_ptr<const Dataset> datasetFor(const RunRecord& record, const RunStore& store, const Arguments& arguments);

} // namespace melscope::cli
