// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/AugmentationBenchmark.h"
#include "cli/Commands.h"
#include "spectral/SpectrogramBenchmark.h"

#include <cstdio>
#include <map>

namespace melscope::cli {
namespace {

/// Least speed, in units of the log-mel's.
const std::map<std::string, double>& budgets()
{
    static const std::map<std::string, double> all{{"gain", 30.0}, {"time_shift", 30.0}, {"noise", 1.2},         {"low_pass", 2.5},   {"clip", 3.0},
                                                   {"tanh", 3.0},  {"equalizer", 0.5},   {"time_stretch", 0.12}, {"pitch_shift", 0.1}};
    return all;
}

ParameterSchema benchSchema()
{
    using Type = Parameter::Type;
    std::vector<std::string> names{"all"};
    for (const AugmentationInfo& info : augmentationCatalogue())
        names.push_back(info.name);
    return ParameterSchema({
        {.key = "name", .type = Type::Choice, .defaultValue = "all", .choices = names},
        {.key = "clips", .type = Type::Integer, .defaultValue = 100, .minimum = 1, .maximum = 1'000'000},
    });
}

void print(const std::string& name, const AugmentationSpeed& speed, Output& output)
{
    Json line{{"bench", "augment"}, {"augmentation", name}, {"clips_per_second", speed.clipsPerSecond}, {"in_log_mels", speed.inLogMels}};
    char text[160];
    std::snprintf(text, sizeof text, "%-22s %9.0f clips/s %8.2f log-mels", name.c_str(), speed.clipsPerSecond, speed.inLogMels);
    std::string sentence = text;
    if (const auto budget = budgets().find(name); budget != budgets().end()) {
        line["budget"] = budget->second;
        std::snprintf(text, sizeof text, ", budget %g", budget->second);
        sentence += text;
    }
    output.json(line);
    output.text(sentence);
}

int runBench(const Arguments& arguments, Output& output)
{
    const Json settings = arguments.settings(benchSchema());
    print("log_mel", {.clipsPerSecond = measureSpectrogramSpeed(1).front().clipsPerSecond, .inLogMels = 1.0}, output);
    for (const AugmentationInfo& info : augmentationCatalogue())
        if (settings["name"] == "all" || settings["name"] == info.name)
            print(info.name, measureAugmentationSpeed(info, settings["clips"]), output);
    return Done;
}

} // namespace

Command benchAugmentCommand()
{
    return {.name = "bench augment", .summary = "time every augmentation on one thread",
            .details = "Default parameters, clips of 5 s at 44.1 kHz in memory: clips/s, and the same in units of the log-mel's own clips/s "
                       "(n_fft 2048, hop 512, 128 mels), measured in turns.",
            .options = {{"set", "KEY=VALUE", "name=NAME (default all), clips=N (default 100)"}},
            .examples = {"melscope bench augment --set name=noise --json"}, .run = runBench};
}

} // namespace melscope::cli
