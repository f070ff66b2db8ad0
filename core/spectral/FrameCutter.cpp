// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectral/FrameCutter.h"

#include "spectral/SpectralKernels.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace melscope {
namespace {

std::vector<float> makeWindow(FrontEnd::Window kind, int length)
{
    std::vector<float> window(static_cast<size_t>(length));
    // A Povey window is symmetric, the other two are periodic.
    const double period = kind == FrontEnd::Window::Povey ? std::max(1, length - 1) : length;
    for (int i = 0; i < length; ++i) {
        const double cosine = std::cos(2.0 * std::numbers::pi * i / period);
        double value = 0.5 - 0.5 * cosine;
        if (kind == FrontEnd::Window::Hamming)
            value = 0.54 - 0.46 * cosine;
        if (kind == FrontEnd::Window::Povey)
            value = std::pow(value, 0.85);
        window[static_cast<size_t>(i)] = static_cast<float>(value);
    }
    return window;
}

/// The sample that a mirror at both ends shows at `index`, however far out it lies.
SampleIndex reflected(SampleIndex index, SampleIndex length)
{
    if (length == 1)
        return 0;
    const SampleIndex period = 2 * (length - 1);
    const SampleIndex within = ((index % period) + period) % period;
    return within < length ? within : period - within;
}

/// What Kaldi does to a frame before its window: 16-bit scale, no DC, pre-emphasis.
void emphasise(std::span<float> frame)
{
    constexpr float fullScale = 32768.0f;
    constexpr float emphasis = 0.97f;
    const double mean = std::accumulate(frame.begin(), frame.end(), 0.0) / static_cast<double>(frame.size());
    for (float& sample : frame)
        sample = fullScale * (sample - static_cast<float>(mean));
    for (size_t i = frame.size() - 1; i > 0; --i)
        frame[i] -= emphasis * frame[i - 1];
    frame[0] -= emphasis * frame[0];
}

} // namespace

FrameCutter::FrameCutter(const FrontEnd& frontEnd)
    : m_frontEnd(frontEnd), m_windowStart(frontEnd.kind == FrontEnd::Kind::Mel ? (frontEnd.nFft - frontEnd.winLength) / 2 : 0),
      m_padding(frontEnd.pad == FrontEnd::Pad::None ? 0 : frontEnd.nFft / 2),
      m_window(makeWindow(frontEnd.window, frontEnd.winLength))
{
}

void FrameCutter::copy(std::span<const float> samples, SampleIndex start, std::span<float> out) const
{
    const auto length = static_cast<SampleIndex>(samples.size());
    for (size_t i = 0; i < out.size(); ++i) {
        SampleIndex index = start + static_cast<SampleIndex>(i);
        if (m_frontEnd.pad == FrontEnd::Pad::Reflect)
            index = reflected(index, length);
        out[i] = index >= 0 && index < length ? samples[static_cast<size_t>(index)] : 0.0f;
    }
}

void FrameCutter::cut(std::span<const float> samples, SampleIndex frame, std::span<float> out) const
{
    const SampleIndex start = frame * m_frontEnd.hop - m_padding + m_windowStart;
    const std::span<float> windowed = out.subspan(static_cast<size_t>(m_windowStart), m_window.size());
    const auto count = static_cast<SampleIndex>(windowed.size());
    std::fill(out.begin(), windowed.begin(), 0.0f);
    std::fill(windowed.end(), out.end(), 0.0f);
    const float* source = windowed.data();
    if (start >= 0 && start + count <= static_cast<SampleIndex>(samples.size()) && m_frontEnd.kind == FrontEnd::Kind::Mel)
        source = samples.data() + start;
    else
        copy(samples, start, windowed);
    if (m_frontEnd.kind != FrontEnd::Kind::Mel)
        emphasise(windowed);
    kernels::multiply(source, m_window.data(), windowed.data(), windowed.size());
}

} // namespace melscope
