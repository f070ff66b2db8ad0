// SPDX-License-Identifier: GPL-3.0-or-later
#include "MapBenchmark.h"

#include "base/RandomStream.h"
#include "results/EmbeddingMap.h"
#include "statistics/TSne.h"

#include <QApplication>
#include <QMouseEvent>

#include <chrono>

namespace melscope {
namespace {

constexpr int clips = 2000;
constexpr int classes = 50;
constexpr size_t featureCount = 512; // ResNet-34's

double secondsOf(auto act)
{
    const auto start = std::chrono::steady_clock::now();
    act();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Around a centre of its own for every class.
FeatureMatrix features()
{
    FeatureMatrix matrix{.rows = clips, .columns = featureCount, .values = {}};
    for (int clip = 0; clip < clips; ++clip) {
        RandomStream centre({.seed = 1, .clip = static_cast<uint64_t>(clip % classes)});
        RandomStream own({.seed = 2, .clip = static_cast<uint64_t>(clip)});
        for (size_t column = 0; column < featureCount; ++column)
            matrix.values.push_back(static_cast<float>(centre.normal() + own.normal()));
    }
    return matrix;
}

MapGroups groups()
{
    MapGroups result;
    for (int group = 0; group < classes; ++group)
        result.groups.push_back({QString::number(group), {.index = group}, clips / classes});
    for (int clip = 0; clip < clips; ++clip)
        result.groupOf.push_back(clip % classes);
    return result;
}

} // namespace

MapLatencies measureEmbeddingMap()
{
    MapLatencies latencies;
    std::vector<PlanePoint> places;
    const FeatureMatrix matrix = features();
    latencies.tSneSeconds = secondsOf([&] { places = tSne(matrix, {.threads = 2}); });
    EmbeddingMap map;
    map.resize(1200, 800);
    map.setPlaces(places);
    map.setGroups(groups());
    for (int point = 0; point < 30; ++point) {
        map.fit();
        latencies.draw.push_back(1000.0 * secondsOf([&] { map.grab(); }));
        latencies.hover.push_back(1000.0 * secondsOf([&] {
            QMouseEvent move(QEvent::MouseMove, map.position(point), map.mapToGlobal(map.position(point)), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
            QApplication::sendEvent(&map, &move);
            map.grab();
        }));
    }
    return latencies;
}

} // namespace melscope
