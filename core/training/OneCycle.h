// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace melscope {

/// The one-cycle policy (Smith and Topin 2017, arXiv 1708.07120) as a pure function of the step: the learning rate rises
/// from maxRate / divFactor to maxRate, then falls to that start / finalDivFactor, while AdamW's beta1 goes the other way.
/// Agrees with torch.optim.lr_scheduler.OneCycleLR (two phases).
struct OneCycle
{
    enum class Annealing { Cosine, Linear };

    int64_t steps = 1;        ///< of the whole fold
    double maxRate = 1e-3;
    double warmupShare = 0.3; ///< [0, 1] of the steps that rise
    double divFactor = 25.0;
    double finalDivFactor = 1e4;
    Annealing annealing = Annealing::Cosine;
    double lowBeta1 = 0.85;
    double highBeta1 = 0.95;

    struct Point
    {
        double learningRate = 0.0;
        double beta1 = 0.0;
    };
    /// step: 0 ... steps-1
    Point at(int64_t step) const;
};

} // namespace melscope
