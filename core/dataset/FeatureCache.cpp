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
};

/// Where that lies, and what must be there.
struct FeatureCache::Place
{
    std::string stamp; // of the dataset's files, now
    std::string key;
    fs::path path;
    FeatureFile::Shape shape;

    std::unique_ptr<FeatureFile> makeRoom() const;
};

namespace {

constexpr uint64_t folderBound = 8ull << 30; // bytes
constexpr int contentVersion = 1;            // of the numbers in the files: another one makes them stale

using ComputeClip = std::function<std::vector<float>(const Waveform&)>;

[[noreturn]] void cancelled(const Dataset& dataset, const std::string& noun)
{
    throw Error(ErrorKind::Cancelled, "Preparing the " + noun + " of " + dataset.name + " was cancelled.", dataset.root);
}

/// What went away or changed meanwhile must not be remembered under the name of what was there before.
void requireUnchanged(const Dataset& dataset, const std::string& before, const std::string& noun)
{
    if (fileStamp(dataset) != before)
        throw Error(ErrorKind::Missing, "Files of " + dataset.name + " in " + dataset.root.string() + " went away or changed while their "
                    + noun + " were prepared; bring them back and try again.", dataset.root);
}

class Builder
{
public:
    /// `before`: the stamp of the dataset's files when the cache was named.
    Builder(const Dataset& dataset, const std::string& noun, const ComputeClip& compute, FeatureFile& file, std::string before)
        : m_stamp(std::move(before)), m_dataset(dataset), m_noun(noun), m_compute(compute), m_file(file),
          m_problems(dataset.clips.size())
    {
    }

    void build(int threads, std::stop_token stop, const std::function<void(int, int)>& progress)
    {
        forEachClipInParallel(static_cast<int>(m_dataset.clips.size()), threads, stop, progress,
                              [&](int clip) { compute(clip); });
        if (stop.stop_requested())
            cancelled(m_dataset, m_noun);
        requireUnchanged(m_dataset, m_stamp, m_noun);
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

    const std::string m_stamp;
    const Dataset& m_dataset;
    const std::string& m_noun;
    const ComputeClip& m_compute;
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
                        .columns = frontEnd.frames()};
    return open(dataset, grids, [&](const Waveform& waveform) { return extractor.compute(extractor.prepare(waveform, true)).values; },
                threads, stop, progress);
}

std::shared_ptr<const FeatureCache> FeatureCache::openSamples(const Dataset& dataset, const FrontEnd& frontEnd, int threads,
                                                              std::stop_token stop, const std::function<void(int, int)>& progress)
{
    const SpectrogramExtractor extractor(frontEnd);
    // Only rate and length: recipes that differ in mel bands alone share their samples.
    const auto length = static_cast<int>(frontEnd.clipLength());
    const Content samples{.noun = "samples", .key = "samples " + std::to_string(frontEnd.sampleRate) + ' ' + std::to_string(length) + ' ',
                          .extension = ".samples", .rows = 1, .columns = length};
    return open(dataset, samples, [&](const Waveform& waveform) { return extractor.prepare(waveform, true); }, threads, stop, progress);
}

FeatureCache::Place FeatureCache::placeOf(const Dataset& dataset, const Content& content)
{
    Place place{.stamp = fileStamp(dataset), .shape = {static_cast<int>(dataset.clips.size()), content.rows, content.columns}};
    place.key = sha256(place.stamp + content.key + std::to_string(contentVersion));
    place.path = cacheFolder() / "features" / (place.key.substr(0, 32) + content.extension);
    return place;
}

FeatureCache::Place FeatureCache::placeOf(const Dataset& dataset, const FrontEnd& frontEnd, const DerivedFeatures& features)
{
    return placeOf(dataset, {.noun = features.noun, .key = features.key + ' ' + frontEnd.toJson().dump(), .extension = ".features",
                             .rows = features.rows, .columns = features.columns});
}

std::shared_ptr<FeatureCache> FeatureCache::finished(const Place& place, int threads)
{
    auto file = FeatureFile::openFinished(place.path, place.shape, place.key, threads);
    if (!file)
        return nullptr;
    const std::shared_ptr<FeatureCache> cache(new FeatureCache);
    cache->m_implementation->file = std::move(file);
    return cache;
}

std::unique_ptr<FeatureFile> FeatureCache::Place::makeRoom() const
{
    const fs::path folder = path.parent_path();
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure)
        throw Error(ErrorKind::Unreadable, "Cannot create the folder " + folder.string() + ": " + failure.message() + ".", folder);
    const uint64_t needed = static_cast<uint64_t>(shape.clips) * shape.valuesPerClip() * sizeof(float);
    trimCacheFolder(folder, folderBound - std::min(folderBound, needed));
    return FeatureFile::create(path, shape, key);
}

std::shared_ptr<const FeatureCache> FeatureCache::open(const Dataset& dataset, const Content& content, const Compute& compute, int threads,
                                                       std::stop_token stop, const std::function<void(int, int)>& progress)
{
    const Place place = placeOf(dataset, content);
    if (auto known = finished(place, threads))
        return known;
    const std::shared_ptr<FeatureCache> cache(new FeatureCache);
    auto& file = cache->m_implementation->file;
    file = place.makeRoom();
    Builder(dataset, content.noun, compute, *file, place.stamp).build(threads, stop, progress);
    return cache;
}

std::shared_ptr<const FeatureCache> FeatureCache::findDerived(const Dataset& dataset, const FrontEnd& frontEnd,
                                                              const DerivedFeatures& features, int threads)
{
    return finished(placeOf(dataset, frontEnd, features), threads);
}

std::shared_ptr<const FeatureCache> FeatureCache::openDerived(const Dataset& dataset, const FrontEnd& frontEnd, const FeatureCache& grids,
                                                              const DerivedFeatures& features, int threads,
                                                              const std::function<bool(int, int)>& goOn)
{
    const Place place = placeOf(dataset, frontEnd, features);
    if (auto known = finished(place, threads))
        return known;
    const std::shared_ptr<FeatureCache> cache(new FeatureCache);
    auto& file = cache->m_implementation->file;
    file = place.makeRoom();
    std::vector<int> usable;
    for (int clip = 0; clip < grids.clips(); ++clip) {
        if (grids.usable(clip))
            usable.push_back(clip);
        else
            file->setUsable(clip, false);
    }
    const auto batch = static_cast<size_t>(std::max(features.batch, 1));
    for (size_t begin = 0; begin < usable.size(); begin += batch) {
        if (!goOn(static_cast<int>(begin), static_cast<int>(usable.size())))
            cancelled(dataset, features.noun);
        std::vector<std::span<const float>> from;
        std::vector<std::span<float>> to;
        const size_t end = std::min(begin + batch, usable.size());
        for (size_t i = begin; i < end; ++i) {
            from.push_back(grids.values(usable[i]));
            to.push_back(file->writableValues(usable[i]));
        }
        features.compute(from, to);
        for (size_t i = begin; i < end; ++i)
            file->setUsable(usable[i], true);
    }
    requireUnchanged(dataset, place.stamp, features.noun);
    file->finish(grids.problems());
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
