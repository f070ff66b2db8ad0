// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Output.h"
#include "runs/RunStore.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace melscope::cli {

/// The store that --runs names, with runs whose process died set to interrupted.
std::shared_ptr<RunStore> openStore(const std::optional<std::string>& folder);

/// Trains one run to its end on the training queue, the same that the window uses, and prints what happens. An interrupt
/// saves a checkpoint and ends the session with status 130.
int trainNewRun(const std::shared_ptr<RunStore>& store, const NewRun& run, const std::vector<Problem>& problems, Output& output);
int resumeRun(const std::shared_ptr<RunStore>& store, const RunRecord& record, Output& output);

} // namespace melscope::cli
