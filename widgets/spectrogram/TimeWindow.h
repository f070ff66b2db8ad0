// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

namespace melscope {

/// A stretch of time, seconds.
struct TimeSpan
{
    double start = 0.0;
    double end = 0.0;

    double length() const { return end - start; }
    bool isEmpty() const { return end <= start; }
    bool contains(double seconds) const { return seconds >= start && seconds < end; }

    bool operator==(const TimeSpan&) const = default;
};

/// The part of a clip that is in view. Zoom and pan keep it inside the clip and no narrower than two milliseconds.
struct TimeWindow
{
    static constexpr double shortest = 0.002; ///< seconds

    double duration = 1.0; ///< seconds of the whole clip, greater than 0
    TimeSpan visible{0.0, 1.0};

    static TimeWindow whole(double duration) { return {std::max(duration, shortest), {0.0, std::max(duration, shortest)}}; }

    /// `factor` over 1 shows less; what is at `anchor` seconds stays where it is on the screen.
    TimeWindow zoomed(double factor, double anchor) const
    {
        const double length = std::clamp(visible.length() / factor, shortest, duration);
        const double share = visible.length() > 0.0 ? (anchor - visible.start) / visible.length() : 0.5;
        return withSpan(anchor - share * length, length);
    }
    TimeWindow panned(double seconds) const { return withSpan(visible.start + seconds, visible.length()); }
    /// Shows `span`, clamped to the clip.
    TimeWindow showing(TimeSpan span) const
    {
        return withSpan(span.start, std::clamp(span.length(), shortest, duration));
    }
    bool isWhole() const { return visible.length() >= duration; }

    bool operator==(const TimeWindow&) const = default;

private:
    TimeWindow withSpan(double start, double length) const
    {
        const double first = std::clamp(start, 0.0, std::max(0.0, duration - length));
        return {duration, {first, first + length}};
    }
};

} // namespace melscope
