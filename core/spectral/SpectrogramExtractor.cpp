// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectral/SpectrogramExtractor.h"

#include "audio/Resampler.h"
#include "base/Error.h"
#include "spectral/FftPlan.h"
#include "spectral/FrameCutter.h"
#include "spectral/MelFilterbank.h"
#include "spectral/SpectralKernels.h"

#include <algorithm>
#include <cfloat>
#include <cmath>

namespace melscope {
namespace {

constexpr float smallestPower = 1e-10f;

float decibelsPerOctave()
{
    return static_cast<float>(10.0 * std::log10(2.0));
}

} // namespace

struct SpectrogramExtractor::Implementation
{
    // A front end made by hand has not been checked yet.
    explicit Implementation(const FrontEnd& wanted)
        : frontEnd(FrontEnd::fromJson(wanted.toJson())), plan(frontEnd.nFft), cutter(frontEnd), rows(melFilterbank(frontEnd))
    {
    }

    SpectrogramGrid melPower(std::span<const float> samples) const;
    void computeBatch(std::span<const float> samples, FrameIndex first, SpectrogramGrid& grid) const;
    void toDecibels(SpectrogramGrid& grid) const;
    void toKaldiLog(SpectrogramGrid& grid) const;

    FrontEnd frontEnd;
    FftPlan plan;
    FrameCutter cutter;
    std::vector<MelRow> rows;
};

void SpectrogramExtractor::Implementation::computeBatch(std::span<const float> samples, FrameIndex first, SpectrogramGrid& grid) const
{
    const FftBuffers memory = plan.buffers();
    const FrameIndex count = std::min<FrameIndex>(kernels::lanes, grid.frames - first);
    const auto stride = static_cast<size_t>(plan.stride());
    for (FrameIndex lane = 0; lane < count; ++lane) {
        cutter.cut(samples, first + lane, memory.frame);
        plan.power(memory.frame, memory.power.data() + static_cast<size_t>(lane) * stride);
    }
    std::fill(memory.power.begin() + count * static_cast<FrameIndex>(stride), memory.power.end(), 0.0f);
    kernels::interleave(memory.power.data(), stride, static_cast<size_t>(plan.bins()), memory.interleaved.data());
    for (int mel = 0; mel < grid.mels; ++mel) {
        const MelRow& row = rows[static_cast<size_t>(mel)];
        float sums[kernels::lanes];
        kernels::weightedSum(memory.interleaved.data() + static_cast<ptrdiff_t>(row.firstBin) * kernels::lanes, row.weights.data(),
                             row.weights.size(), sums);
        std::copy_n(sums, count, grid.row(mel).begin() + first);
    }
}

SpectrogramGrid SpectrogramExtractor::Implementation::melPower(std::span<const float> samples) const
{
    static constexpr float silence[1] = {};
    if (samples.empty())
        samples = silence;
    SpectrogramGrid grid{frontEnd.mels, frontEnd.framesOf(static_cast<SampleIndex>(samples.size())), {}};
    grid.values.resize(static_cast<size_t>(grid.mels * grid.frames));
    for (FrameIndex first = 0; first < grid.frames; first += kernels::lanes)
        computeBatch(samples, first, grid);
    return grid;
}

void SpectrogramExtractor::Implementation::toDecibels(SpectrogramGrid& grid) const
{
    float smallest = smallestPower;
    if (frontEnd.topDb > 0.0) {
        const float loudest = std::max(smallestPower, kernels::maximum(grid.values.data(), grid.values.size()));
        smallest = std::max(smallest, loudest * static_cast<float>(std::pow(10.0, -frontEnd.topDb / 10.0)));
    }
    kernels::logarithm(grid.values.data(), grid.values.size(), smallest, decibelsPerOctave(), 0.0f);
}

void SpectrogramExtractor::Implementation::toKaldiLog(SpectrogramGrid& grid) const
{
    constexpr double ln2 = 0.6931471805599453;
    // The mean and twice the deviation of BEATs' AudioSet training data (Chen et al. 2022), part of what its weights were trained on.
    constexpr double beatsMean = 15.41663;
    constexpr double beatsSpread = 2.0 * 6.55582;
    const bool beats = frontEnd.kind == FrontEnd::Kind::Beats;
    kernels::logarithm(grid.values.data(), grid.values.size(), FLT_EPSILON, static_cast<float>(beats ? ln2 / beatsSpread : ln2),
                       static_cast<float>(beats ? -beatsMean / beatsSpread : 0.0));
}

SpectrogramExtractor::SpectrogramExtractor(const FrontEnd& frontEnd)
    : m_implementation(std::make_unique<const Implementation>(frontEnd))
{
}

SpectrogramExtractor::~SpectrogramExtractor() = default;

const FrontEnd& SpectrogramExtractor::frontEnd() const
{
    return m_implementation->frontEnd;
}

SpectrogramGrid SpectrogramExtractor::compute(std::span<const float> samples) const
{
    SpectrogramGrid grid = m_implementation->melPower(samples);
    if (frontEnd().kind == FrontEnd::Kind::Mel)
        m_implementation->toDecibels(grid);
    else
        m_implementation->toKaldiLog(grid);
    return grid;
}

SpectrogramGrid SpectrogramExtractor::computePower(std::span<const float> samples) const
{
    if (frontEnd().kind != FrontEnd::Kind::Mel)
        throw Error(ErrorKind::InvalidValue, "A Kaldi front end has no mel power; use a mel front end.");
    return m_implementation->melPower(samples);
}

std::vector<float> SpectrogramExtractor::prepare(const Waveform& waveform, bool fixedLength) const
{
    std::vector<float> samples = resample(toMono(waveform).samples, waveform.sampleRate, frontEnd().sampleRate);
    if (fixedLength)
        fitToLength(samples, frontEnd().clipLength());
    return samples;
}

} // namespace melscope
