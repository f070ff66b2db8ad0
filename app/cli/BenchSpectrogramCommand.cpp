// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/RandomStream.h"
#include "cli/Commands.h"
#include "cli/FrontEndOptions.h"
#include "spectral/SpectrogramExtractor.h"

#include <atomic>
#include <chrono>
#include <thread>

namespace melscope::cli {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<float> noise(SampleIndex length)
{
    RandomStream random({.seed = 1});
    std::vector<float> samples(static_cast<size_t>(length));
    for (float& sample : samples)
        sample = static_cast<float>(random.uniform(-0.5, 0.5));
    return samples;
}

double clipsPerSecond(const SpectrogramExtractor& extractor, const std::vector<float>& samples, int threads, double seconds)
{
    std::atomic<int64_t> clips = 0;
    const auto begin = Clock::now();
    const auto end = begin + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < threads; ++i)
            workers.emplace_back([&] {
                while (Clock::now() < end) {
                    extractor.compute(samples);
                    ++clips;
                }
            });
    }
    return static_cast<double>(clips) / std::chrono::duration<double>(Clock::now() - begin).count();
}

int runBench(const Arguments& arguments, Output& output)
{
    const FrontEnd frontEnd = frontEndFrom(arguments);
    const auto seconds = static_cast<double>(arguments.integer("seconds", 1, 600).value_or(2));
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    const SpectrogramExtractor extractor(frontEnd);
    const std::vector<float> samples = noise(frontEnd.clipLength());
    extractor.compute(samples); // plans and tables are made on first use
    std::vector<int> counts;
    for (int threads = 1; threads < cores; threads *= 2)
        counts.push_back(threads);
    counts.push_back(cores);
    for (const int threads : counts) {
        const double rate = clipsPerSecond(extractor, samples, threads, seconds);
        output.json({{"bench", "spectrogram"}, {"threads", threads}, {"clips_per_second", rate},
                     {"us_per_frame", 1e6 * threads / (rate * frontEnd.frames())}, {"mels", frontEnd.mels}, {"frames", frontEnd.frames()}});
        output.text("spectrogram, " + std::to_string(threads) + (threads == 1 ? " thread: " : " threads: ")
                    + std::to_string(static_cast<int64_t>(rate)) + " clips/s");
    }
    return Done;
}

} // namespace

Command benchSpectrogramCommand()
{
    return {.name = "bench spectrogram", .summary = "time spectrograms for 1, 2, 4 ... threads",
            .details = "White noise of the front end's clip length (5 s at 44.1 kHz for esc), in memory: no decoding, no resampling.",
            .options = {{"front-end", "NAME", "esc (default), librosa, torchaudio, kaldi or beats"},
                        {"set", "KEY=VALUE", "change one of the front end's numbers; may be repeated"},
                        {"seconds", "N", "how long to measure each (default 2)"}},
            .examples = {"melscope bench spectrogram --json"}, .run = runBench};
}

} // namespace melscope::cli
