// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/demo/SoundTools.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace melscope::demo {
namespace {

constexpr double twoPi = 2.0 * std::numbers::pi;

struct Corner
{
    Corner(double hz, double q) : cosine(std::cos(twoPi * hz / sampleRate)), alpha(std::sin(twoPi * hz / sampleRate) / (2.0 * q)) {}
    double cosine;
    double alpha;
};

} // namespace

void fillNoise(std::span<float> samples, RandomStream& random)
{
    // Four 16-bit numbers a draw: noise is what the demo needs most of.
    for (size_t i = 0; i < samples.size(); i += 4) {
        uint64_t bits = random.bits();
        for (size_t k = i; k < std::min(i + 4, samples.size()); ++k, bits >>= 16)
            samples[k] = static_cast<float>(static_cast<int16_t>(bits & 0xFFFF)) * 0x1p-15f;
    }
}

Samples noise(size_t length, RandomStream& random)
{
    Samples samples(length);
    fillNoise(samples, random);
    return samples;
}

Biquad::Biquad(double b0, double b1, double b2, double a0, double a1, double a2)
    : m_b0(static_cast<float>(b0 / a0)), m_b1(static_cast<float>(b1 / a0)), m_b2(static_cast<float>(b2 / a0)),
      m_a1(static_cast<float>(a1 / a0)), m_a2(static_cast<float>(a2 / a0))
{
}

Biquad Biquad::lowPass(double hz, double q)
{
    const Corner c(hz, q);
    return {(1 - c.cosine) / 2, 1 - c.cosine, (1 - c.cosine) / 2, 1 + c.alpha, -2 * c.cosine, 1 - c.alpha};
}

Biquad Biquad::highPass(double hz, double q)
{
    const Corner c(hz, q);
    return {(1 + c.cosine) / 2, -1 - c.cosine, (1 + c.cosine) / 2, 1 + c.alpha, -2 * c.cosine, 1 - c.alpha};
}

Biquad Biquad::bandPass(double hz, double q)
{
    const Corner c(hz, q);
    return {c.alpha, 0, -c.alpha, 1 + c.alpha, -2 * c.cosine, 1 - c.alpha};
}

Biquad Biquad::peak(double hz, double q, double db)
{
    const Corner c(hz, q);
    const double a = decibels(db / 2);
    return {1 + c.alpha * a, -2 * c.cosine, 1 - c.alpha * a, 1 + c.alpha / a, -2 * c.cosine, 1 - c.alpha / a};
}

Biquad Biquad::lowShelf(double hz, double db)
{
    const Corner c(hz, 0.7071);
    const double a = decibels(db / 2);
    const double s = 2 * std::sqrt(a) * c.alpha;
    return {a * (a + 1 - (a - 1) * c.cosine + s), 2 * a * (a - 1 - (a + 1) * c.cosine), a * (a + 1 - (a - 1) * c.cosine - s),
            a + 1 + (a - 1) * c.cosine + s,       -2 * (a - 1 + (a + 1) * c.cosine),    a + 1 + (a - 1) * c.cosine - s};
}

Biquad Biquad::highShelf(double hz, double db)
{
    const Corner c(hz, 0.7071);
    const double a = decibels(db / 2);
    const double s = 2 * std::sqrt(a) * c.alpha;
    return {a * (a + 1 + (a - 1) * c.cosine + s), -2 * a * (a - 1 + (a + 1) * c.cosine), a * (a + 1 + (a - 1) * c.cosine - s),
            a + 1 - (a - 1) * c.cosine + s,       2 * (a - 1 - (a + 1) * c.cosine),      a + 1 - (a - 1) * c.cosine - s};
}

void Biquad::apply(std::span<float> samples)
{
    for (float& sample : samples) {
        const float input = sample;
        sample = m_b0 * input + m_z1;
        m_z1 = m_b1 * input - m_a1 * sample + m_z2;
        m_z2 = m_b2 * input - m_a2 * sample;
    }
}

WanderingCurve::WanderingCurve(double low, double high, double perSecond, size_t length, RandomStream& random)
    : m_perSample(static_cast<float>(perSecond / sampleRate))
{
    const auto count = static_cast<size_t>(static_cast<double>(length) * perSecond / sampleRate) + 2;
    for (size_t i = 0; i < count; ++i)
        m_points.push_back(static_cast<float>(random.uniform(low, high)));
}

float WanderingCurve::at(size_t sample) const
{
    const float position = static_cast<float>(sample) * m_perSample;
    const auto left = std::min(static_cast<size_t>(position), m_points.size() - 2);
    return m_points[left] + (position - static_cast<float>(left)) * (m_points[left + 1] - m_points[left]);
}

void addRinging(Samples& samples, double start, double hz, double decay, double amplitude)
{
    const auto begin = static_cast<size_t>(start * sampleRate);
    const size_t end = std::min(samples.size(), begin + static_cast<size_t>(6.9 * decay * sampleRate));
    const double angle = twoPi * hz / sampleRate;
    const double shrink = std::exp(-1.0 / (decay * sampleRate));
    const auto c = static_cast<float>(shrink * std::cos(angle));
    const auto s = static_cast<float>(shrink * std::sin(angle));
    auto real = static_cast<float>(amplitude);
    float imaginary = 0.0f;
    for (size_t i = begin; i < end; ++i) {
        samples[i] += imaginary;
        const float next = c * real - s * imaginary;
        imaginary = s * real + c * imaginary;
        real = next;
    }
}

void addBurst(Samples& samples, double start, double hz, double q, double decay, double amplitude, RandomStream& random)
{
    const auto begin = static_cast<size_t>(start * sampleRate);
    if (begin >= samples.size())
        return;
    const size_t length = std::min(samples.size() - begin, static_cast<size_t>(6.9 * decay * sampleRate));
    Samples burst = noise(length, random);
    Biquad::bandPass(hz, q).apply(burst);
    const auto shrink = static_cast<float>(std::exp(-1.0 / (decay * sampleRate)));
    // A narrow band of noise holds less power; make bursts equally strong whatever their sharpness.
    auto gain = static_cast<float>(amplitude * std::sqrt(sampleRate / 4.0 * q / hz));
    for (size_t i = 0; i < length; ++i, gain *= shrink)
        samples[begin + i] += gain * burst[i];
}

std::vector<double> randomMoments(double perSecond, RandomStream& random)
{
    std::vector<double> moments;
    static constexpr double seconds = static_cast<double>(clipSamples) / sampleRate;
    for (double t = -std::log1p(-random.uniform()) / perSecond; t < seconds; t -= std::log1p(-random.uniform()) / perSecond)
        moments.push_back(t);
    return moments;
}

double logUniform(RandomStream& random, double low, double high)
{
    return low * std::exp(random.uniform() * std::log(high / low));
}

double decibels(double db)
{
    return std::pow(10.0, db / 20.0);
}

float peakOf(std::span<const float> samples)
{
    float peak = 0.0f;
    for (const float sample : samples)
        peak = std::max(peak, std::abs(sample));
    return peak;
}

float rmsOf(std::span<const float> samples)
{
    double sum = 0.0;
    for (const float sample : samples)
        sum += static_cast<double>(sample) * sample;
    return samples.empty() ? 0.0f : static_cast<float>(std::sqrt(sum / static_cast<double>(samples.size())));
}

void scale(std::span<float> samples, double factor)
{
    for (float& sample : samples)
        sample *= static_cast<float>(factor);
}

void mix(Samples& into, std::span<const float> other, double factor)
{
    for (size_t i = 0; i < std::min(into.size(), other.size()); ++i)
        into[i] += static_cast<float>(factor) * other[i];
}

namespace detail {

float filterFactor(double hz)
{
    return static_cast<float>(2.0 * std::sin(std::numbers::pi * std::clamp(hz, 10.0, sampleRate / 6.5) / sampleRate));
}

} // namespace detail
} // namespace melscope::demo
