// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectral/MelFilterbank.h"

#include "spectral/MelScales.h"

#include <algorithm>

namespace melscope {
namespace {

/// A triangle over [left, right] with its tip of height `tip` at `centre`, sampled at `positions`.
MelRow triangle(const std::vector<double>& positions, double left, double centre, double right, double tip)
{
    MelRow row;
    for (size_t bin = 0; bin < positions.size(); ++bin) {
        const double x = positions[bin];
        const double weight = tip * std::min((x - left) / (centre - left), (right - x) / (right - centre));
        if (weight <= 0.0)
            continue;
        if (row.weights.empty())
            row.firstBin = static_cast<int>(bin);
        row.weights.push_back(static_cast<float>(weight));
    }
    return row;
}

} // namespace

std::vector<MelRow> melFilterbank(const FrontEnd& frontEnd)
{
    const bool inMel = frontEnd.kind != FrontEnd::Kind::Mel;
    const int bins = inMel ? frontEnd.nFft / 2 : frontEnd.nFft / 2 + 1;
    std::vector<double> positions(static_cast<size_t>(bins));
    for (int bin = 0; bin < bins; ++bin) {
        const double hz = static_cast<double>(bin) * frontEnd.sampleRate / frontEnd.nFft;
        positions[static_cast<size_t>(bin)] = inMel ? melOfFrequency(hz, frontEnd.melScale) : hz;
    }
    const double low = melOfFrequency(frontEnd.fMin, frontEnd.melScale);
    const double high = melOfFrequency(frontEnd.fMax, frontEnd.melScale);
    const auto corner = [&](int index) {
        const double mel = low + (high - low) * index / (frontEnd.mels + 1);
        return inMel ? mel : frequencyOfMel(mel, frontEnd.melScale);
    };
    std::vector<MelRow> rows;
    for (int mel = 0; mel < frontEnd.mels; ++mel) {
        const double left = corner(mel);
        const double right = corner(mel + 2);
        const double tip = frontEnd.norm == FrontEnd::Norm::Slaney ? 2.0 / (right - left) : 1.0;
        rows.push_back(triangle(positions, left, corner(mel + 1), right, tip));
    }
    return rows;
}

} // namespace melscope
