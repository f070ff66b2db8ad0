// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Arguments.h"
#include "cli/Output.h"

#include <functional>
#include <string>
#include <vector>

namespace melscope::cli {

enum ExitStatus { Done = 0, Failed = 1, WrongUsage = 2, Interrupted = 130 };

/// An option as the help shows it.
struct Option
{
    std::string name;  ///< without the dashes
    std::string value; ///< what stands for its value, e.g. "N"; empty for a switch
    std::string help;
};

/// One headless command: what parsing, help and the dispatcher need to know of it.
struct Command
{
    std::string name;     ///< one or two words: "dataset info"
    std::string operands; ///< as in the help: "DATASET"
    int minimumOperands = 0;
    int maximumOperands = 0; ///< negative: any number
    std::string summary;     ///< one line, no full stop
    std::string details;     ///< a paragraph or two for --help
    std::vector<Option> options;
    std::vector<std::string> examples;
    /// Returns an exit status; throws UsageError, melscope::Error.
    std::function<int(const Arguments&, Output&)> run;
};

/// Every command has it.
inline const Option jsonOption{"json", "", "print one JSON object a line on standard output"};
inline const Option runsOption{"runs", "DIR", "folder of the runs and their database (default: the data folder)"};

} // namespace melscope::cli
