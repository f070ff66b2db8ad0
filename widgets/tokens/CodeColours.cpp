// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/CodeColours.h"

#include "common/ColourMap.h"

#include <algorithm>
#include <cmath>

namespace melscope {
namespace {

struct LinearColour
{
    double red, green, blue;
    bool isInGamut() const { return std::min({red, green, blue}) >= 0.0 && std::max({red, green, blue}) <= 1.0; }
};

/// Oklab (Ottosson 2020) to linear sRGB.
LinearColour fromOklab(double lightness, double a, double b)
{
    const double l = std::pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
    const double m = std::pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
    const double s = std::pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
    return {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s, -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
}

int toByte(double linear)
{
    const double encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * std::pow(linear, 1.0 / 2.4) - 0.055;
    return static_cast<int>(std::lround(std::clamp(encoded, 0.0, 1.0) * 255.0));
}

} // namespace

QRgb CodeColours::ofCode(int code)
{
    // Additive recurrences: with the powers of the plastic number they spread codes evenly over lightness x blue-yellow (Roberts 2018), with
    // the golden ratio over red-green, which gives way first where a colour would leave the gamut.
    const auto turned = [code](double step) { return std::fmod(step * (code + 1), 1.0); };
    const double lightness = 0.35 + 0.57 * turned(0.7548776662466927);
    double b = -0.15 + 0.30 * turned(0.5698402909980532);
    double a = -0.10 + 0.20 * turned(0.6180339887498949);
    LinearColour colour = fromOklab(lightness, a, b);
    for (int tries = 0; !colour.isInGamut(); ++tries) {
        a *= 0.8;
        if (tries > 6)
            b *= 0.97;
        colour = fromOklab(lightness, a, b);
    }
    return qRgb(toByte(colour.red), toByte(colour.green), toByte(colour.blue));
}

std::vector<QRgb> CodeColours::byUsage(std::span<const int64_t> usage)
{
    const int64_t most = usage.empty() ? 0 : std::ranges::max(usage);
    const ColourMap& map = ColourMap::named(QStringLiteral("viridis"));
    std::vector<QRgb> colours;
    for (const int64_t count : usage)
        colours.push_back(count > 0 ? map.at(most > 1 ? std::log(static_cast<double>(count)) / std::log(static_cast<double>(most)) : 1.0) : qRgb(128, 128, 128));
    return colours;
}

} // namespace melscope
