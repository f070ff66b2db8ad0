// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/Calibration.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace melscope {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

} // namespace

Calibration calibrationOf(std::span<const Confidence> predictions, int bins)
{
    Calibration result{.count = static_cast<int>(predictions.size())};
    result.bins.resize(static_cast<size_t>(bins));
    for (int i = 0; i < bins; ++i)
        result.bins[static_cast<size_t>(i)] = {.low = static_cast<double>(i) / bins, .high = static_cast<double>(i + 1) / bins};
    for (const auto& [confidence, correct] : predictions) {
        const int place = static_cast<int>(std::ceil(confidence * bins)) - 1;
        ReliabilityBin& bin = result.bins[static_cast<size_t>(std::clamp(place, 0, bins - 1))];
        ++bin.count;
        bin.confidence += confidence;
        bin.accuracy += correct ? 1.0 : 0.0;
        result.meanConfidence += confidence;
        result.accuracy += correct ? 1.0 : 0.0;
    }
    const auto total = static_cast<double>(predictions.size());
    for (ReliabilityBin& bin : result.bins) {
        if (bin.count > 0)
            result.expectedError += std::abs(bin.accuracy - bin.confidence) / total;
        bin.confidence = bin.count > 0 ? bin.confidence / bin.count : nan;
        bin.accuracy = bin.count > 0 ? bin.accuracy / bin.count : nan;
    }
    result.expectedError = predictions.empty() ? nan : result.expectedError;
    result.meanConfidence = predictions.empty() ? nan : result.meanConfidence / total;
    result.accuracy = predictions.empty() ? nan : result.accuracy / total;
    return result;
}

} // namespace melscope
