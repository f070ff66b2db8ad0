// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Commands.h"
#include "cli/TokenOptions.h"
#include "tokens/TokenStatisticsText.h"

#include <algorithm>

namespace melscope::cli {
namespace {

std::vector<int> clipsFrom(const Arguments& arguments, const TokenSet& set)
{
    const std::string which = arguments.text("clips").value_or("training");
    const std::vector<int> training = set.trainingClips();
    if (which == "training")
        return training;
    std::vector<int> clips;
    for (int clip = 0; clip < set.clipCount(); ++clip)
        if (which == "all" || !std::ranges::binary_search(training, clip))
            clips.push_back(clip);
    if (which != "all" && which != "held-out")
        throw UsageError("--clips is all, training or held-out.");
    return clips;
}

int runStats(const Arguments& arguments, Output& output)
{
    const TokenSet set = readTokenSet(arguments.operands().front());
    const std::vector<int> clips = clipsFrom(arguments, set);
    const bool bigrams = arguments.has("bigrams");
    const bool silence = arguments.has("silence");
    if (const int tables = arguments.has("csv") + bigrams + silence; tables > 0) {
        if (output.isJson() || tables > 1)
            throw UsageError("Choose one of --json, --csv, --bigrams and --silence.");
        const TokenStatistics statistics = tokenStatistics(set, clips);
        std::string table = bigrams ? bigramCsv(statistics) : silence ? silenceCsv(statistics) : codeTableCsv(statistics, set);
        table.pop_back(); // the line end that text() adds
        output.text(table);
        return Done;
    }
    printStatistics(set, clips, output);
    return Done;
}

} // namespace

Command tokensStatsCommand()
{
    return {.name = "tokens stats", .operands = "FILE", .minimumOperands = 1, .maximumOperands = 1,
            .summary = "what the tokens of a codebook file say",
            .details = "Used and dead codes, perplexity, silence, what a code tells of class (and would by chance), band and time, and what guessing "
                       "by the commonest code or by the code before would get right. FILE is what `melscope tokens fit` wrote, or a round of a run: "
                       "runs/ID/codebooks/fold1-round1.safetensors.",
            .options = {{"clips", "WHICH", "training (default: those outside the fold left out), held-out or all"},
                        {"csv", "", "one line a code: usage, classes, positions"},
                        {"bigrams", "", "one line a pair of codes that follow each other in time, as CSV"},
                        {"silence", "", "one line a place in time and frequency: how many clips are silent there, as CSV"}},
            .examples = {"melscope tokens stats codes.safetensors --json"}, .run = runStats};
}

} // namespace melscope::cli
