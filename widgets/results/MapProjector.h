// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Threads.h"
#include "common/LatestRequest.h"
#include "runs/ModelMap.h"

#include <QObject>

#include <memory>
#include <vector>

namespace melscope {

/// A map's clips in a plane.
struct MapPlane
{
    std::shared_ptr<const ModelMap> whole; ///< as it was given
    std::shared_ptr<const ModelMap> map;   ///< of the clips that were wanted alone
    std::vector<int> clips;                ///< [point] index into the whole map's clips
    std::vector<PlanePoint> places;      ///< [point]
    QString note;                        ///< a sentence on what the plane can say
};

/// Brings maps into a plane on a worker; the newest wish takes the place of an older one. Lives on the GUI thread.
class MapProjector : public QObject
{
    Q_OBJECT

public:
    struct Settings
    {
        bool tSne = true; ///< else: principal components
        int perplexity = 30;
    };

    using QObject::QObject;

    void project(const std::shared_ptr<const ModelMap>& map, const std::vector<int>& clips, const Settings& settings);
    void cancel() { m_request.giveUp(); } ///< nothing more is heard of the last wish

Q_SIGNALS:
    void progressed(int done, int total);
    void projected(const melscope::MapPlane& plane);
    void failed(const QString& sentence);

private:
    LatestJob m_job;
    LatestRequest m_request; // last: given up before the thread is waited for
};

} // namespace melscope
