// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/TSne.h"

#include "base/Error.h"
#include "statistics/NearestNeighbours.h"
#include "statistics/PrincipalComponents.h"
#include "statistics/TSneForces.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>

namespace melscope {
namespace {

constexpr int componentsKept = 50; // more dimensions change neighbourhoods little and cost time
constexpr int exaggerated = 250;   // iterations
constexpr float exaggeration = 12.0F;
constexpr double startWidth = 1e-4;
constexpr float leastGain = 0.01F;

struct Link
{
    int to = 0;
    float weight = 0.0F; ///< joint probability
};
using Links = std::vector<std::vector<Link>>; // both directions of every pair

void parallelRows(size_t rows, int threads, const std::function<void(size_t begin, size_t end)>& work)
{
    const size_t parts = std::min(rows, static_cast<size_t>(std::max(threads, 1)));
    std::vector<std::jthread> helpers;
    for (size_t part = 1; part < parts; ++part)
        helpers.emplace_back([&, part] { work(part * rows / parts, (part + 1) * rows / parts); });
    work(0, rows / std::max<size_t>(parts, 1));
}

void throwIfStopped(const std::stop_token& stop)
{
    if (stop.stop_requested())
        throw Error(ErrorKind::Cancelled, "The map was cancelled.");
}

/// Weights of one row's neighbours whose entropy is that of `perplexity` equally likely ones: a search for the width.
void weigh(std::vector<Link>& neighbours, double perplexity)
{
    double precision = 1.0, low = 0.0, high = std::numeric_limits<double>::infinity();
    const float nearest = neighbours.front().weight; // squared distances until here
    std::vector<double> weights(neighbours.size());
    // Distances have no unit of their own: the search starts where the mean distance has weight 1/e.
    double mean = 0.0;
    for (const Link& link : neighbours)
        mean += static_cast<double>(link.weight - nearest) / static_cast<double>(neighbours.size());
    if (mean > 0.0)
        precision = 1.0 / mean;
    for (int step = 0; step < 100; ++step) {
        double sum = 0.0, moment = 0.0;
        for (size_t i = 0; i < weights.size(); ++i) {
            const double distance = static_cast<double>(neighbours[i].weight - nearest);
            weights[i] = std::exp(-precision * distance);
            sum += weights[i];
            moment += weights[i] * distance;
        }
        const double excess = std::log(sum) + precision * moment / sum - std::log(perplexity);
        for (double& weight : weights)
            weight /= sum;
        if (std::abs(excess) < 1e-5)
            break;
        (excess > 0.0 ? low : high) = precision;
        precision = std::isinf(high) ? 2.0 * precision : (low + high) / 2.0;
    }
    for (size_t i = 0; i < weights.size(); ++i)
        neighbours[i].weight = static_cast<float>(weights[i]);
}

Links neighbourLinks(const FeatureMatrix& features, const TSneSettings& settings, const std::stop_token& stop)
{
    const size_t rows = features.rows;
    const double perplexity = std::max(1.0, std::min(settings.perplexity, (static_cast<double>(rows) - 1.0) / 3.0));
    const size_t kept = std::min(rows - 1, static_cast<size_t>(3.0 * perplexity + 1.0));
    Links near(rows);
    parallelRows(rows, settings.threads, [&](size_t begin, size_t end) {
        std::vector<Link> all(rows - 1);
        for (size_t row = begin; row < end && !stop.stop_requested(); ++row) {
            size_t place = 0;
            for (size_t other = 0; other < rows; ++other)
                if (other != row)
                    all[place++] = {static_cast<int>(other), kernels::squaredDistance(features.row(row).data(), features.row(other).data(), features.columns)};
            std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept), all.end(),
                              [](const Link& a, const Link& b) { return a.weight != b.weight ? a.weight < b.weight : a.to < b.to; });
            near[row].assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept));
            weigh(near[row], perplexity);
        }
    });
    throwIfStopped(stop);
    Links links = near;
    for (size_t row = 0; row < rows; ++row)
        for (const Link& link : near[row]) {
            auto& back = links[static_cast<size_t>(link.to)];
            const auto found = std::find_if(back.begin(), back.begin() + static_cast<std::ptrdiff_t>(near[static_cast<size_t>(link.to)].size()),
                                            [&](const Link& other) { return other.to == static_cast<int>(row); });
            if (found == back.begin() + static_cast<std::ptrdiff_t>(near[static_cast<size_t>(link.to)].size()))
                back.push_back({static_cast<int>(row), link.weight});
            else
                found->weight += link.weight;
        }
    for (auto& row : links)
        for (Link& link : row)
            link.weight /= 2.0F * static_cast<float>(rows);
    return links;
}

/// Positions in the plane and how they move.
class Layout
{
public:
    Layout(const FeatureMatrix& start, const TSneSettings& settings) : m_threads(settings.threads), m_forces(start.rows)
    {
        double squares = 0.0;
        for (size_t row = 0; row < start.rows; ++row)
            squares += std::pow(static_cast<double>(start.row(row)[0]), 2) / static_cast<double>(start.rows);
        const double scale = squares > 0.0 ? startWidth / std::sqrt(squares) : 0.0;
        for (auto& axis : m_axes)
            axis = {.place = std::vector<float>(start.rows), .speed = std::vector<float>(start.rows), .gain = std::vector<float>(start.rows, 1.0F)};
        for (size_t row = 0; row < start.rows; ++row)
            for (size_t axis = 0; axis < std::min<size_t>(2, start.columns); ++axis)
                m_axes[axis].place[row] = static_cast<float>(static_cast<double>(start.row(row)[axis]) * scale);
        m_rate = static_cast<float>(std::max(50.0, static_cast<double>(start.rows) / exaggeration / 4.0));
    }

    void step(const Links& links, bool early)
    {
        pushApart();
        const double weights = std::accumulate(m_forces.begin(), m_forces.end(), 0.0, [](double sum, const kernels::Repulsion& force) {
            return sum + static_cast<double>(force.weights) - 1.0; // less the point itself
        });
        const auto push = static_cast<float>(1.0 / std::max(weights, 1e-12));
        parallelRows(m_forces.size(), m_threads, [&](size_t begin, size_t end) {
            for (size_t row = begin; row < end; ++row)
                move(row, links[row], push, early);
        });
        for (Axis& axis : m_axes) {
            axis.place.swap(axis.next);
            const float mean = std::accumulate(axis.place.begin(), axis.place.end(), 0.0F) / static_cast<float>(axis.place.size());
            for (float& place : axis.place)
                place -= mean;
        }
    }

    /// Stands still where it is: what is learned from now on has another landscape.
    void rest()
    {
        for (Axis& axis : m_axes) {
            std::fill(axis.speed.begin(), axis.speed.end(), 0.0F);
            std::fill(axis.gain.begin(), axis.gain.end(), 1.0F);
        }
    }

    std::vector<PlanePoint> points() const
    {
        std::vector<PlanePoint> result;
        for (size_t row = 0; row < m_forces.size(); ++row)
            result.push_back({static_cast<double>(m_axes[0].place[row]), static_cast<double>(m_axes[1].place[row])});
        return result;
    }

private:
    struct Axis
    {
        std::vector<float> place, speed, gain, next = std::vector<float>();
    };

    void pushApart()
    {
        const auto& xs = m_axes[0].place;
        const auto& ys = m_axes[1].place;
        parallelRows(m_forces.size(), m_threads, [&](size_t begin, size_t end) {
            for (size_t row = begin; row < end; ++row)
                m_forces[row] = kernels::repulsion(xs.data(), ys.data(), xs.size(), xs[row], ys[row]);
        });
        for (Axis& axis : m_axes)
            axis.next.resize(axis.place.size());
    }

    void move(size_t row, const std::vector<Link>& links, float push, bool early)
    {
        const float x = m_axes[0].place[row], y = m_axes[1].place[row];
        float pullX = 0.0F, pullY = 0.0F;
        for (const Link& link : links) {
            const float dx = x - m_axes[0].place[static_cast<size_t>(link.to)];
            const float dy = y - m_axes[1].place[static_cast<size_t>(link.to)];
            const float weight = link.weight / (1.0F + dx * dx + dy * dy);
            pullX += weight * dx;
            pullY += weight * dy;
        }
        const float strength = early ? exaggeration : 1.0F;
        const std::array gradients{4.0F * (strength * pullX - push * m_forces[row].x), 4.0F * (strength * pullY - push * m_forces[row].y)};
        for (size_t i = 0; i < 2; ++i) {
            Axis& axis = m_axes[i];
            const bool goesOn = gradients[i] * axis.speed[row] < 0.0F; // down the gradient is against its sign
            axis.gain[row] = std::max(leastGain, goesOn ? axis.gain[row] + 0.2F : axis.gain[row] * 0.8F);
            axis.speed[row] = (early ? 0.5F : 0.8F) * axis.speed[row] - m_rate * axis.gain[row] * gradients[i];
            axis.next[row] = axis.place[row] + axis.speed[row];
        }
    }

    int m_threads;
    float m_rate = 0.0F;
    std::array<Axis, 2> m_axes;
    std::vector<kernels::Repulsion> m_forces;
};

} // namespace

std::vector<PlanePoint> tSne(const FeatureMatrix& features, const TSneSettings& settings, std::stop_token stop,
                             const std::function<void(int, int)>& progress)
{
    if (!std::all_of(features.values.begin(), features.values.end(), [](float value) { return std::isfinite(value); }))
        throw Error(ErrorKind::InvalidValue, "The features hold values that are not numbers, so no map can be made of them.");
    if (features.rows < 3)
        return std::vector<PlanePoint>(features.rows);
    const FeatureMatrix reduced = principalComponents(features, componentsKept, stop).projection;
    const Links links = neighbourLinks(reduced, settings, stop);
    Layout layout(reduced, settings);
    for (int iteration = 0; iteration < settings.iterations; ++iteration) {
        throwIfStopped(stop);
        if (iteration == exaggerated)
            layout.rest();
        layout.step(links, iteration < exaggerated);
        if (progress && (iteration % 10 == 9 || iteration + 1 == settings.iterations))
            progress(iteration + 1, settings.iterations);
    }
    return layout.points();
}

double trustworthiness(const FeatureMatrix& features, const std::vector<PlanePoint>& points, int neighbours)
{
    FeatureMatrix plane{.rows = points.size(), .columns = 2, .values = {}};
    for (const PlanePoint& point : points) {
        plane.values.push_back(static_cast<float>(point.x));
        plane.values.push_back(static_cast<float>(point.y));
    }
    const int n = static_cast<int>(points.size());
    const int k = neighbours;
    double penalty = 0.0;
    for (int row = 0; row < n; ++row) {
        const auto ranked = nearestNeighbours(features, row, n);
        std::vector<int> rank(points.size());
        for (size_t place = 0; place < ranked.size(); ++place)
            rank[static_cast<size_t>(ranked[place].row)] = static_cast<int>(place) + 1;
        for (const Neighbour& near : nearestNeighbours(plane, row, k))
            penalty += std::max(0, rank[static_cast<size_t>(near.row)] - k);
    }
    return 1.0 - penalty * 2.0 / (static_cast<double>(n) * k * (2.0 * n - 3.0 * k - 1.0));
}

} // namespace melscope
