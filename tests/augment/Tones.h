// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationChain.h"

#include <cmath>
#include <complex>
#include <numbers>
#include <span>
#include <string>

namespace melscope::test {

/// An augmentation of samples under the stream of one clip, the only one there is; absent values are defaults.
inline void augment(const std::string& name, Json values, std::vector<float>& samples, int rate, uint64_t clip = 0)
{
    values["name"] = name;
    const AugmentationChain chain = AugmentationChain::fromJson({{"waveform", Json::array({values})}});
    const std::vector<float> before = samples;
    RandomStream random({.clip = clip});
    dynamic_cast<const WaveformAugmentation&>(*chain.entries(AugmentationStage::Waveform).front().augmentation)
        .apply(samples, {.sampleRate = rate, .drawClip = [&](RandomStream&) { return shareValues(before); }}, random);
}

/// Amplitude and phase of the sine at `hz`, relative to the span's first sample, seen through a Hann window.
inline std::complex<double> toneIn(std::span<const float> samples, double hz, int rate)
{
    std::complex<double> sum = 0.0;
    double weights = 0.0;
    for (size_t i = 0; i < samples.size(); ++i) {
        const auto n = static_cast<double>(i);
        const double weight = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * (n + 0.5) / static_cast<double>(samples.size()));
        sum += weight * static_cast<double>(samples[i]) * std::polar(1.0, -2.0 * std::numbers::pi * hz / rate * n);
        weights += weight;
    }
    return 2.0 * sum / weights;
}

/// The frequency of a sine close to `hz`: how its phase moves from the span's first half to its second.
inline double frequencyIn(std::span<const float> samples, double hz, int rate)
{
    const size_t half = samples.size() / 2;
    const std::complex<double> first = toneIn(samples.first(half), hz, rate);
    const std::complex<double> second = toneIn(samples.subspan(half, half), hz, rate);
    const double moved = std::arg(second * std::conj(first) * std::polar(1.0, -2.0 * std::numbers::pi * hz / rate * static_cast<double>(half)));
    return hz + moved * rate / (2.0 * std::numbers::pi * static_cast<double>(half));
}

inline double decibels(double amplitude)
{
    return 20.0 * std::log10(amplitude);
}

} // namespace melscope::test
