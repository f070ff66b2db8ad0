// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ChainParts.h"
#include "augment/PretextDifficulty.h"
#include "cli/ChainOptions.h"
#include "cli/Commands.h"
#include "cli/DatasetOptions.h"
#include "cli/FoldOption.h"
#include "cli/FrontEndOptions.h"
#include "cli/StopSignals.h"
#include "dataset/DatasetClipSource.h"

#include <algorithm>
#include <thread>

namespace melscope::cli {
namespace {

DifficultySettings settingsFrom(const Arguments& arguments)
{
    DifficultySettings settings;
    settings.clips = static_cast<int>(arguments.integer("clips", 2, 5'000).value_or(settings.clips));
    settings.pairs = static_cast<int>(arguments.integer("pairs", 2, 100'000).value_or(settings.pairs));
    settings.seed = static_cast<uint64_t>(arguments.integer("seed", 0, INT64_MAX).value_or(0));
    settings.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    return settings;
}

Json toJson(const PretextDifficulty& difficulty)
{
    Json json = {{"clips", difficulty.clips}, {"pairs", difficulty.pairs}, {"chance", difficulty.chance}, {"left_out", difficulty.leftOut},
                 {"verdict", verdictOn(difficulty)}};
    for (const DescriptorScore& score : difficulty.scores)
        json["top1"][score.descriptor] = {{"share", score.top1}, {"interval", {score.interval.low, score.interval.high}}};
    return json;
}

std::string textOf(const PretextDifficulty& difficulty)
{
    std::string text;
    for (const DescriptorScore& score : difficulty.scores)
        text += (text.empty() ? "" : "; ") + score.descriptor + " " + percent(score.top1) + " (" + percent(score.interval.low) + " to "
                + percent(score.interval.high) + ")";
    return text;
}

int runDifficulty(const Arguments& arguments, Output& output)
{
    StopSignals signals; // before any other thread
    const NamedChain chain = chainFrom(arguments);
    const DifficultySettings settings = settingsFrom(arguments);
    const auto extractor = std::make_shared<const SpectrogramExtractor>(frontEndFrom(arguments));
    const auto dataset = std::make_shared<const Dataset>(openDataset(arguments.operands().front(), openOptionsFrom(arguments)));
    const int fold = foldFrom(arguments, *dataset);
    const ClipSource source = DatasetClipSource::create(dataset, extractor, fold);
    const DifficultyMeter meter(extractor, source, source.partners, settings);
    std::stop_source stop;
    signals.watch([&] { stop.request_stop(); });
    const auto measure = [&](const AugmentationChain& measured, const std::string& what) {
        return meter.measure(measured, stop.get_token(), [&](int done, int total) { output.progress(what, done, total); });
    };
    const auto print = [&](const PretextDifficulty& difficulty, const std::string& without) {
        Json line = {{"chain", chain.name}, {"without", nullptr}, {"fold", fold}, {"seed", settings.seed}};
        if (!without.empty())
            line["without"] = without;
        line.update(toJson(difficulty));
        output.json(line);
    };

    const PretextDifficulty whole = measure(chain.chain, chain.name);
    print(whole, {});
    output.text(chain.name + ": " + std::to_string(whole.clips) + " clips outside fold " + std::to_string(fold) + ", batches of "
                + std::to_string(whole.pairs) + " pairs, guessing finds " + percent(whole.chance) + ".\n" + textOf(whole) + ".\n"
                + verdictOn(whole));
    if (whole.leftOut > 0)
        output.message(std::to_string(whole.leftOut) + " clips could not be read: " + whole.problem);
    if (arguments.has("without-each")) {
        for (const ChainPart& part : withoutEach(chain.chain)) {
            const PretextDifficulty difficulty = measure(part.chain, "without " + part.name);
            print(difficulty, part.name);
            output.text("without " + part.name + ": " + textOf(difficulty));
        }
    }
    signals.end();
    return Done;
}

} // namespace

Command difficultyCommand()
{
    Command command{.name = "difficulty", .operands = "DATASET", .minimumOperands = 1, .maximumOperands = 1,
                    .summary = "measure how far a contrastive task is solved without learning anything",
                    .details = "Draws two views a clip under the chain and pairs them up by plain descriptors: mean band energies (bands), "
                               "temporal envelope (envelope), both. The figure is the share of views that find their partner among all views "
                               "of a batch, with a 95 % Wilson interval over clips. Near 100 % an encoder can pass by such shortcuts alone. "
                               "Clips of the fold left out are not looked at.",
                    .options = {chainOption,
                                {"clips", "N", "how many clips are looked at, up to 5000 (default 200)"},
                                {"pairs", "N", "pairs in a batch, as the training has it (default 128)"},
                                {"seed", "N", "which clips and which draws (default 0)"},
                                foldOption,
                                {"front-end", "NAME", "esc (default), librosa, torchaudio, kaldi or beats"},
                                {"set", "KEY=VALUE", "change one of the front end's numbers; may be repeated"},
                                {"without-each", "", "measure also with each augmentation ticked off in turn"}},
                    .examples = {"melscope difficulty ESC-50-master --chain contrastive --without-each"},
                    .run = runDifficulty};
    command.options.insert(command.options.end(), datasetOptions().begin(), datasetOptions().end());
    return command;
}

} // namespace melscope::cli
