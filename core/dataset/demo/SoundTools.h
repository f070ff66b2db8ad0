// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/RandomStream.h"

#include <cstddef>
#include <span>
#include <vector>

namespace melscope::demo {

using Samples = std::vector<float>;

inline constexpr int sampleRate = 44100;           ///< Hz
inline constexpr size_t clipSamples = 5 * sampleRate;

/// Uniform white noise, +-1.
void fillNoise(std::span<float> samples, RandomStream& random);
Samples noise(size_t length, RandomStream& random);

/// Second-order filter by the usual bilinear designs. hz is the corner or centre, q its sharpness, db the gain of a peak or shelf.
class Biquad
{
public:
    static Biquad lowPass(double hz, double q = 0.7071);
    static Biquad highPass(double hz, double q = 0.7071);
    static Biquad bandPass(double hz, double q); ///< gain 1 at the centre
    static Biquad peak(double hz, double q, double db);
    static Biquad lowShelf(double hz, double db);
    static Biquad highShelf(double hz, double db);

    void apply(std::span<float> samples);

private:
    Biquad(double b0, double b1, double b2, double a0, double a1, double a2);
    float m_b0, m_b1, m_b2, m_a1, m_a2;
    float m_z1 = 0.0f, m_z2 = 0.0f;
};

/// A curve that wanders between low and high, with `perSecond` independent points a second joined by straight lines.
class WanderingCurve
{
public:
    WanderingCurve(double low, double high, double perSecond, size_t length, RandomStream& random);
    float at(size_t sample) const;

private:
    std::vector<float> m_points;
    float m_perSample;
};

/// Resonant low-pass or band-pass whose corner follows hz(sample), looked at every 32 samples.
enum class SweptKind { LowPass, BandPass };
template<typename Frequency>
void applySwept(std::span<float> samples, SweptKind kind, double q, Frequency hz);

/// Adds amplitude * exp(-t / decay) * sin(2 pi hz t) from `start` on, until 60 dB down. Seconds, Hz.
void addRinging(Samples& samples, double start, double hz, double decay, double amplitude);

/// Adds noise that decays like addRinging's, through a band-pass.
void addBurst(Samples& samples, double start, double hz, double q, double decay, double amplitude, RandomStream& random);

/// Moments of a Poisson process over the clip, seconds.
std::vector<double> randomMoments(double perSecond, RandomStream& random);

/// A number whose logarithm is uniform: for frequencies and amplitudes.
double logUniform(RandomStream& random, double low, double high);

double decibels(double db); ///< as an amplitude ratio
float peakOf(std::span<const float> samples);
float rmsOf(std::span<const float> samples);
void scale(std::span<float> samples, double factor);
void mix(Samples& into, std::span<const float> other, double factor);

namespace detail {
/// Chamberlin's state-variable filter, stable for corners below a sixth of the rate.
struct StateVariableFilter
{
    float low = 0.0f;
    float band = 0.0f;
    float step(float input, float f, float damping)
    {
        low += f * band;
        const float high = input - low - damping * band;
        band += f * high;
        return low;
    }
};
float filterFactor(double hz);
} // namespace detail

template<typename Frequency>
void applySwept(std::span<float> samples, SweptKind kind, double q, Frequency hz)
{
    detail::StateVariableFilter filter;
    const auto damping = static_cast<float>(1.0 / q);
    float factor = 0.0f;
    for (size_t i = 0; i < samples.size(); ++i) {
        if (i % 32 == 0)
            factor = detail::filterFactor(hz(i));
        const float low = filter.step(samples[i], factor, damping);
        samples[i] = kind == SweptKind::LowPass ? low : damping * filter.band;
    }
}

} // namespace melscope::demo
