// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/Resampler.h"

#include "base/Error.h"

#include <algorithm>
#include <cmath>
#include <soxr.h>
#include <string>

namespace melscope {
namespace {

void requireRate(int rate)
{
    if (rate < 1000 || rate > 768000)
        throw Error(ErrorKind::InvalidValue,
                    "A sample rate of " + std::to_string(rate) + " Hz cannot be converted; choose one from 1,000 to 768,000 Hz.");
}

/// As many samples as `result` has room for and the input gives.
void convert(std::span<const float> samples, double fromRate, double toRate, std::span<float> result)
{
    const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
    size_t produced = 0;
    const soxr_error_t failure = soxr_oneshot(fromRate, toRate, 1, samples.data(), samples.size(), nullptr, result.data(),
                                              result.size(), &produced, nullptr, &quality, nullptr);
    if (failure)
        throw Error(ErrorKind::Internal, std::string("Resampling failed: ") + failure + ".");
}

} // namespace

std::vector<float> resample(std::span<const float> samples, int fromRate, int toRate)
{
    requireRate(fromRate);
    requireRate(toRate);
    if (fromRate == toRate)
        return {samples.begin(), samples.end()};
    const double ratio = static_cast<double>(toRate) / fromRate;
    std::vector<float> result(static_cast<size_t>(std::llround(static_cast<double>(samples.size()) * ratio)), 0.0f);
    if (!result.empty())
        convert(samples, fromRate, toRate, result);
    return result;
}

Waveform resample(const Waveform& waveform, int toRate)
{
    Waveform result{toRate, waveform.channels, {}};
    for (int c = 0; c < waveform.channels; ++c) {
        const std::vector<float> channel = resample(waveform.channel(c), waveform.sampleRate, toRate);
        result.samples.insert(result.samples.end(), channel.begin(), channel.end());
    }
    return result;
}

std::vector<float> resampleBy(std::span<const float> samples, double speed, size_t count)
{
    std::vector<float> result(count, 0.0f);
    if (!samples.empty() && !result.empty())
        convert(samples, speed, 1.0, result);
    return result;
}

} // namespace melscope
