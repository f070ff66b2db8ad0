// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/Loudness.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace melscope {
namespace {

constexpr double loudnessOffset = -0.691; // of BS.1770: a 997 Hz sine at full scale is -3.01 LUFS
constexpr double absoluteGate = -70.0;    // LUFS
constexpr double relativeGate = -10.0;    // LU
constexpr int stepsPerBlock = 4;          // blocks of 400 ms overlap by three quarters
constexpr double stepSeconds = 0.1;
constexpr double largestBoostDb = 40.0;

struct Biquad
{
    double b0, b1, b2, a1, a2;
    double z1 = 0.0, z2 = 0.0;

    double operator()(double x)
    {
        const double y = b0 * x + z1;
        z1 = b1 * x - a1 * y + z2;
        z2 = b2 * x - a2 * y;
        return y;
    }
};

double warped(double hz, int sampleRate)
{
    return std::tan(std::numbers::pi * std::min(hz / sampleRate, 0.45));
}

// The standard gives coefficients at 48 kHz only; these are its analogue prototypes, as libebur128 derived them.
Biquad headShelf(int sampleRate)
{
    const double q = 0.7071752369554196;
    const double k = warped(1681.974450955533, sampleRate);
    const double high = std::pow(10.0, 3.999843853973347 / 20.0);
    const double band = std::pow(high, 0.4996667741545416);
    const double a0 = 1.0 + k / q + k * k;
    return {(high + band * k / q + k * k) / a0, 2.0 * (k * k - high) / a0, (high - band * k / q + k * k) / a0,
            2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0};
}

Biquad lowCut(int sampleRate)
{
    const double q = 0.5003270373238773;
    const double k = warped(38.13547087602444, sampleRate);
    const double a0 = 1.0 + k / q + k * k;
    return {1.0, -2.0, 1.0, 2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0};
}

double loudnessOf(double meanSquare)
{
    return meanSquare > 0.0 ? loudnessOffset + 10.0 * std::log10(meanSquare) : -std::numeric_limits<double>::infinity();
}

/// Mean squares of the K-weighted blocks.
std::vector<double> blocksOf(std::span<const float> samples, int sampleRate)
{
    Biquad shelf = headShelf(sampleRate);
    Biquad cut = lowCut(sampleRate);
    const auto step = std::max<size_t>(1, static_cast<size_t>(std::lround(sampleRate * stepSeconds)));
    const bool isShort = samples.size() < step * stepsPerBlock;
    std::vector<double> energies(isShort ? 1 : samples.size() / step);
    for (size_t i = 0; i < samples.size(); ++i) {
        const double weighted = cut(shelf(static_cast<double>(samples[i])));
        const size_t place = isShort ? 0 : i / step;
        if (place < energies.size())
            energies[place] += weighted * weighted;
    }
    if (isShort)
        return {energies.front() / static_cast<double>(std::max<size_t>(samples.size(), 1))};
    std::vector<double> blocks;
    for (size_t first = 0; first + stepsPerBlock <= energies.size(); ++first) {
        double sum = 0.0;
        for (size_t i = first; i < first + stepsPerBlock; ++i)
            sum += energies[i];
        blocks.push_back(sum / static_cast<double>(step * stepsPerBlock));
    }
    return blocks;
}

double meanAbove(const std::vector<double>& blocks, double gate)
{
    double sum = 0.0;
    int count = 0;
    for (const double block : blocks)
        if (loudnessOf(block) > gate) {
            sum += block;
            ++count;
        }
    return count > 0 ? sum / count : 0.0;
}

double peakDb(std::span<const float> samples)
{
    float peak = 0.0F;
    for (const float sample : samples)
        peak = std::max(peak, std::abs(sample));
    return 20.0 * std::log10(static_cast<double>(peak));
}

} // namespace

double integratedLoudness(std::span<const float> samples, int sampleRate)
{
    const std::vector<double> blocks = blocksOf(samples, sampleRate);
    const double ungated = loudnessOf(meanAbove(blocks, absoluteGate));
    return loudnessOf(meanAbove(blocks, std::max(absoluteGate, ungated + relativeGate)));
}

Loudness measureLoudness(std::span<const float> samples, int sampleRate)
{
    return {integratedLoudness(samples, sampleRate), peakDb(samples)};
}

LoudnessMatch matchLoudness(const Loudness& first, const Loudness& second)
{
    const double difference = first.lufs - second.lufs;
    if (!std::isfinite(difference))
        return {};
    const double boost = std::min(difference, largestBoostDb);
    // Unmatched sounds may be beyond full scale themselves; only what the boost adds to that is taken back.
    const double excess = boost > 0.0 ? std::max(0.0, std::min(boost, second.peakDb + boost)) : 0.0;
    return {-excess, boost - excess};
}

} // namespace melscope
