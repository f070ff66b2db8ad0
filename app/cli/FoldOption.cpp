// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/FoldOption.h"

#include <algorithm>
#include <charconv>

namespace melscope::cli {

std::string listed(const std::vector<int>& numbers)
{
    std::string text;
    for (const int number : numbers)
        text += (text.empty() ? "" : ", ") + std::to_string(number);
    return text;
}

int foldFrom(const std::string& word, const Dataset& dataset)
{
    int fold = 0;
    const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), fold);
    const bool isNumber = failure == std::errc() && end == word.data() + word.size();
    if (!isNumber || std::ranges::count(dataset.folds, fold) == 0)
        throw UsageError("There is no fold \"" + word + "\"; " + dataset.name + " has the folds " + listed(dataset.folds) + ".");
    return fold;
}

int foldFrom(const Arguments& arguments, const Dataset& dataset)
{
    const auto word = arguments.text("fold");
    return word ? foldFrom(*word, dataset) : dataset.folds.back();
}

} // namespace melscope::cli
