// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/FeatureCache.h"

#include "base/Files.h"
#include "base/Paths.h"
#include "dataset/CacheFolder.h"
#include "dataset/ClipProblem.h"
#include "dataset/DatasetFingerprint.h"
#include "dataset/FeatureFile.h"
#include "dataset/ParallelClips.h"

#include "audio/AudioFile.h"

#include <algorithm>
#include <mutex>

namespace melscope {
namespace fs = std::filesystem;

struct FeatureCache::Implementation
{
    std::unique_ptr<FeatureFile> file;
};

/// What a file holds of every clip.
struct FeatureCache::Content
{
    std::string noun;      // for sentences
    std::string key;       // of all that decides the values but the dataset
    std::string extension; // of the file
    int rows = 0;
    int columns = 0;
    std::function<std::vector<float>(const Waveform&)> compute;
};

namespace {

constexpr uint64_t folderBound = 8ull << 30; // bytes
constexpr int contentVersion = 1;            // of the numbers in the files: another one makes them stale

using Compute = std::function<std::vector<float>(const Waveform&)>;

class Builder
{
public:
    /// `before`: the dataset's fingerprint as it was when the cache was named.
    Builder(const Dataset& dataset, const std::string& noun, const Compute& compute, FeatureFile& file, std::string before)
        : m_fingerprint(std::move(before)), m_dataset(dataset), m_noun(noun), m_compute(compute), m_file(file),
          m_problems(dataset.clips.size())
    {
    }

    void build(int threads, std::stop_token stop, const std::function<void(int, int)>& progress)
    {
        forEachClipInParallel(static_cast<int>(m_dataset.clips.size()), threads, stop, progress,
                              [&](int clip) { compute(clip); });
        if (stop.stop_requested())
            throw Error(ErrorKind::Cancelled, "Preparing the " + m_noun + " of " + m_dataset.name + " was cancelled.", m_dataset.root);
        // What went away or changed meanwhile must not be remembered under the name of what was there before.
        if (fingerprint(m_dataset) != m_fingerprint)
            throw Error(ErrorKind::Missing, "Files of " + m_dataset.name + " in " + m_dataset.root.string()
                        + " went away or changed while their " + m_noun + " were prepared; bring them back and try again.", m_dataset.root);
        std::vector<Problem> all;
        for (std::vector<Problem>& ofClip : m_problems)
            std::move(ofClip.begin(), ofClip.end(), std::back_inserter(all));
        m_file.finish(all);
    }

private:
    void compute(int clipIndex)
    {
        const auto i = static_cast<size_t>(clipIndex);
        const Clip& clip = m_dataset.clips[i];
        const std::span<float> into = m_file.writableValues(clipIndex);
        bool usable = true;
        try {
            bool cut = false;
            const Waveform waveform = readAudioFile(clip.path, &cut);
            const std::vector<float> values = m_compute(waveform);
            std::copy_n(values.begin(), std::min(values.size(), into.size()), into.begin());
            if (cut)
                m_problems[i].push_back(truncatedProblem(clip, waveform.length(), readAudioInfo(clip.path).frames));
        } catch (const Error& error) {
            usable = false;
            m_problems[i].push_back(problemOf(clip, error));
        }
        m_file.setUsable(clipIndex, usable);
    }

    const std::string m_fingerprint;
    const Dataset& m_dataset;
    const std::string& m_noun;
    const Compute& m_compute;
    FeatureFile& m_file;
    std::vector<std::vector<Problem>> m_problems; // one list a clip, so that threads never meet
};

} // namespace

FeatureCache::FeatureCache() : m_implementation(std::make_unique<Implementation>()) {}

FeatureCache::~FeatureCache() = default;

std::shared_ptr<const FeatureCache> FeatureCache::open(const Dataset& dataset, const FrontEnd& frontEnd, int threads,
                                                       std::stop_token stop, const std::function<void(int, int)>& progress)
{
    const SpectrogramExtractor extractor(frontEnd);
    const Content grids{.noun = "spectrograms", .key = frontEnd.toJson().dump(), .extension = ".grids", .rows = frontEnd.mels,
                        .columns = frontEnd.frames(),
                        .compute = [&](const Waveform& waveform) { return extractor.compute(extractor.prepare(waveform, true)).values; }};
    return open(dataset, grids, threads, stop, progress);
}

std::shared_ptr<const FeatureCache> FeatureCache::openSamples(const Dataset& dataset, const FrontEnd& frontEnd, int threads,
                                                              std::stop_token stop, const std::function<void(int, int)>& progress)
{
    const SpectrogramExtractor extractor(frontEnd);
    // Only rate and length: recipes that differ in mel bands alone share their samples.
    const auto length = static_cast<int>(frontEnd.clipLength());
    const Content samples{.noun = "samples", .key = "samples " + std::to_string(frontEnd.sampleRate) + ' ' + std::to_string(length) + ' ',
                          .extension = ".samples", .rows = 1, .columns = length,
                          .compute = [&](const Waveform& waveform) { return extractor.prepare(waveform, true); }};
    return open(dataset, samples, threads, stop, progress);
}

std::shared_ptr<const FeatureCache> FeatureCache::open(const Dataset& dataset, const Content& content, int threads, std::stop_token stop,
                                                       const std::function<void(int, int)>& progress)
{
    const std::string before = fingerprint(dataset);
    const std::string key = sha256(before + content.key + std::to_string(contentVersion));
    const fs::path folder = cacheFolder() / "features";
    const fs::path path = folder / (key.substr(0, 32) + content.extension);
    const FeatureFile::Shape shape{static_cast<int>(dataset.clips.size()), content.rows, content.columns};
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure)
        throw Error(ErrorKind::Unreadable, "Cannot create the folder " + folder.string() + ": " + failure.message() + ".", folder);

    const std::shared_ptr<FeatureCache> cache(new FeatureCache);
    auto& file = cache->m_implementation->file;
    file = FeatureFile::openFinished(path, shape, key, threads);
    if (file)
        return cache;
    const uint64_t needed = static_cast<uint64_t>(shape.clips) * shape.valuesPerClip() * sizeof(float);
    trimCacheFolder(folder, folderBound - std::min(folderBound, needed));
    file = FeatureFile::create(path, shape, key);
    Builder(dataset, content.noun, content.compute, *file, before).build(threads, stop, progress);
    return cache;
}

int FeatureCache::clips() const
{
    return m_implementation->file->shape().clips;
}

int FeatureCache::rows() const
{
    return m_implementation->file->shape().rows;
}

int FeatureCache::columns() const
{
    return m_implementation->file->shape().columns;
}

bool FeatureCache::usable(int clip) const
{
    return m_implementation->file->usable(clip);
}

std::span<const float> FeatureCache::values(int clip) const
{
    return m_implementation->file->values(clip);
}

const std::vector<Problem>& FeatureCache::problems() const
{
    return m_implementation->file->problems();
}

} // namespace melscope
