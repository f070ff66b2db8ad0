// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/SpectrogramComputer.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace melscope {
namespace {

Normalisation ownNormalisation(const SpectrogramGrid& grid)
{
    const auto count = static_cast<double>(grid.values.size());
    const double mean = std::accumulate(grid.values.begin(), grid.values.end(), 0.0) / count;
    const double squares = std::accumulate(grid.values.begin(), grid.values.end(), 0.0,
                                           [mean](double sum, float value) { return sum + (value - mean) * (value - mean); });
    const double sd = std::sqrt(squares / count);
    return {mean, sd > 0.0 ? sd : 1.0};
}

void normalise(SpectrogramGrid& grid, const Normalisation& by)
{
    const auto mean = static_cast<float>(by.mean);
    const auto sd = static_cast<float>(by.sd);
    for (float& value : grid.values)
        value = (value - mean) / sd;
}

} // namespace

std::shared_ptr<const Spectrogram> SpectrogramComputer::compute(const std::shared_ptr<const Waveform>& waveform,
                                                                const SpectrogramRequest& request, std::stop_token stop)
{
    if (!m_extractor || !(m_extractor->frontEnd() == request.frontEnd))
        m_extractor = std::make_unique<SpectrogramExtractor>(request.frontEnd);
    const std::vector<float>& samples = prepared(waveform, request.frontEnd, request.modelsEye);
    if (stop.stop_requested())
        return nullptr;
    auto result = std::make_shared<Spectrogram>(describe(m_extractor->compute(samples), request.frontEnd, request.number));
    if (request.modelsEye) {
        normalise(result->grid, request.normalisation.value_or(ownNormalisation(result->grid)));
        result->unit = QStringLiteral("sd");
        result->autoScale = scaleBelowPeak(result->grid, INFINITY);
    }
    return stop.stop_requested() ? nullptr : result;
}

const std::vector<float>& SpectrogramComputer::prepared(const std::shared_ptr<const Waveform>& waveform,
                                                        const FrontEnd& frontEnd, bool fixedLength)
{
    const SampleIndex length = fixedLength ? frontEnd.clipLength() : 0;
    if (waveform != m_waveform || frontEnd.sampleRate != m_sampleRate || length != m_fixedLength) {
        m_waveform.reset();
        m_samples = m_extractor->prepare(*waveform, fixedLength);
        m_waveform = waveform;
        m_sampleRate = frontEnd.sampleRate;
        m_fixedLength = length;
    }
    return m_samples;
}

} // namespace melscope
