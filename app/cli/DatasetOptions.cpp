// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/DatasetOptions.h"

#include <algorithm>

namespace melscope::cli {

const std::vector<Option>& datasetOptions()
{
    static const std::vector<Option> options{
        {"file-column", "NAME", "column of a CSV file that names the audio file"},
        {"label-column", "NAME", "column that holds the class"},
        {"fold-column", "NAME", "column that holds the fold, if there is one"},
        {"source-column", "NAME", "column that names the source recording, if there is one"},
        {"folds-made", "N", "how many folds to make where the dataset has none (default 5)"},
        {"fold-seed", "N", "seed of the folds made (default 0)"},
    };
    return options;
}

OpenOptions openOptionsFrom(const Arguments& arguments)
{
    OpenOptions options;
    const ColumnMapping columns{.file = arguments.text("file-column").value_or(""), .label = arguments.text("label-column").value_or(""),
                                .fold = arguments.text("fold-column").value_or(""), .source = arguments.text("source-column").value_or("")};
    if (columns != ColumnMapping{}) {
        if (columns.file.empty() || columns.label.empty())
            throw UsageError("A column mapping needs at least --file-column and --label-column.");
        options.columns = columns;
    }
    options.folds = static_cast<int>(arguments.integer("folds-made", 2, 1000).value_or(options.folds));
    options.seed = static_cast<uint64_t>(arguments.integer("fold-seed", 0, INT64_MAX).value_or(0));
    return options;
}

Json toJson(const std::vector<Problem>& problems)
{
    Json list = Json::array();
    for (const Problem& problem : problems)
        list.push_back({{"file", problem.file.string()}, {"kind", toString(problem.kind)}, {"message", problem.message}});
    return list;
}

void showProblems(const std::vector<Problem>& problems, Output& output)
{
    constexpr size_t shown = 20;
    for (size_t i = 0; i < std::min(shown, problems.size()); ++i)
        output.message(std::string(toString(problems[i].kind)) + ": " + problems[i].message);
    if (problems.size() > shown)
        output.message("... and " + std::to_string(problems.size() - shown) + " more problems (all of them with --json).");
}

} // namespace melscope::cli
