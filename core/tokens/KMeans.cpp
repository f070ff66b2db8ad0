// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/KMeans.h"

#include "base/Error.h"
#include "base/RandomStream.h"
#include "dataset/ParallelClips.h"
#include "tokens/NearestVectors.h"
#include "tokens/NearestVectorsKernel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <ranges>
#include <string>

namespace melscope {
namespace {

constexpr uint64_t seedingStream = 0x6B6D65616E73ull;
constexpr int64_t seedingPoints = 32; // a cluster
constexpr double enough = 1e-3;

class Clustering
{
public:
    Clustering(std::span<const float> points, int dim, const KMeansSettings& settings)
        : m_points(points), m_dim(static_cast<size_t>(dim)), m_settings(settings), m_count(points.size() / m_dim), m_nearest(m_count),
          m_distances(m_count)
    {
    }

    std::vector<float> centroids;

    void drawCentroids(const std::stop_token& stop);
    double assign(); // the mean distance
    void moveCentroids();

private:
    const float* point(size_t index) const { return m_points.data() + index * m_dim; }
    std::vector<int64_t> emptyClustersPoints(const std::vector<size_t>& begins) const;

    std::span<const float> m_points;
    size_t m_dim;
    const KMeansSettings& m_settings;
    size_t m_count;
    std::vector<int32_t> m_nearest; // [point]
    std::vector<float> m_distances;
};

void Clustering::drawCentroids(const std::stop_token& stop)
{
    RandomStream random({.seed = m_settings.seed, .epoch = 0, .clip = 0, .index = seedingStream});
    std::vector<int64_t> sample = random.permutation(static_cast<int64_t>(m_count));
    sample.resize(std::min(sample.size(), static_cast<size_t>(seedingPoints * m_settings.clusters)));
    std::vector<float> squares(sample.size(), std::numeric_limits<float>::max());
    size_t chosen = 0; // the sample is in random order
    for (int cluster = 0; cluster < m_settings.clusters && !stop.stop_requested(); ++cluster) {
        const float* const centroid = point(static_cast<size_t>(sample[chosen]));
        centroids.insert(centroids.end(), centroid, centroid + m_dim);
        double sum = 0.0;
        for (size_t i = 0; i < sample.size(); ++i) {
            squares[i] = std::min(squares[i], kernels::squaredDistance(point(static_cast<size_t>(sample[i])), centroid, m_dim));
            sum += squares[i];
        }
        double left = random.uniform() * sum;
        chosen = sum > 0.0 ? 0 : static_cast<size_t>(random.below(static_cast<int64_t>(sample.size())));
        for (; sum > 0.0 && chosen + 1 < sample.size() && (left -= squares[chosen]) >= 0.0; ++chosen) {
        }
    }
}

double Clustering::assign()
{
    const NearestVectors vectors(centroids, static_cast<int>(m_dim));
    forEachPart(static_cast<int64_t>(m_count), m_settings.threads, [&](int64_t begin, int64_t end) {
        const auto first = static_cast<size_t>(begin);
        const auto count = static_cast<size_t>(end - begin);
        vectors.find(m_points.subspan(first * m_dim, count * m_dim), std::span(m_nearest).subspan(first, count),
                     std::span(m_distances).subspan(first, count));
    });
    return std::accumulate(m_distances.begin(), m_distances.end(), 0.0) / static_cast<double>(m_count);
}

std::vector<int64_t> Clustering::emptyClustersPoints(const std::vector<size_t>& begins) const
{
    const auto empty = std::ranges::count_if(std::views::iota(size_t(1), begins.size()), [&](size_t i) { return begins[i] == begins[i - 1]; });
    std::vector<int64_t> farthest(m_count);
    std::iota(farthest.begin(), farthest.end(), int64_t(0));
    std::partial_sort(farthest.begin(), farthest.begin() + empty, farthest.end(), [&](int64_t a, int64_t b) {
        const float ofA = m_distances[static_cast<size_t>(a)];
        const float ofB = m_distances[static_cast<size_t>(b)];
        return ofA != ofB ? ofA > ofB : a < b;
    });
    farthest.resize(static_cast<size_t>(empty));
    return farthest;
}

void Clustering::moveCentroids()
{
    // Members of a cluster side by side, in the order of the points: each centroid is then one sum, whoever computes it.
    const auto clusters = static_cast<size_t>(m_settings.clusters);
    std::vector<size_t> begins(clusters + 1);
    for (const int32_t cluster : m_nearest)
        ++begins[static_cast<size_t>(cluster) + 1];
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    std::vector<size_t> members(m_count);
    std::vector<size_t> next(begins.begin(), begins.end() - 1);
    for (size_t i = 0; i < m_count; ++i)
        members[next[static_cast<size_t>(m_nearest[i])]++] = i;

    std::vector<int64_t> newPoints = emptyClustersPoints(begins);
    std::vector<size_t> emptyRank(clusters);
    for (size_t cluster = 0, rank = 0; cluster < clusters; ++cluster)
        emptyRank[cluster] = begins[cluster] == begins[cluster + 1] ? rank++ : 0;
    forEachClipInParallel(m_settings.clusters, m_settings.threads, {}, {}, [&](int index) {
        const auto cluster = static_cast<size_t>(index);
        const size_t count = begins[cluster + 1] - begins[cluster];
        float* const centroid = centroids.data() + cluster * m_dim;
        if (count == 0) {
            std::copy_n(point(static_cast<size_t>(newPoints[emptyRank[cluster]])), m_dim, centroid);
            return;
        }
        std::vector<double> sum(m_dim);
        for (size_t member = begins[cluster]; member < begins[cluster + 1]; ++member) {
            const float* const values = point(members[member]);
            for (size_t d = 0; d < m_dim; ++d)
                sum[d] += values[d];
        }
        double scale = 1.0 / static_cast<double>(count);
        if (m_settings.spherical) {
            const double length = std::sqrt(std::inner_product(sum.begin(), sum.end(), sum.begin(), 0.0));
            scale = length > 0.0 ? 1.0 / length : 0.0;
        }
        std::ranges::transform(sum, centroid, [scale](double value) { return static_cast<float>(value * scale); });
    });
}

} // namespace

KMeansResult kMeans(std::span<const float> points, int dim, const KMeansSettings& settings, std::stop_token stop,
                    const std::function<void(int, int)>& progress)
{
    const size_t count = points.size() / static_cast<size_t>(dim);
    if (count < static_cast<size_t>(settings.clusters))
        throw Error(ErrorKind::InvalidValue, "A codebook of " + std::to_string(settings.clusters) + " codes needs at least as many patches that are "
                                                 "not silent; there are " + std::to_string(count) + ". Choose fewer codes or smaller patches.");
    Clustering clustering(points, dim, settings);
    clustering.drawCentroids(stop);
    KMeansResult result{.meanDistance = std::numeric_limits<double>::infinity()};
    while (result.iterations < settings.iterations) {
        if (stop.stop_requested())
            throw Error(ErrorKind::Cancelled, "Fitting the codebook was cancelled.");
        const double before = result.meanDistance;
        result.meanDistance = clustering.assign();
        if (result.meanDistance > (1.0 - enough) * before)
            break;
        clustering.moveCentroids();
        ++result.iterations;
        if (progress)
            progress(result.iterations, settings.iterations);
    }
    result.centroids = std::move(clustering.centroids);
    return result;
}

} // namespace melscope
