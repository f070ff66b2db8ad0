// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/Convolution.h"

#include "spectral/ComplexFft.h"

#include <algorithm>

namespace melscope {

std::vector<float> convolved(std::span<const float> samples, std::span<const float> response)
{
    std::vector<float> result(samples.size(), 0.0f);
    if (samples.empty() || response.empty())
        return result;
    response = response.first(std::min(response.size(), samples.size()));
    // The clip's halves are the two parts of one complex signal: a real response keeps them apart.
    const size_t half = (samples.size() + 1) / 2;
    const auto fft = ComplexFft::ofSize(ComplexFft::fastSize(half + response.size() - 1));
    const size_t size = fft->size();
    std::vector<std::complex<float>> signal(size);
    std::vector<std::complex<float>> spectrum(size);
    std::vector<std::complex<float>> filter(size);
    std::copy(response.begin(), response.end(), signal.begin());
    fft->forward(signal, filter);

    std::fill(signal.begin(), signal.end(), 0.0f);
    for (size_t i = 0; i < half; ++i)
        signal[i] = {samples[i], half + i < samples.size() ? samples[half + i] : 0.0f};
    fft->forward(signal, spectrum);
    const float scale = 1.0f / static_cast<float>(size);
    for (size_t k = 0; k < size; ++k) {
        const std::complex<float> a = spectrum[k];
        const std::complex<float> b = filter[k];
        // Without std::complex's care for infinities.
        spectrum[k] = {scale * (a.real() * b.real() - a.imag() * b.imag()), scale * (a.real() * b.imag() + a.imag() * b.real())};
    }
    fft->inverse(spectrum, signal);

    const size_t reach = std::min(samples.size(), half + response.size() - 1);
    for (size_t i = 0; i < reach; ++i)
        result[i] = signal[i].real();
    for (size_t i = half; i < samples.size(); ++i)
        result[i] += signal[i - half].imag();
    return result;
}

} // namespace melscope
