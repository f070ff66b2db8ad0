// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Commands.h"
#include "cli/DatasetOptions.h"
#include "cli/FoldOption.h"
#include "cli/StopSignals.h"
#include "cli/TokenOptions.h"

#include <chrono>
#include <thread>

namespace melscope::cli {
namespace {

int runFit(const Arguments& arguments, Output& output)
{
    StopSignals signals; // before any other thread
    const auto out = arguments.text("out");
    if (!out)
        throw UsageError("Where should the codebook go? Give --out FILE.");
    const TokenSettings settings = tokenSettingsFrom(arguments);
    const Dataset dataset = openDataset(arguments.operands().front(), openOptionsFrom(arguments));
    const int fold = foldFrom(arguments, dataset);
    std::stop_source stop;
    signals.watch([&] { stop.request_stop(); });
    const auto begin = std::chrono::steady_clock::now();
    const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    const auto set = fitTokens(dataset, settings, fold, threads, stop.get_token(),
                               [&](const std::string& what, int done, int total) { output.progress(what, done, total); });
    signals.end();
    writeTokenSet(*out, *set);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    printStatistics(*set, set->trainingClips(), output);
    output.message("Fitted on the clips outside fold " + std::to_string(fold) + " and written to " + *out + " in " + duration(seconds) + ".");
    return Done;
}

} // namespace

Command tokensFitCommand()
{
    Command command{.name = "tokens fit", .operands = "DATASET", .minimumOperands = 1, .maximumOperands = 1,
                    .summary = "fit a codebook on the patches of a dataset and write it with all clips' tokens",
                    .details = "Cuts the spectrograms into patches, standardises every mel band by the clips outside the fold left out, and clusters "
                               "those clips' patches (k-means), or draws codes at random (random-projection). Digital silence gets no token. "
                               "Prints the statistics of those clips. The same seed gives the same codebook.",
                    .options = {{"out", "FILE", "the codebook file (safetensors)"},
                                foldOption,
                                {"seed", "N", "of the codebook (default 0)"},
                                {"front-end", "NAME", "esc (default), librosa, torchaudio, kaldi or beats"},
                                {"set", "KEY=VALUE", "tokenizer, codes, patch_mels, patch_frames, iterations, code_dim, or one of the front end's "
                                                     "numbers; may be repeated"}},
                    .examples = {"melscope tokens fit ESC-50-master --set codes=256 --out codes.safetensors"},
                    .run = runFit};
    command.options.insert(command.options.end(), datasetOptions().begin(), datasetOptions().end());
    return command;
}

} // namespace melscope::cli
