// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/RandomStream.h"
#include "spectral/SpectrogramExtractor.h"
#include "support/Check.h"

#include <thread>

using namespace melscope;

namespace {

std::vector<float> noise(uint64_t clip)
{
    RandomStream random(RandomKey{.clip = clip});
    std::vector<float> samples(40000);
    for (float& sample : samples)
        sample = static_cast<float>(random.normal());
    return samples;
}

void oneExtractorForAll()
{
    const SpectrogramExtractor extractor(FrontEnd::preset("esc"));
    std::vector<std::vector<float>> clips;
    std::vector<SpectrogramGrid> expected;
    for (uint64_t i = 0; i < 4; ++i) {
        clips.push_back(noise(i));
        expected.push_back(extractor.compute(clips.back()));
    }
    CHECK(!(expected[0] == expected[1]));
    std::vector<std::jthread> threads;
    for (size_t thread = 0; thread < 4; ++thread)
        threads.emplace_back([&, thread] {
            for (size_t i = 0; i < 8; ++i)
                CHECK(extractor.compute(clips[(thread + i) % 4]) == expected[(thread + i) % 4]);
        });
}

void oneExtractorEach()
{
    const std::vector<float> samples = noise(9);
    for (const std::string& name : FrontEnd::presetNames()) {
        const SpectrogramGrid expected = SpectrogramExtractor(FrontEnd::preset(name)).compute(samples);
        CHECK(expected.frames > 1);
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread)
            threads.emplace_back([&] {
                for (int i = 0; i < 4; ++i)
                    CHECK(SpectrogramExtractor(FrontEnd::preset(name)).compute(samples) == expected);
            });
    }
}

} // namespace

int main()
{
    oneExtractorForAll();
    oneExtractorEach();
    return checkFailures() != 0;
}
