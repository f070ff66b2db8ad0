// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/Biquad.h"

#include "augment/waveform/BiquadKernel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

namespace melscope {
namespace {

/// (n2 s^2 + n1 s + n0) / (s^2 + d1 s + d0)
struct Analogue
{
    double n2, n1, n0;
    double d1, d0;
};

/// With s = (1 - 1/z) / (1 + 1/z).
Biquad bilinear(const Analogue& filter)
{
    const auto [n2, n1, n0, d1, d0] = filter;
    const double scale = 1.0 / (1.0 + d1 + d0);
    return {.b0 = scale * (n2 + n1 + n0), .b1 = scale * 2.0 * (n0 - n2), .b2 = scale * (n2 - n1 + n0),
            .a1 = scale * 2.0 * (d0 - 1.0), .a2 = scale * (1.0 - d1 + d0)};
}

/// The same for filters of first order: (n1 s + n0) / (s + d0).
Biquad bilinear(double n1, double n0, double d0)
{
    const double scale = 1.0 / (1.0 + d0);
    return {.b0 = scale * (n0 + n1), .b1 = scale * (n0 - n1), .a1 = scale * (d0 - 1.0)};
}

/// Where the bilinear transform takes a frequency from.
double bent(double frequency, double sampleRate)
{
    return std::tan(std::numbers::pi * frequency / sampleRate);
}

/// Poles of the prototype at 1 rad/s, those with a positive imaginary part.
std::vector<std::complex<double>> prototypePoles(int order)
{
    std::vector<std::complex<double>> poles;
    for (int k = 0; k < order / 2; ++k)
        poles.push_back(std::polar(1.0, std::numbers::pi * (0.5 + (2.0 * k + 1.0) / (2.0 * order))));
    return poles;
}

} // namespace

double filterable(double frequency, double sampleRate)
{
    return std::min(frequency, 0.49 * sampleRate);
}

double highestPeak(double sampleRate)
{
    return 0.4 * sampleRate;
}

std::vector<Biquad> butterworthLowPass(int order, double cutOff, double sampleRate)
{
    const double w = bent(cutOff, sampleRate);
    std::vector<Biquad> sections;
    for (const auto& pole : prototypePoles(order))
        sections.push_back(bilinear({.n2 = 0.0, .n1 = 0.0, .n0 = w * w, .d1 = -2.0 * pole.real() * w, .d0 = w * w}));
    if (order % 2 != 0)
        sections.push_back(bilinear(0.0, w, w));
    return sections;
}

std::vector<Biquad> butterworthHighPass(int order, double cutOff, double sampleRate)
{
    const double w = bent(cutOff, sampleRate);
    std::vector<Biquad> sections;
    for (const auto& pole : prototypePoles(order))
        sections.push_back(bilinear({.n2 = 1.0, .n1 = 0.0, .n0 = 0.0, .d1 = -2.0 * pole.real() * w, .d0 = w * w}));
    if (order % 2 != 0)
        sections.push_back(bilinear(1.0, 0.0, w));
    return sections;
}

std::vector<Biquad> butterworthBandPass(int order, double low, double high, double sampleRate)
{
    const double lowEdge = bent(low, sampleRate);
    const double highEdge = bent(high, sampleRate);
    const double width = highEdge - lowEdge;
    const double centreSquared = lowEdge * highEdge;
    std::vector<Biquad> sections;
    // s -> (s^2 + centre^2) / (width s) makes two poles of each.
    for (const auto& pole : prototypePoles(order)) {
        const std::complex<double> half = 0.5 * width * pole;
        const std::complex<double> root = std::sqrt(half * half - centreSquared);
        for (const std::complex<double> moved : {half + root, half - root})
            sections.push_back(bilinear({.n2 = 0.0, .n1 = width, .n0 = 0.0, .d1 = -2.0 * moved.real(), .d0 = std::norm(moved)}));
    }
    if (order % 2 != 0)
        sections.push_back(bilinear({.n2 = 0.0, .n1 = width, .n0 = 0.0, .d1 = width, .d0 = centreSquared}));
    return sections;
}

Biquad peakFilter(double centre, double octaves, double gain, double sampleRate)
{
    const double w = bent(centre, sampleRate);
    const double angle = 2.0 * std::numbers::pi * centre / sampleRate;
    const double inverseQ = 2.0 * std::sinh(0.5 * std::numbers::ln2 * octaves * angle / std::sin(angle));
    const double a = std::pow(10.0, gain / 40.0);
    return bilinear({.n2 = 1.0, .n1 = a * inverseQ * w, .n0 = w * w, .d1 = inverseQ * w / a, .d0 = w * w});
}

double decibelsAt(const Biquad& section, double frequency, double sampleRate)
{
    const auto delay = std::polar(1.0, -2.0 * std::numbers::pi * frequency / sampleRate);
    const auto above = section.b0 + delay * (section.b1 + delay * section.b2);
    const auto below = 1.0 + delay * (section.a1 + delay * section.a2);
    return 10.0 * std::log10(std::norm(above) / std::norm(below));
}

void filter(std::span<float> samples, std::span<const Biquad> sections)
{
    if (sections.empty())
        return;
    std::vector<kernels::BlockFilter> filters;
    for (const Biquad& section : sections)
        filters.push_back(kernels::blockFilter(section));

    constexpr size_t history = kernels::filterHistory;
    constexpr size_t chunk = 256;
    using Row = std::array<double, history + chunk>;
    std::vector<Row> signals(sections.size() + 1, Row{}); // row s: what goes into section s, behind its own last samples
    for (size_t start = 0; start < samples.size(); start += chunk) {
        const size_t count = std::min(chunk, samples.size() - start);
        double* input = signals.front().data() + history;
        std::copy_n(samples.begin() + static_cast<ptrdiff_t>(start), count, input);
        std::fill(input + count, input + chunk, 0.0);
        for (size_t s = 0; s < filters.size(); ++s)
            kernels::filterChunk(filters[s], signals[s].data(), signals[s + 1].data(), chunk);
        std::copy_n(signals.back().data() + history, count, samples.begin() + static_cast<ptrdiff_t>(start));
        for (Row& row : signals)
            for (size_t i = 0; i < history; ++i) {
                // What rings on in silence would end as denormal numbers, a hundred times as slow.
                const double last = row[chunk + i];
                row[i] = std::abs(last) < 1e-30 ? 0.0 : last;
            }
    }
}

} // namespace melscope
