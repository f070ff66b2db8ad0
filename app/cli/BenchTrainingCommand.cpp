// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Commands.h"
#include "training/Engine.h"

#include <thread>

namespace melscope::cli {
namespace {

ParameterSchema benchSchema()
{
    using Type = Parameter::Type;
    return ParameterSchema({
        {.key = "precision", .type = Type::Choice, .defaultValue = "auto", .choices = {"auto", "fp32", "bf16"}},
        {.key = "threads", .type = Type::Integer, .defaultValue = 0, .minimum = 0, .maximum = 1024},
        {.key = "steps", .type = Type::Integer, .defaultValue = 10, .minimum = 1, .maximum = 100000},
    });
}

int runBench(const Arguments& arguments, Output& output)
{
    const Json settings = arguments.settings(benchSchema());
    const int threads = settings["threads"] == 0 ? static_cast<int>(std::thread::hardware_concurrency()) : settings["threads"].get<int>();
    const auto engine = loadEngine();
    const TrainingBenchmark result = engine->benchmarkTraining(settings["precision"], threads, settings["steps"]);
    output.json({{"bench", "training"}, {"precision", result.precision}, {"threads", result.threads},
                 {"clips_per_second", result.clipsPerSecond}, {"peak_memory_mb", result.peakMemoryMb}, {"cpu", engine->info().cpu}});
    output.text("training, " + result.precision + ", " + std::to_string(result.threads) + " threads: "
                + std::to_string(result.clipsPerSecond) + " clips/s, " + std::to_string(result.peakMemoryMb) + " MB");
    return Done;
}

} // namespace

Command benchTrainingCommand()
{
    return {.name = "bench training", .summary = "time training steps of ResNet-34",
            .details = "Random input of 128 mel rows x 431 frames, batch 32: forward, backward and optimiser step. Prints the median.",
            .options = {{"set", "KEY=VALUE", "precision=auto|fp32|bf16, threads=N (0: all cores), steps=N"}},
            .examples = {"melscope bench training --set precision=fp32 --json"}, .run = runBench};
}

} // namespace melscope::cli
