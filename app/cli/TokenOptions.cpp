// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/TokenOptions.h"

#include "base/Error.h"
#include "tokens/TokenStatisticsText.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

namespace melscope::cli {
namespace {

std::string number(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", value);
    return text;
}

} // namespace

TokenSettings tokenSettingsFrom(const Arguments& arguments)
{
    try {
        Json values = TokenSettings::schema().defaults();
        std::vector<Setting> ofFrontEnd;
        for (const Setting& setting : arguments.settings()) {
            if (TokenSettings::schema().find(setting.first))
                values[setting.first] = TokenSettings::schema().parsed(setting.first, setting.second);
            else
                ofFrontEnd.push_back(setting);
        }
        TokenSettings settings = TokenSettings::fromJson(values);
        settings.frontEnd = withSettings(FrontEnd::preset(arguments.text("front-end").value_or("esc")), ofFrontEnd);
        settings.seed = static_cast<uint64_t>(arguments.integer("seed", 0, INT64_MAX).value_or(0));
        return settings;
    } catch (const Error& error) {
        throw UsageError(error.what());
    }
}

void printStatistics(const TokenSet& set, const std::vector<int>& clips, Output& output)
{
    const TokenStatistics statistics = tokenStatistics(set, clips);
    output.json(toJson(statistics, set));
    output.text(set.tokenizer.name + ", " + set.dataset + ": " + std::to_string(statistics.clips) + " clips of " + std::to_string(set.layout.rows)
                + " x " + std::to_string(set.layout.columns) + " tokens, " + percent(statistics.silentShare()) + " of them silence");
    output.text("  " + std::to_string(statistics.usedCodes) + " of " + std::to_string(set.codes()) + " codes used, perplexity "
                + number(statistics.perplexity));
    output.text("  a code tells " + number(statistics.mutualInformation) + " of the " + number(statistics.classEntropy) + " bits of its class ("
                + number(statistics.chanceInformation) + " with classes dealt by chance), " + number(statistics.rowInformation) + " bits of its band and "
                + number(statistics.columnInformation) + " of its time");
    output.text("  guessing the commonest code is right for " + percent(statistics.majorityAccuracy) + ", guessing by the code before for "
                + percent(statistics.bigramAccuracy));
    std::vector<int> order(static_cast<size_t>(set.codes()));
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, std::greater(), [&](int code) { return statistics.usage[static_cast<size_t>(code)]; });
    const auto shown = static_cast<std::ptrdiff_t>(std::min<size_t>(10, order.size()));
    for (const int code : std::span(order).first(static_cast<size_t>(shown))) {
        const int64_t usage = statistics.usage[static_cast<size_t>(code)];
        if (usage == 0)
            break;
        const auto classes = statistics.byClass.row(code);
        const auto top = std::ranges::max_element(classes);
        output.text("  code " + std::to_string(code) + ": " + std::to_string(usage) + " times, "
                    + percent(static_cast<double>(*top) / static_cast<double>(usage)) + " of them in "
                    + set.classes[static_cast<size_t>(top - classes.begin())]);
    }
}

} // namespace melscope::cli
