// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/MapProjector.h"

#include "common/Figures.h"
#include "statistics/PrincipalComponents.h"
#include "statistics/TSne.h"

#include <algorithm>
#include <numeric>
#include <thread>

namespace melscope {
namespace {

/// The rows of a map that are wanted, as a map of its own.
std::shared_ptr<const ModelMap> partOf(const std::shared_ptr<const ModelMap>& map, const std::vector<int>& clips)
{
    if (clips.size() == map->clips.size())
        return map;
    auto part = std::make_shared<ModelMap>(ModelMap{.run = map->run, .fold = map->fold, .classes = map->classes});
    part->features = {.rows = clips.size(), .columns = map->features.columns, .values = {}};
    for (const int clip : clips) {
        part->clips.push_back(map->clips[static_cast<size_t>(clip)]);
        const auto row = map->features.row(static_cast<size_t>(clip));
        part->features.values.insert(part->features.values.end(), row.begin(), row.end());
    }
    return part;
}

std::vector<PlanePoint> firstTwo(const FeatureMatrix& projection)
{
    std::vector<PlanePoint> points;
    for (size_t row = 0; row < projection.rows; ++row) {
        const auto values = projection.row(row);
        points.push_back({values.empty() ? 0.0 : static_cast<double>(values[0]), values.size() < 2 ? 0.0 : static_cast<double>(values[1])});
    }
    return points;
}

} // namespace

void MapProjector::project(const std::shared_ptr<const ModelMap>& map, const std::vector<int>& clips, const Settings& settings)
{
    m_job.request([this, map, clips, settings, request = m_request.renew(this)](const std::stop_token&) {
        request.attempt([&] {
            MapPlane plane{.whole = map, .map = partOf(map, clips), .clips = clips};
            if (settings.tSne) {
                const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
                plane.places = tSne(plane.map->features, {.perplexity = static_cast<double>(settings.perplexity), .threads = threads}, request.token(),
                                    [&](int done, int total) { request.send([this, done, total] { Q_EMIT progressed(done, total); }); });
                plane.note = tr("t-SNE of %1 clips: neighbours are alike; sizes of groups and distances between them mean nothing.").arg(clips.size());
            } else {
                const PrincipalComponents found = principalComponents(plane.map->features, 2, request.token());
                plane.places = firstTwo(found.projection);
                plane.note = tr("The two widest principal components hold %1 of the variance of %2 clips.")
                                 .arg(percentText(std::accumulate(found.explained.begin(), found.explained.end(), 0.0))).arg(clips.size());
            }
            request.send([this, plane] { Q_EMIT projected(plane); });
        }, [this](const QString& sentence) { Q_EMIT failed(sentence); });
    });
}

} // namespace melscope
