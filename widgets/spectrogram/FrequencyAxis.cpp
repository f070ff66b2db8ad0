// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/FrequencyAxis.h"

#include <algorithm>
#include <cmath>

namespace melscope {
namespace {

constexpr double lowestOnLogAxis = 20.0; // Hz: the ear's lower end, where a logarithmic axis must stop somewhere

} // namespace

FrequencyAxis::FrequencyAxis(const FrontEnd& frontEnd, Scale scale) : m_frontEnd(frontEnd), m_scale(scale)
{
    if (scale == Scale::Mel) {
        m_lowest = frontEnd.hzOfMel(-0.5);
        m_highest = frontEnd.hzOfMel(frontEnd.mels - 0.5);
    } else {
        m_lowest = frontEnd.fMin;
        m_highest = frontEnd.fMax;
        if (scale == Scale::Logarithmic)
            m_lowest = std::min(std::max(m_lowest, lowestOnLogAxis), m_highest / 2.0);
    }
}

double FrequencyAxis::positionOfHz(double hz) const
{
    switch (m_scale) {
    case Scale::Mel: return (m_frontEnd.melOfHz(hz) + 0.5) / m_frontEnd.mels;
    case Scale::Linear: return (hz - m_lowest) / (m_highest - m_lowest);
    case Scale::Logarithmic: return std::log(std::max(hz, 1e-3) / m_lowest) / std::log(m_highest / m_lowest);
    }
    return 0.0;
}

double FrequencyAxis::hzOfPosition(double position) const
{
    switch (m_scale) {
    case Scale::Mel: return m_frontEnd.hzOfMel(position * m_frontEnd.mels - 0.5);
    case Scale::Linear: return m_lowest + position * (m_highest - m_lowest);
    case Scale::Logarithmic: return m_lowest * std::pow(m_highest / m_lowest, position);
    }
    return 0.0;
}

double FrequencyAxis::rowOfPosition(double position) const
{
    if (m_scale == Scale::Mel)
        return position * m_frontEnd.mels;
    return m_frontEnd.melOfHz(hzOfPosition(position)) + 0.5;
}

std::vector<double> FrequencyAxis::ticks(double spacing) const
{
    // Candidates from the roundest to the least round; one is taken where there is still room.
    static const std::vector<double> rounds{1000.0, 10000.0, 100.0, 5000.0, 500.0, 2000.0, 200.0, 20000.0, 15000.0,
                                            4000.0, 3000.0, 50.0, 8000.0, 6000.0, 300.0, 1500.0, 7000.0, 12000.0,
                                            14000.0, 16000.0, 18000.0, 25000.0, 30000.0, 40000.0, 60000.0, 80000.0};
    std::vector<double> taken;
    for (const double hz : rounds) {
        const double position = positionOfHz(hz);
        const bool inside = position >= 0.0 && position <= 1.0;
        const bool free = std::none_of(taken.begin(), taken.end(),
                                       [&](double other) { return std::abs(positionOfHz(other) - position) < spacing; });
        if (inside && free)
            taken.push_back(hz);
    }
    std::sort(taken.begin(), taken.end());
    return taken;
}

} // namespace melscope
