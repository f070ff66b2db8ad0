// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/CurveDecimator.h"

#include <array>

namespace melscope {

enum class CurveAxis { Step, Epoch, Time };

struct CurveSample
{
    double step = 0.0;
    double epoch = 0.0;   ///< fractions within an epoch
    double seconds = 0.0; ///< of training, since the fold began
    double value = 0.0;
};

/// The points of one curve and an exponentially smoothed copy of them (started without bias, as Adam's moments are).
class CurveSeries
{
public:
    /// False, and nothing happens, where the value is not finite or the epoch is not beyond the last one: a resumed run repeats
    /// what came since its checkpoint with the same numbers.
    bool append(const CurveSample& sample);
    void clear();

    size_t size() const { return m_raw.size(); }
    const std::vector<double>& x(CurveAxis axis) const { return m_x[static_cast<size_t>(axis)]; }
    CurveSample at(size_t index) const;
    size_t nearest(CurveAxis axis, double x) const; ///< index; the curve must not be empty

    /// 0 none ... below 1. The smoothed points follow in smoothUpTo().
    void setSmoothing(double smoothing);
    /// Smooths at most `points` further points; true when all are done.
    bool smoothUpTo(size_t points);

    const CurveDecimator& raw() const { return m_raw; }
    const CurveDecimator& smoothed() const { return m_smoothed; }

private:
    std::array<std::vector<double>, 3> m_x; // by CurveAxis
    CurveDecimator m_raw;
    CurveDecimator m_smoothed;
    double m_smoothing = 0.0;
    double m_average = 0.0;
    double m_remainder = 1.0; // weight the average still gives to its start at zero
};

} // namespace melscope
