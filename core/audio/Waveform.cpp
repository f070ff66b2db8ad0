// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/Waveform.h"

#include <cassert>
#include <cmath>
#include <limits>

namespace melscope {
namespace {

/// Adds up the samples of one channel that lie in runs of three or more at or beyond full scale.
SampleIndex clippedSamples(std::span<const float> samples)
{
    // 16-bit files reach 32767 / 32768 at the positive end.
    constexpr float fullScale = 32767.0f / 32768.0f;
    SampleIndex clipped = 0;
    SampleIndex run = 0;
    for (const float sample : samples) {
        run = std::abs(sample) >= fullScale ? run + 1 : 0;
        if (run == 3)
            clipped += 3;
        else if (run > 3)
            ++clipped;
    }
    return clipped;
}

double decibels(double amplitude)
{
    return amplitude > 0.0 ? 20.0 * std::log10(amplitude) : -std::numeric_limits<double>::infinity();
}

} // namespace

std::span<const float> Waveform::channel(int index) const
{
    assert(index >= 0 && index < channels);
    const auto count = static_cast<size_t>(length());
    return std::span(samples).subspan(static_cast<size_t>(index) * count, count);
}

Waveform toMono(const Waveform& waveform)
{
    if (waveform.channels == 1)
        return waveform;
    Waveform mono{waveform.sampleRate, 1, std::vector<float>(static_cast<size_t>(waveform.length()))};
    for (int c = 0; c < waveform.channels; ++c) {
        const std::span<const float> channel = waveform.channel(c);
        for (size_t i = 0; i < channel.size(); ++i)
            mono.samples[i] += channel[i];
    }
    for (float& sample : mono.samples)
        sample /= static_cast<float>(waveform.channels);
    return mono;
}

void fitToLength(std::vector<float>& samples, SampleIndex length)
{
    samples.resize(static_cast<size_t>(length), 0.0f);
}

Level measureLevel(const Waveform& waveform)
{
    double peak = 0.0;
    double energy = 0.0;
    for (const float sample : waveform.samples) {
        peak = std::max(peak, static_cast<double>(std::abs(sample)));
        energy += static_cast<double>(sample) * sample;
    }
    SampleIndex clipped = 0;
    for (int c = 0; c < waveform.channels; ++c)
        clipped += clippedSamples(waveform.channel(c));
    const double count = waveform.samples.empty() ? 1.0 : static_cast<double>(waveform.samples.size());
    return {decibels(peak), decibels(std::sqrt(energy / count)), static_cast<double>(clipped) / count};
}

} // namespace melscope
