// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/CurveSeries.h"

#include <algorithm>
#include <cmath>

namespace melscope {

bool CurveSeries::append(const CurveSample& sample)
{
    if (!std::isfinite(sample.value) || !std::isfinite(sample.epoch))
        return false;
    if (!m_x[1].empty() && sample.epoch <= m_x[1].back())
        return false;
    const std::array<double, 3> x{sample.step, sample.epoch, sample.seconds};
    // The clock of a resumed run may lag behind what was drawn before; a line never runs backwards for that.
    for (size_t axis = 0; axis < x.size(); ++axis) {
        const double last = m_x[axis].empty() ? x[axis] : m_x[axis].back();
        m_x[axis].push_back(std::isfinite(x[axis]) ? std::max(x[axis], last) : last);
    }
    m_raw.append(sample.value);
    return true;
}

void CurveSeries::clear()
{
    for (auto& x : m_x)
        x.clear();
    m_raw.clear();
    const double smoothing = m_smoothing;
    m_smoothing = -1.0;
    setSmoothing(smoothing);
}

CurveSample CurveSeries::at(size_t index) const
{
    return {.step = m_x[0][index], .epoch = m_x[1][index], .seconds = m_x[2][index], .value = m_raw.values()[index]};
}

size_t CurveSeries::nearest(CurveAxis axis, double position) const
{
    const std::vector<double>& all = x(axis);
    const auto after = std::lower_bound(all.begin(), all.end(), position);
    if (after == all.end())
        return all.size() - 1;
    const auto index = static_cast<size_t>(after - all.begin());
    return index > 0 && position - all[index - 1] < all[index] - position ? index - 1 : index;
}

void CurveSeries::setSmoothing(double smoothing)
{
    if (smoothing == m_smoothing)
        return;
    m_smoothing = smoothing;
    m_smoothed.clear();
    m_average = 0.0;
    m_remainder = 1.0;
}

bool CurveSeries::smoothUpTo(size_t points)
{
    if (m_smoothing <= 0.0)
        return true;
    const size_t end = std::min(m_raw.size(), m_smoothed.size() + points);
    for (size_t i = m_smoothed.size(); i < end; ++i) {
        m_average = m_smoothing * m_average + (1.0 - m_smoothing) * m_raw.values()[i];
        m_remainder *= m_smoothing;
        m_smoothed.append(m_average / (1.0 - m_remainder));
    }
    return m_smoothed.size() == m_raw.size();
}

} // namespace melscope
