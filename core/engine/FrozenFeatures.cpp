// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/FrozenFeatures.h"

#include "dataset/FeatureCache.h"
#include "engine/ClipEncoder.h"
#include "engine/InitialBody.h"
#include "engine/Precision.h"
#include "nn/FeatureHead.h"
#include "training/BeatsEncoder.h"

#include <algorithm>
#include <chrono>

namespace melscope {
namespace {

constexpr int clipsAtOnce = 4; // more are no faster, and a stop is heeded between batches
constexpr int probedBatches = 3; // of which the first warms up

Beats encoderOf(const FoldJob& job)
{
    if (job.recipe.weights) {
        const PretrainedModel model = readPretrained(*job.recipe.weights);
        return beatsFrom(model.metadata.value("cfg", Json()), model.tensors);
    }
    Beats model(beatsEncoder(job.recipe));
    model->initialise(job.seed);
    return model;
}

/// The encoder of a job in front of the spectrograms of its clips.
class FrozenEncoder
{
public:
    FrozenEncoder(const FoldJob& job, int threads, const PreparingTick& tick) : m_job(job), m_frontEnd(job.recipe.frontEnd())
    {
        const BeatsConfig config = beatsEncoder(job.recipe);
        m_shape = {.rows = static_cast<int>(m_frontEnd.mels / config.patch), .columns = static_cast<int>(config.dim)};
        if (m_shape.rows == 0)
            throw Error(ErrorKind::InvalidValue, "BEATs needs at least " + std::to_string(config.patch) + " mel rows; front_end.mels is "
                                                     + std::to_string(m_frontEnd.mels) + ".");
        m_grids = openGrids(job, threads, tick);
        m_bf16 = precisionOf(job.recipe) == "bf16";
    }

    const FeatureCache& grids() const { return *m_grids; }
    const FrontEnd& frontEnd() const { return m_frontEnd; }
    const GridShape& shape() const { return m_shape; }

    DerivedFeatures features()
    {
        const std::string weights = m_job.recipe.weights ? m_job.recipe.weights->sha256 : "random " + std::to_string(m_job.seed);
        return {.noun = "BEATs features", .key = "BEATs " + weights + (m_bf16 ? " bf16" : " fp32"), .rows = m_shape.rows,
                .columns = m_shape.columns, .batch = clipsAtOnce,
                .compute = [this](const auto& from, const auto& to) { compute(from, to); }};
    }

    void compute(const std::vector<std::span<const float>>& from, const std::vector<std::span<float>>& to)
    {
        if (!m_encoder) // read where something is left to compute
            m_encoder.emplace(encoderOf(m_job), m_bf16);
        const torch::Tensor bands = m_encoder->bands(from, {.rows = m_grids->rows(), .columns = m_grids->columns()}).contiguous();
        for (size_t i = 0; i < to.size(); ++i)
            std::copy_n(bands.data_ptr<float>() + i * m_shape.size(), m_shape.size(), to[i].begin());
    }

    FoldData foldData(std::function<SharedValues(int clip)> features) const
    {
        ClipSource source{.grid = std::move(features), .gridShape = m_shape,
                          .usable = [grids = m_grids](int clip) { return grids->usable(clip); }};
        FoldData data = makeFoldData(m_job.dataset, m_job.fold, m_frontEnd, std::move(source));
        data.problems = m_grids->problems();
        return data;
    }

    FoldData foldData(const std::shared_ptr<const FeatureCache>& cache) const
    {
        return foldData([cache](int clip) { return SharedValues{.values = cache->values(clip), .owner = cache}; });
    }

private:
    const FoldJob& m_job;
    FrontEnd m_frontEnd;
    GridShape m_shape;
    bool m_bf16 = false;
    std::shared_ptr<const FeatureCache> m_grids;
    std::optional<ClipEncoder> m_encoder;
};

std::vector<int> usableClips(const FeatureCache& grids)
{
    std::vector<int> clips;
    for (int clip = 0; clip < grids.clips(); ++clip)
        if (grids.usable(clip))
            clips.push_back(clip);
    return clips;
}

} // namespace

FoldData openFrozenFoldData(const FoldJob& job, int threads, const PreparingTick& tick)
{
    FrozenEncoder encoder(job, threads, tick);
    return encoder.foldData(FeatureCache::openDerived(*job.dataset, encoder.frontEnd(), encoder.grids(), encoder.features(), threads,
                                                      [&](int done, int total) {
                                                          return tick("Computing BEATs features: " + std::to_string(done) + " of " + std::to_string(total));
                                                      }));
}

FrozenProbe probeFrozenFoldData(const FoldJob& job, int threads, const PreparingTick& tick)
{
    FrozenEncoder encoder(job, threads, tick);
    if (const auto cache = FeatureCache::findDerived(*job.dataset, encoder.frontEnd(), encoder.features(), threads))
        return {.data = encoder.foldData(cache)};
    const std::vector<int> clips = usableClips(encoder.grids());
    std::vector<SharedValues> known;
    double perClip = 0.0;
    for (size_t begin = 0; begin < std::min(clips.size(), size_t{probedBatches * clipsAtOnce}); begin += clipsAtOnce) {
        if (!tick("Computing the BEATs features of a few clips"))
            throw Error(ErrorKind::Cancelled, "The cost was not measured to its end.");
        const auto batch = std::span(clips).subspan(begin, std::min<size_t>(clipsAtOnce, clips.size() - begin));
        std::vector<std::vector<float>> values(batch.size(), std::vector<float>(encoder.shape().size()));
        std::vector<std::span<const float>> from;
        for (const int clip : batch)
            from.push_back(encoder.grids().values(clip));
        const auto before = std::chrono::steady_clock::now();
        encoder.compute(from, {values.begin(), values.end()});
        perClip = std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count() / static_cast<double>(batch.size());
        for (std::vector<float>& ofClip : values)
            known.push_back(shareValues(std::move(ofClip)));
    }
    if (known.empty())
        return {.data = encoder.foldData([](int) { return SharedValues(); })}; // which says that there are too few clips
    return {.data = encoder.foldData([known](int clip) { return known[static_cast<size_t>(clip) % known.size()]; }),
            .secondsOnce = perClip * static_cast<double>(clips.size())};
}

NamedTensors standardisationBy(const FoldData& data, const NetworkMaker& make)
{
    const GridShape shape = data.source.gridShape.value();
    torch::Tensor features = torch::empty({static_cast<int64_t>(data.trainingClips.size()), 1, shape.rows, shape.columns});
    float* target = features.data_ptr<float>();
    for (const int clip : data.trainingClips)
        target = std::ranges::copy(data.source.grid(clip).values, target).out;
    const std::shared_ptr<Network> head = make(1); // the classifier does not count
    dynamic_cast<FeatureHeadImpl&>(*head).standardiseBy(features);
    return bodyOf(*head);
}

} // namespace melscope
