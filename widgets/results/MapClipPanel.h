// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/ModelMap.h"

#include <QWidget>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

class QLabel;
class QTableView;
class QTabWidget;

namespace melscope {

class MapClipModel;
class ViewAnatomyModel;

/// Beside a map: the clips in its lasso, and of the one that is looked at the nearest clips and the test-time views.
class MapClipPanel : public QWidget
{
    Q_OBJECT

public:
    explicit MapClipPanel(QWidget* parent = nullptr);

    /// `clips` (indices into the map's) in the lasso, or all of `total` without one. A null map: none yet.
    void showClips(const std::shared_ptr<const ModelMap>& map, const std::vector<int>& clips, size_t total);
    void look(int clip); ///< index into the map's clips; -1: at none
    void setAnatomy(const ClipAnatomy& anatomy); ///< ignored unless it is that clip's
    void showAnatomyMessage(const QString& sentence);

    MapClipModel* clips() const { return m_clips; }
    MapClipModel* neighbours() const { return m_neighbours; }
    ViewAnatomyModel* views() const { return m_views; }

Q_SIGNALS:
    void hearRequested(int clip);
    void exploreRequested(const std::string& clip);
    void anatomyRequested(const std::string& clip); ///< somebody looks at the views

private:
    QWidget* buildViews();
    QTableView* buildTable(MapClipModel& model, const QString& name);
    void requestAnatomy();

    std::shared_ptr<const ModelMap> m_map;
    int m_clip = -1; ///< that is looked at
    QLabel *m_title, *m_near, *m_viewsNote;
    MapClipModel *m_clips, *m_neighbours;
    ViewAnatomyModel* m_views;
    QTabWidget* m_below;
};

} // namespace melscope
