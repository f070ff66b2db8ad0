// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/PhaseVocoder.h"

#include "augment/waveform/PhaseVocoderKernels.h"
#include "spectral/ComplexFft.h"
#include "spectral/SpectralKernels.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace melscope {
namespace {

size_t frameSize(int sampleRate)
{
    constexpr double seconds = 0.046;
    return static_cast<size_t>(std::max(64.0, std::exp2(std::round(std::log2(seconds * sampleRate)))));
}

std::vector<float> hann(size_t size)
{
    std::vector<float> window(size);
    for (size_t i = 0; i < size; ++i)
        window[i] = static_cast<float>(0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(size)));
    return window;
}

/// Complex bins as two rows, with a zero on both sides for those who look at neighbours.
class Bins
{
public:
    explicit Bins(size_t count) : m_real(count + 2 * margin, 0.0f), m_imaginary(count + 2 * margin, 0.0f) {}
    kernels::SplitRow row() { return {.real = m_real.data() + margin, .imaginary = m_imaginary.data() + margin}; }

private:
    static constexpr size_t margin = 1;
    std::vector<float> m_real;
    std::vector<float> m_imaginary;
};

} // namespace

std::vector<float> stretched(std::span<const float> samples, double stretch, size_t count, int sampleRate)
{
    const size_t size = frameSize(sampleRate);
    const size_t hop = size / 4;
    const size_t bins = size / 2 + 1;
    const auto fft = ComplexFft::ofSize(size);
    const std::vector<float> analysis = hann(size);
    std::vector<float> synthesis = analysis;
    // Hann windows squared, four to a frame, add up to 1.5; two real spectra that came out doubled.
    for (float& value : synthesis)
        value /= 1.5f * 2.0f * static_cast<float>(size);

    // From one hop before the first sample to one behind the last, so that all are covered alike; an even number.
    const size_t frames = (count / hop + 5) / 2 * 2;
    const auto centre = [&](size_t frame) { // in the input
        return static_cast<ptrdiff_t>(std::llround((static_cast<double>(frame) - 1.0) * static_cast<double>(hop) / stretch));
    };
    std::vector<float> output((frames + 3) * hop, 0.0f); // the first sample is at hop + size / 2

    // A frame and the one a hop earlier, silence where there are no samples.
    std::vector<float> atEdge(size + hop);
    const auto framesUntil = [&](ptrdiff_t last) {
        const ptrdiff_t first = last - static_cast<ptrdiff_t>(atEdge.size());
        const auto length = static_cast<ptrdiff_t>(samples.size());
        if (first >= 0 && last <= length)
            return samples.data() + first;
        for (ptrdiff_t i = first; i < last; ++i)
            atEdge[static_cast<size_t>(i - first)] = i >= 0 && i < length ? samples[static_cast<size_t>(i)] : 0.0f;
        return static_cast<const float*>(atEdge.data());
    };

    std::vector<std::complex<float>> pair(size);
    std::vector<std::complex<float>> spectrum(size);
    const auto floats = [](std::vector<std::complex<float>>& values) { return reinterpret_cast<float*>(values.data()); };
    Bins both(size + 1);
    Bins even(bins);
    Bins odd(bins);
    const auto advance = [&](size_t frame, Bins& now, Bins& previous) {
        const float* const before = framesUntil(centre(frame) + static_cast<ptrdiff_t>(size / 2));
        kernels::windowPair(before + hop, before, analysis.data(), floats(pair), size);
        fft->forward(pair, spectrum);
        const kernels::SplitRow split = both.row();
        kernels::separate(floats(spectrum), split.real, split.imaginary, size);
        split.real[size] = split.real[0];
        split.imaginary[size] = split.imaginary[0];
        kernels::comparePair(split, size, now.row(), previous.row());
        kernels::turn(now.row(), previous.row(), bins);
    };
    Bins last(bins);
    for (size_t frame = 0; frame < frames; frame += 2) {
        advance(frame, even, last);
        last = even; // comparing loses it, and it has yet to be written
        advance(frame + 1, odd, last);
        kernels::joinPair(even.row(), odd.row(), size, floats(spectrum));
        fft->inverse(spectrum, pair);
        kernels::overlapAdd(floats(pair), synthesis.data(), output.data() + frame * hop, output.data() + (frame + 1) * hop, size);
        std::swap(last, odd);
    }
    output.erase(output.begin(), output.begin() + static_cast<ptrdiff_t>(hop + size / 2));
    output.resize(count);
    return output;
}

} // namespace melscope
