// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/CodeMap.h"

#include "base/Error.h"
#include "statistics/NearestNeighbours.h"
#include "statistics/TSne.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace melscope {
namespace {

constexpr double neighboursCounted = 20.0; // few: small groups of like codes are what a reader looks for
constexpr double covered = 0.3;            // of the map's area by discs
constexpr double smallestShare = 0.2;      // of the mean code's area
constexpr double gap = 1.02;               // between centres, in sums of radii
constexpr int pushes = 300;

std::vector<double> radiiOf(std::span<const int64_t> usage, double area)
{
    const double all = std::max(1.0, static_cast<double>(std::accumulate(usage.begin(), usage.end(), int64_t(0))));
    const double least = smallestShare / static_cast<double>(usage.size());
    double sum = 0.0;
    std::vector<double> shares;
    for (const int64_t count : usage) {
        shares.push_back(std::max(least, static_cast<double>(count) / all));
        sum += shares.back();
    }
    for (double& share : shares)
        share = std::sqrt(covered * area * share / sum / std::numbers::pi);
    return shares;
}

/// Moves both discs of every overlapping pair half of what they overlap. True where none did.
bool pushApart(std::vector<PlanePoint>& places, const std::vector<double>& radii)
{
    bool apart = true;
    for (size_t a = 0; a < places.size(); ++a)
        for (size_t b = a + 1; b < places.size(); ++b) {
            double dx = places[b].x - places[a].x, dy = places[b].y - places[a].y;
            const double wanted = gap * (radii[a] + radii[b]);
            double distance = std::hypot(dx, dy);
            if (distance >= wanted)
                continue;
            apart = false;
            if (distance == 0.0) { // equal codes: any direction will do, but not the same for all
                dx = std::cos(static_cast<double>(b)), dy = std::sin(static_cast<double>(b));
                distance = 1.0;
                places[b].x += 1e-6 * dx * wanted, places[b].y += 1e-6 * dy * wanted;
            }
            const double push = (wanted - std::min(distance, wanted)) / 2.0 / distance;
            places[a].x -= push * dx, places[a].y -= push * dy;
            places[b].x += push * dx, places[b].y += push * dy;
        }
    return apart;
}

struct Box
{
    double left = 0.0, right = 0.0, low = 0.0, high = 0.0;

    Box(const std::vector<PlanePoint>& places, const std::vector<double>& radii)
    {
        for (size_t i = 0; i < places.size(); ++i) {
            left = i == 0 ? places[i].x - radii[i] : std::min(left, places[i].x - radii[i]);
            right = i == 0 ? places[i].x + radii[i] : std::max(right, places[i].x + radii[i]);
            low = i == 0 ? places[i].y - radii[i] : std::min(low, places[i].y - radii[i]);
            high = i == 0 ? places[i].y + radii[i] : std::max(high, places[i].y + radii[i]);
        }
    }
    double width() const { return std::max(right - left, 1e-3); }
    double height() const { return std::max(high - low, 1e-3); }
};

} // namespace

FeatureMatrix codeVectors(const Codebook& codebook)
{
    return {.rows = static_cast<size_t>(codebook.codes), .columns = static_cast<size_t>(codebook.codeDim), .values = codebook.vectors};
}

std::vector<int> codesBySimilarity(const Codebook& codebook, int code)
{
    std::vector<int> codes{code};
    for (const Neighbour& near : nearestNeighbours(codeVectors(codebook), code, codebook.codes))
        codes.push_back(near.row);
    return codes;
}

CodeMap codeMap(const Codebook& codebook, std::span<const int64_t> usage, int threads, std::stop_token stop,
                const std::function<void(int, int)>& progress)
{
    CodeMap map{.places = tSne(codeVectors(codebook), {.perplexity = neighboursCounted, .threads = threads}, stop, progress)};
    const std::vector<double> none(map.places.size());
    const Box bare(map.places, none);
    for (PlanePoint& place : map.places)
        place.x *= CodeMap::format * bare.height() / bare.width();
    map.radii = radiiOf(usage, CodeMap::format * bare.height() * bare.height());
    for (int push = 0; push < pushes && !pushApart(map.places, map.radii); ++push)
        if (stop.stop_requested())
            throw Error(ErrorKind::Cancelled, "The map was cancelled.");
    const Box box(map.places, map.radii);
    const double scale = std::min(2.0 * CodeMap::format / box.width(), 2.0 / box.height());
    for (size_t i = 0; i < map.places.size(); ++i) {
        map.places[i] = {(map.places[i].x - (box.left + box.right) / 2.0) * scale, (map.places[i].y - (box.low + box.high) / 2.0) * scale};
        map.radii[i] *= scale;
    }
    return map;
}

} // namespace melscope
