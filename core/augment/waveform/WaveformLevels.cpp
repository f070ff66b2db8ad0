// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/WaveformLevels.h"

#include "augment/waveform/WaveformKernels.h"

namespace melscope {

double rootMeanSquare(std::span<const float> samples)
{
    return samples.empty() ? 0.0 : std::sqrt(kernels::sumOfSquares(samples) / static_cast<double>(samples.size()));
}

void addAtSnr(std::span<float> samples, std::span<const float> other, double snr)
{
    const double own = rootMeanSquare(samples);
    const double added = rootMeanSquare(other);
    if (own > silentAmplitude && added > silentAmplitude)
        kernels::addScaled(samples, other, static_cast<float>(own / added / amplitudeOf(snr)));
}

void fadeIn(std::span<float> samples)
{
    for (size_t i = 0; i < samples.size(); ++i)
        samples[i] *= (static_cast<float>(i) + 0.5f) / static_cast<float>(samples.size());
}

void fadeOut(std::span<float> samples)
{
    for (size_t i = 0; i < samples.size(); ++i)
        samples[i] *= (static_cast<float>(samples.size() - i) - 0.5f) / static_cast<float>(samples.size());
}

} // namespace melscope
