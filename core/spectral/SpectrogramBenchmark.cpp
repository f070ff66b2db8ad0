// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectral/SpectrogramBenchmark.h"

#include "base/RandomStream.h"
#include "spectral/SpectrogramExtractor.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

namespace melscope {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double clipsPerSecond(const SpectrogramExtractor& extractor, const std::vector<float>& clip, int threads, double seconds)
{
    std::atomic<int64_t> clips = 0;
    const Clock::time_point start = Clock::now();
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < threads; ++i)
            workers.emplace_back([&] {
                while (secondsSince(start) < seconds)
                    clips += extractor.compute(clip).frames > 0;
            });
    }
    return static_cast<double>(clips) / secondsSince(start);
}

} // namespace

std::vector<SpectrogramSpeed> measureSpectrogramSpeed(int mostThreads, int repetitions, double secondsPerRun)
{
    const SpectrogramExtractor extractor(FrontEnd::preset("esc"));
    std::vector<float> clip(static_cast<size_t>(extractor.frontEnd().clipLength()));
    RandomStream random(RandomKey{});
    for (float& sample : clip)
        sample = static_cast<float>(0.1 * random.normal());
    std::vector<SpectrogramSpeed> speeds;
    for (int threads = 1; threads <= mostThreads; ++threads) {
        std::vector<double> runs;
        for (int i = 0; i < std::max(1, repetitions); ++i)
            runs.push_back(clipsPerSecond(extractor, clip, threads, secondsPerRun));
        std::ranges::nth_element(runs, runs.begin() + static_cast<ptrdiff_t>(runs.size() / 2));
        speeds.push_back({threads, runs[runs.size() / 2]});
    }
    return speeds;
}

} // namespace melscope
