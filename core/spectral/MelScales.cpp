// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectral/MelScales.h"

#include <cmath>

namespace melscope {
namespace {

constexpr double slaneyStep = 200.0 / 3.0; // Hz per mel in the linear part
constexpr double slaneyCorner = 1000.0;    // Hz
const double slaneyLogStep = std::log(6.4) / 27.0;

} // namespace

double melOfFrequency(double hz, FrontEnd::MelScale scale)
{
    if (scale == FrontEnd::MelScale::Htk)
        return 2595.0 * std::log10(1.0 + hz / 700.0);
    return hz < slaneyCorner ? hz / slaneyStep : slaneyCorner / slaneyStep + std::log(hz / slaneyCorner) / slaneyLogStep;
}

double frequencyOfMel(double mel, FrontEnd::MelScale scale)
{
    if (scale == FrontEnd::MelScale::Htk)
        return 700.0 * (std::pow(10.0, mel / 2595.0) - 1.0);
    const double corner = slaneyCorner / slaneyStep;
    return mel < corner ? mel * slaneyStep : slaneyCorner * std::exp((mel - corner) * slaneyLogStep);
}

} // namespace melscope
