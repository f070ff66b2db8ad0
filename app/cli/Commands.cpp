// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Commands.h"

namespace melscope::cli {

std::vector<Command> commands(const std::function<int(bool json)>& measureUi)
{
    std::vector<Command> list{
        datasetInfoCommand(),  datasetDemoCommand(),  spectrogramCommand(),      augmentCommand(),      chainsCommand(),
        chainsShowCommand(),   difficultyCommand(),   embedCommand(),            recipesCommand(),      recipesShowCommand(),
        trainCommand(),        estimateCommand(),     resumeCommand(),       evaluateCommand(),     labelSafetyCommand(),      runsListCommand(),     runsShowCommand(),
        runsDeleteCommand(),   runsExportCommand(),   reportCommand(),           weightsInspectCommand(), weightsExportCommand(),
        tokensFitCommand(),    tokensStatsCommand(),  tokenizeCommand(),
        benchSpectrogramCommand(), benchAugmentCommand(), benchTrainingCommand(), benchDatasetCommand(), benchUiCommand(measureUi),
    };
    for (Command& command : list)
        command.options.push_back(jsonOption);
    return list;
}

} // namespace melscope::cli
