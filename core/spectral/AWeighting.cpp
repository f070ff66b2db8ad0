// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectral/AWeighting.h"

#include "spectral/SpectralKernels.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace melscope {
namespace {

int windowLength(int sampleRate)
{
    return std::max(16, 1 << std::lround(std::log2(0.1 * sampleRate)));
}

/// Gain of the A-weighting but for its constant factor.
double unscaledGain(double hz)
{
    const double f2 = hz * hz;
    const auto pole = [f2](double at) { return f2 + at * at; };
    return f2 * f2 * (12194.217 * 12194.217) / (pole(20.598997) * std::sqrt(pole(107.65265) * pole(737.86223)) * pole(12194.217));
}

} // namespace

double aWeighting(double hz)
{
    static const double atOneKilohertz = unscaledGain(1000.0);
    return 20.0 * std::log10(unscaledGain(hz) / atOneKilohertz);
}

AWeightedMeter::AWeightedMeter(int sampleRate) : m_plan(windowLength(sampleRate))
{
    const int length = windowLength(sampleRate);
    double squares = 0.0;
    for (int i = 0; i < length; ++i) {
        const double value = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * i / length);
        m_window.push_back(static_cast<float>(value));
        squares += value * value;
    }
    for (int bin = 0; bin < m_plan.bins(); ++bin) {
        const double sides = bin == 0 || bin == length / 2 ? 1.0 : 2.0;
        const double gain = std::pow(10.0, aWeighting(static_cast<double>(bin) * sampleRate / length) / 10.0);
        m_weights.push_back(static_cast<float>(sides * gain / (squares * length)));
    }
}

double AWeightedMeter::level(std::span<const float> samples) const
{
    const FftBuffers memory = m_plan.buffers();
    const size_t length = m_window.size();
    const size_t last = samples.size() > length ? samples.size() - length : 0;
    float loudest = 0.0f;
    for (size_t next = 0;; next += length / 2) {
        const size_t start = std::min(next, last); // the last window ends with the clip
        const size_t count = std::min(length, samples.size() - start);
        kernels::multiply(samples.data() + start, m_window.data(), memory.frame.data(), count);
        std::fill(memory.frame.begin() + static_cast<ptrdiff_t>(count), memory.frame.end(), 0.0f);
        m_plan.power(memory.frame, memory.power.data());
        loudest = std::max(loudest, kernels::dot(memory.power.data(), m_weights.data(), m_weights.size()));
        if (start == last)
            return 10.0 * std::log10(static_cast<double>(loudest));
    }
}

} // namespace melscope
