// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectral/MelScales.h"

#include <cmath>

namespace melscope {
namespace {

constexpr double slaneyStep = 200.0 / 3.0; // Hz per mel in the linear part
constexpr double slaneyCorner = 1000.0;    // Hz
const double slaneyLogStep = std::log(6.4) / 27.0;

template <typename Real>
Real toFrequency(Real mel, FrontEnd::MelScale scale)
{
    if (scale == FrontEnd::MelScale::Htk)
        return Real(700) * (std::pow(Real(10), mel / Real(2595)) - Real(1));
    const Real corner = Real(slaneyCorner / slaneyStep);
    if (mel < corner)
        return mel * Real(slaneyStep);
    return Real(slaneyCorner) * std::exp(Real(slaneyLogStep) * (mel - corner));
}

} // namespace

double melOfFrequency(double hz, FrontEnd::MelScale scale)
{
    if (scale == FrontEnd::MelScale::Htk)
        return 2595.0 * std::log10(1.0 + hz / 700.0);
    return hz < slaneyCorner ? hz / slaneyStep : slaneyCorner / slaneyStep + std::log(hz / slaneyCorner) / slaneyLogStep;
}

double frequencyOfMel(double mel, FrontEnd::MelScale scale)
{
    return toFrequency(mel, scale);
}

float frequencyOfMel(float mel, FrontEnd::MelScale scale)
{
    return toFrequency(mel, scale);
}

} // namespace melscope
