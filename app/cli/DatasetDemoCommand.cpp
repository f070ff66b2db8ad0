// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Commands.h"
#include "dataset/DemoDataset.h"

#include <chrono>
#include <thread>

namespace melscope::cli {
namespace {

int runDemo(const Arguments& arguments, Output& output)
{
    const std::filesystem::path folder = arguments.operands().front();
    const auto seed = static_cast<uint64_t>(arguments.integer("seed", 0, INT64_MAX).value_or(0));
    const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    int clips = 0;
    const auto begin = std::chrono::steady_clock::now();
    writeDemoDataset(folder, seed, threads, {}, [&](int done, int total) {
        clips = total;
        output.progress("Writing clips:", done, total);
    });
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    output.json({{"folder", folder.string()}, {"clips", clips}, {"classes", demoClasses().size()}, {"seed", seed}, {"seconds", seconds}});
    output.text("The demo dataset is in " + folder.string() + ".");
    return Done;
}

} // namespace

Command datasetDemoCommand()
{
    return {.name = "dataset demo", .operands = "DIR", .minimumOperands = 1, .maximumOperands = 1,
            .summary = "write the built-in demo dataset",
            .details = "Ten classes of synthesised environmental sounds, 40 clips each, 5 s at 44.1 kHz, in five folds and the "
                       "ESC-50 layout. The same seed writes the same clips. Files that are complete already are kept.",
            .options = {{"seed", "N", "seed of the variations (default 0)"}},
            .examples = {"melscope dataset demo demo && melscope train demo --recipe resnet34-quick"},
            .run = runDemo};
}

} // namespace melscope::cli
