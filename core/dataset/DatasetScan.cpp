// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/DatasetScan.h"

#include "dataset/ClipProblem.h"
#include "dataset/ParallelClips.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace melscope {
namespace {

/// What one thread finds in one file. Problems of different clips are kept apart, so no lock is needed.
class ClipScan
{
public:
    ClipScan(const Clip& clip, ClipFacts& facts, std::vector<Problem>& problems)
        : m_clip(clip), m_facts(facts), m_problems(problems)
    {
    }

    void run(bool deep)
    {
        try {
            m_facts.info = readAudioInfo(m_clip.path);
            m_facts.readable = true;
            if (deep)
                decode();
        } catch (const Error& error) {
            m_facts.readable = false;
            m_problems.push_back(problemOf(m_clip, error));
        }
    }

private:
    void decode()
    {
        bool cut = false;
        const Waveform waveform = readAudioFile(m_clip.path, &cut);
        const SampleIndex promised = m_facts.info.frames;
        m_facts.info.frames = waveform.length();
        if (cut)
            m_problems.push_back(truncatedProblem(m_clip, waveform.length(), promised));
        m_facts.level = measureLevel(waveform);
        if (m_facts.level.peakDb < silenceDb)
            report(Problem::Kind::Silent, "is silent; it teaches a model nothing about its class.");
        if (m_facts.level.clippedShare > clippedShare)
            report(Problem::Kind::Clipped,
                   "is clipped in " + std::to_string(static_cast<int>(std::ceil(1000 * m_facts.level.clippedShare)))
                       + " of 1000 samples; it sounds distorted and is used as it is.");
    }

    void report(Problem::Kind kind, const std::string& sentence)
    {
        m_problems.push_back({kind, m_clip.path, m_clip.name + " " + sentence, false});
    }

    static constexpr double silenceDb = -80.0;     // below the noise of 16-bit converters with gain to spare
    static constexpr double clippedShare = 0.0005; // a few hundredths of a second in a clip of five

    const Clip& m_clip;
    ClipFacts& m_facts;
    std::vector<Problem>& m_problems;
};

/// The value that more than half of the readable clips share, or none.
template<typename Key>
std::optional<Key> majority(const std::vector<ClipFacts>& facts, Key (*keyOf)(const ClipFacts&))
{
    std::map<Key, size_t> counts;
    size_t readable = 0;
    for (const ClipFacts& clip : facts) {
        if (!clip.readable)
            continue;
        ++readable;
        ++counts[keyOf(clip)];
    }
    for (const auto& [key, count] : counts)
        if (2 * count > readable)
            return key;
    return std::nullopt;
}

std::string inSeconds(double seconds)
{
    const long long tenths = std::llround(10 * seconds);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

/// What is unusual beside the others: information, nothing is lost by it.
void compareWithMajority(const Dataset& dataset, const std::vector<ClipFacts>& facts, std::vector<std::vector<Problem>>& problems)
{
    const auto rate = majority<int>(facts, [](const ClipFacts& clip) { return clip.info.sampleRate; });
    const auto tenths = majority<long long>(facts, [](const ClipFacts& clip) { return std::llround(10 * clip.info.seconds()); });
    for (size_t i = 0; i < facts.size(); ++i) {
        const AudioInfo& info = facts[i].info;
        const Clip& clip = dataset.clips[i];
        const auto report = [&](Problem::Kind kind, const std::string& sentence) {
            problems[i].push_back({kind, clip.path, clip.name + " " + sentence, false});
        };
        if (!facts[i].readable)
            continue;
        if (rate && info.sampleRate != *rate)
            report(Problem::Kind::UnusualRate, "is sampled at " + std::to_string(info.sampleRate) + " Hz where most clips have "
                                                   + std::to_string(*rate) + " Hz; it is resampled.");
        if (!tenths || info.frames == 0)
            continue;
        const double usual = static_cast<double>(*tenths) / 10;
        const std::string lasts = "lasts " + inSeconds(info.seconds()) + " where most clips last " + inSeconds(usual);
        if (info.seconds() < usual - 0.1)
            report(Problem::Kind::Short, lasts + "; models hear it followed by silence.");
        if (info.seconds() > usual + 0.1)
            report(Problem::Kind::Long, lasts + "; models hear its beginning.");
    }
}

} // namespace

ScanResult scanDataset(const Dataset& dataset, bool deep, int threads, std::stop_token stop,
                       const std::function<void(int, int)>& progress,
                       const std::function<void(int, const ClipFacts&)>& publish)
{
    ScanResult result;
    result.facts.resize(dataset.clips.size());
    std::vector<std::vector<Problem>> problems(dataset.clips.size());
    forEachClipInParallel(static_cast<int>(dataset.clips.size()), threads, stop, progress, [&](int clip) {
        const auto i = static_cast<size_t>(clip);
        ClipScan(dataset.clips[i], result.facts[i], problems[i]).run(deep);
        if (publish)
            publish(clip, result.facts[i]);
    });
    if (stop.stop_requested())
        throw Error(ErrorKind::Cancelled, "Looking into the files of " + dataset.name + " was cancelled.", dataset.root);
    compareWithMajority(dataset, result.facts, problems);
    for (std::vector<Problem>& ofClip : problems)
        std::move(ofClip.begin(), ofClip.end(), std::back_inserter(result.problems));
    return result;
}

} // namespace melscope
