// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace melscope {

/// A prediction by how sure it was of itself.
struct Confidence
{
    double confidence = 0.0; ///< probability of the predicted class
    bool correct = false;
};

struct ReliabilityBin
{
    double low = 0.0; ///< confidences in (low, high], the first one with 0
    double high = 0.0;
    int count = 0;
    double confidence = 0.0; ///< mean; NaN where empty
    double accuracy = 0.0;
};

struct Calibration
{
    std::vector<ReliabilityBin> bins; ///< of equal width
    /// Expected calibration error (Guo et al. 2017): mean over the predictions of their bin's |accuracy - confidence|.
    double expectedError = 0.0;
    double meanConfidence = 0.0;
    double accuracy = 0.0;
    int count = 0;
};

/// No prediction: figures are NaN.
Calibration calibrationOf(std::span<const Confidence> predictions, int bins = 10);

} // namespace melscope
