// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

#include <vector>

namespace melscope::cli {

Command datasetInfoCommand();
Command datasetDemoCommand();
Command spectrogramCommand();
Command augmentCommand();
Command chainsCommand();
Command chainsShowCommand();
Command difficultyCommand();
Command embedCommand();
Command recipesCommand();
Command recipesShowCommand();
Command trainCommand();
Command estimateCommand();
Command resumeCommand();
Command evaluateCommand();
Command labelSafetyCommand();
Command runsListCommand();
Command runsShowCommand();
Command runsDeleteCommand();
Command runsExportCommand();
Command reportCommand();
Command tokensFitCommand();
Command tokensStatsCommand();
Command tokenizeCommand();
Command weightsInspectCommand();
Command weightsExportCommand();
Command benchSpectrogramCommand();
Command benchAugmentCommand();
Command benchTrainingCommand();
Command benchDatasetCommand();
/// `measure(json)` is the window's own benchmark; this library knows no window.
Command benchUiCommand(std::function<int(bool json)> measure);

/// All of them in the order of the help.
std::vector<Command> commands(const std::function<int(bool json)>& measureUi);

} // namespace melscope::cli
