// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/CacheFolder.h"
#include "dataset/DatasetScan.h"
#include "dataset/FeatureCache.h"
#include "dataset/FeatureFile.h"
#include "support/Check.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <thread>

using namespace melscope;
namespace fs = std::filesystem;

namespace {

Dataset tones(const fs::path& root)
{
    fs::create_directories(root / "tone");
    for (int i = 0; i < 16; ++i) {
        Waveform waveform{8000, 1, std::vector<float>(2000)};
        for (size_t k = 0; k < waveform.samples.size(); ++k)
            waveform.samples[k] = 0.5f * std::sin(0.01f * static_cast<float>((i + 1) * static_cast<int>(k)));
        writeAudioFile(root / "tone" / (std::to_string(i) + ".wav"), waveform);
    }
    return openDataset(root);
}

FrontEnd smallFrontEnd()
{
    FrontEnd frontEnd;
    frontEnd.sampleRate = 8000;
    frontEnd.clipSeconds = 0.25;
    frontEnd.nFft = frontEnd.winLength = 256;
    frontEnd.hop = 100;
    frontEnd.mels = 16;
    frontEnd.fMax = 4000;
    return frontEnd;
}

void scanPublishesEveryClip(const Dataset& dataset)
{
    std::atomic<int> published = 0;
    const ScanResult result = scanDataset(dataset, true, 4, {}, {}, [&](int, const ClipFacts& facts) { published += facts.readable; });
    CHECK(published == 16);
    CHECK(result.problems.empty());
}

void scanCanBeStoppedFromOutside(const Dataset& dataset)
{
    std::jthread scanning([&](std::stop_token stop) {
        try {
            for (int i = 0; i < 1000; ++i)
                scanDataset(dataset, true, 3, stop);
            CHECK(!"the scan went on after the stop");
        } catch (const Error& error) {
            CHECK(error.kind() == ErrorKind::Cancelled);
        }
    });
    std::this_thread::yield();
    scanning.request_stop();
}

void cachesOpenedAtOnceAgree(const Dataset& dataset)
{
    std::vector<std::shared_ptr<const FeatureCache>> caches(3);
    {
        std::vector<std::jthread> openers;
        for (auto& cache : caches)
            openers.emplace_back([&] { cache = FeatureCache::open(dataset, smallFrontEnd(), 3); });
    }
    for (int clip = 0; clip < 16; ++clip)
        for (const auto& cache : caches) {
            const auto first = caches[0]->values(clip);
            CHECK(cache->usable(clip));
            CHECK(std::equal(first.begin(), first.end(), cache->values(clip).begin()));
        }
}

void fileIsMadeWhileTheFolderIsTrimmed(const fs::path& folder)
{
    fs::create_directories(folder);
    std::jthread trimming([&](std::stop_token stop) {
        while (!stop.stop_requested())
            trimCacheFolder(folder, 1u << 30);
    });
    const FeatureFile::Shape shape{.clips = 1, .rows = 1, .columns = 8};
    for (int i = 0; i < 2000; ++i) {
        const auto file = FeatureFile::create(folder / (std::to_string(i % 4) + ".grids"), shape, std::string(64, 'k'));
        file->writableValues(0)[0] = 1.0f;
        file->setUsable(0, true);
        file->finish({});
    }
    CHECK(fs::exists(folder / "3.grids"));
}

} // namespace

int main()
{
    std::string pattern = (fs::temp_directory_path() / "melscope-dataset-threads-XXXXXX").string();
    const fs::path root = ::mkdtemp(pattern.data());
    ::setenv("MELSCOPE_CACHE_DIR", (root / "cache").c_str(), 1);
    const Dataset dataset = tones(root / "data");
    scanPublishesEveryClip(dataset);
    scanCanBeStoppedFromOutside(dataset);
    cachesOpenedAtOnceAgree(dataset);
    fileIsMadeWhileTheFolderIsTrimmed(root / "trimmed");
    fs::remove_all(root);
    return checkFailures() != 0;
}
