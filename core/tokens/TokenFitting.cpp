// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/TokenFitting.h"

#include "base/Error.h"
#include "base/RandomStream.h"
#include "dataset/FeatureCache.h"
#include "dataset/ParallelClips.h"
#include "tokens/KMeans.h"

#include <algorithm>

namespace melscope {
namespace {

constexpr int64_t patchesPerCode = 400;
constexpr uint64_t sampleStream = 0x70617463686573ull;

/// A clip's tokens that are not silent.
struct HeardClip
{
    int clip = 0;
    std::vector<int> tokens;
};

class Fitter
{
public:
    Fitter(const TokenSettings& settings, const ClipSource& source, int threads, const std::stop_token& stop, const TokenProgress& progress)
        : m_settings(settings), m_source(source), m_threads(threads), m_stop(stop), m_progress(progress),
          m_layout(TokenLayout::of(settings.patch, settings.frontEnd.mels, settings.frontEnd.frames()))
    {
    }

    BandStatistics measureBands(const std::vector<int>& clips);
    std::vector<float> samplePatches(const BandStatistics& bands) const;

private:
    GridView view(const SharedValues& values) const { return {values.values, m_settings.frontEnd.mels, m_settings.frontEnd.frames()}; }
    void report(const char* what, int done, int total) const
    {
        if (m_stop.stop_requested())
            throw Error(ErrorKind::Cancelled, "Fitting the codebook was cancelled.");
        if (m_progress)
            m_progress(what, done, total);
    }

    const TokenSettings& m_settings;
    const ClipSource& m_source;
    int m_threads;
    const std::stop_token& m_stop;
    const TokenProgress& m_progress;
    TokenLayout m_layout;
    std::vector<HeardClip> m_heard;
};

BandStatistics Fitter::measureBands(const std::vector<int>& clips)
{
    report("Measuring the bands", 0, static_cast<int>(clips.size()));
    m_heard.assign(clips.size(), {});
    std::vector<BandMeter> meters(clips.size(), BandMeter(m_settings.frontEnd.mels));
    forEachClipInParallel(static_cast<int>(clips.size()), m_threads, m_stop, {}, [&](int index) {
        const auto i = static_cast<size_t>(index);
        const SharedValues values = m_source.grid(clips[i]);
        const std::vector<bool> silent = silentTokens(view(values), m_layout);
        meters[i].add(view(values), m_layout, silent);
        m_heard[i].clip = clips[i];
        for (int token = 0; token < m_layout.size(); ++token)
            if (!silent[static_cast<size_t>(token)])
                m_heard[i].tokens.push_back(token);
    });
    report("Measuring the bands", static_cast<int>(clips.size()), static_cast<int>(clips.size()));
    BandMeter all(m_settings.frontEnd.mels);
    for (const BandMeter& meter : meters)
        all.add(meter);
    return all.statistics();
}

std::vector<float> Fitter::samplePatches(const BandStatistics& bands) const
{
    std::vector<std::pair<int, int>> places; // clip, token
    for (const HeardClip& heard : m_heard)
        for (const int token : heard.tokens)
            places.emplace_back(heard.clip, token);
    if (places.empty())
        throw Error(ErrorKind::Empty, "These clips hold nothing but silence; there is nothing to fit a codebook on.");
    const auto wanted = static_cast<size_t>(patchesPerCode * m_settings.codes);
    if (places.size() > wanted) {
        RandomStream random({.seed = m_settings.seed, .epoch = 0, .clip = 0, .index = sampleStream});
        std::vector<std::pair<int, int>> drawn;
        for (const int64_t place : random.permutation(static_cast<int64_t>(places.size())))
            if (drawn.size() < wanted)
                drawn.push_back(places[static_cast<size_t>(place)]);
        std::ranges::sort(drawn); // clip by clip
        places = std::move(drawn);
    }
    const auto size = static_cast<size_t>(m_layout.patch.size());
    std::vector<float> patches(places.size() * size);
    SharedValues values;
    for (size_t i = 0; i < places.size(); ++i) {
        if (i == 0 || places[i].first != places[i - 1].first)
            values = m_source.grid(places[i].first);
        copyPatch(view(values), m_layout, bands, places[i].second, std::span(patches).subspan(i * size, size));
    }
    return patches;
}

/// source of a cache that is open.
ClipSource sourceOf(const std::shared_ptr<const FeatureCache>& cache)
{
    return {.grid = [cache](int clip) { return SharedValues{.values = cache->values(clip), .owner = cache}; },
            .usable = [cache](int clip) { return cache->usable(clip); }};
}

ClipSource openSource(const Dataset& dataset, const FrontEnd& frontEnd, int threads, const std::stop_token& stop, const TokenProgress& progress)
{
    return sourceOf(FeatureCache::open(dataset, frontEnd, threads, stop, [&](int done, int total) {
        if (progress)
            progress("Preparing spectrograms", done, total);
    }));
}

} // namespace

const ParameterSchema& TokenSettings::schema()
{
    using Type = Parameter::Type;
    static const ParameterSchema schema({
        {.key = "tokenizer", .label = "Tokenizer", .type = Type::Choice, .defaultValue = "k-means", .choices = {"k-means", "random-projection"},
         .help = "k-means clusters the patches of the training clips; a random projection fits nothing: random codes, compared in direction behind "
                 "a random projection (BEST-RQ)."},
        {.key = "codes", .label = "Codes", .type = Type::Integer, .defaultValue = 256, .minimum = 2, .maximum = 8192,
         .help = "Size of the vocabulary. More codes tell finer differences apart, and each is met less often.", .logarithmic = true},
        {.key = "patch_mels", .label = "Patch height", .type = Type::Integer, .unit = "mel rows", .defaultValue = 16, .minimum = 1, .maximum = 512,
         .help = "Mel rows of a token."},
        {.key = "patch_frames", .label = "Patch width", .type = Type::Integer, .unit = "frames", .defaultValue = 16, .minimum = 1, .maximum = 512,
         .help = "Frames of a token. Shorter patches follow attacks more closely and make more tokens a clip."},
        {.key = "iterations", .label = "Iterations", .type = Type::Integer, .defaultValue = 25, .minimum = 1, .maximum = 1000,
         .help = "Of k-means, at most; it ends earlier where the clusters no longer move.", .advanced = true},
        {.key = "code_dim", .label = "Projection", .type = Type::Integer, .unit = "dimensions", .defaultValue = 16, .minimum = 1, .maximum = 512,
         .help = "To how many dimensions a random projection brings the patches.", .advanced = true},
    });
    return schema;
}

TokenSettings TokenSettings::fromJson(const Json& values)
{
    return {.kind = codebookKindFrom(values.at("tokenizer")), .codes = values.at("codes"),
            .patch = {.mels = values.at("patch_mels"), .frames = values.at("patch_frames")}, .iterations = values.at("iterations"),
            .codeDim = values.at("code_dim")};
}

Tokenizer fitTokenizer(const TokenSettings& settings, const ClipSource& source, const std::vector<int>& training, int threads,
                       std::stop_token stop, const TokenProgress& progress)
{
    Fitter fitter(settings, source, threads, stop, progress);
    const PatchShape& patch = settings.patch;
    Tokenizer tokenizer{.name = std::string(toString(settings.kind)) + ", " + std::to_string(settings.codes) + " codes, patches of "
                                + std::to_string(patch.mels) + " x " + std::to_string(patch.frames),
                        .frontEnd = settings.frontEnd, .patch = patch, .bands = fitter.measureBands(training)};
    if (settings.kind == Codebook::Kind::RandomProjection) {
        tokenizer.codebook = Codebook::randomProjection(settings.codes, patch.size(), settings.codeDim, settings.seed);
        return tokenizer;
    }
    const KMeansSettings clustering{.clusters = settings.codes, .iterations = settings.iterations, .seed = settings.seed, .threads = threads};
    KMeansResult result = kMeans(fitter.samplePatches(tokenizer.bands), patch.size(), clustering, stop, [&](int done, int total) {
        if (progress)
            progress("Fitting the codebook", done, total);
    });
    tokenizer.codebook = Codebook::ofCentroids(Codebook::Kind::KMeans, std::move(result.centroids), patch.size());
    return tokenizer;
}

std::shared_ptr<const TokenSet> fitTokens(const Dataset& dataset, const TokenSettings& settings, std::optional<int> heldOut, int threads,
                                          std::stop_token stop, const TokenProgress& progress)
{
    TokenLayout::of(settings.patch, settings.frontEnd.mels, settings.frontEnd.frames()); // refuse before any work
    const ClipSource source = openSource(dataset, settings.frontEnd, threads, stop, progress);
    std::vector<int> training;
    for (int clip = 0; clip < static_cast<int>(dataset.clips.size()); ++clip)
        if (source.usable(clip) && (!heldOut || dataset.clips[static_cast<size_t>(clip)].fold != *heldOut))
            training.push_back(clip);
    const Tokenizer tokenizer = fitTokenizer(settings, source, training, threads, stop, progress);
    return std::make_shared<const TokenSet>(tokenizeDataset(tokenizer, dataset, source, heldOut, threads, stop, progress));
}

std::shared_ptr<const TokenSet> applyTokenizer(const Tokenizer& tokenizer, const Dataset& dataset, std::optional<int> heldOut, int threads,
                                               std::stop_token stop, const TokenProgress& progress)
{
    const ClipSource source = openSource(dataset, tokenizer.frontEnd, threads, stop, progress);
    return std::make_shared<const TokenSet>(tokenizeDataset(tokenizer, dataset, source, heldOut, threads, stop, progress));
}

} // namespace melscope
