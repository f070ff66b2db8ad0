// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Commands.h"

namespace melscope::cli {

std::vector<Command> commands(const std::function<int(bool json)>& measureUi)
{
    std::vector<Command> list{
        datasetInfoCommand(), datasetDemoCommand(), spectrogramCommand(), recipesCommand(),     recipesShowCommand(),
        trainCommand(),       resumeCommand(),      evaluateCommand(),    runsListCommand(),    runsShowCommand(),
        runsDeleteCommand(),  runsExportCommand(),  reportCommand(),      benchSpectrogramCommand(),
        benchAugmentCommand(), benchTrainingCommand(), benchDatasetCommand(), benchUiCommand(measureUi),
    };
    for (Command& command : list)
        command.options.push_back(jsonOption);
    return list;
}

const std::vector<std::string>& laterCommands()
{
    static const std::vector<std::string> names{"augment", "embed", "tokenize", "weights"};
    return names;
}

} // namespace melscope::cli
