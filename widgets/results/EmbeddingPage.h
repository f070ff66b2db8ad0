// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "results/MapProjector.h"
#include "runs/RunList.h"

#include <QWidget>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QListWidget;
class QPushButton;
class QSpinBox;
class QStackedWidget;

namespace melscope {

class EmbeddingMap;
class JobBar;
class MapClipPanel;
class RunBox;

/// What one fold's model makes of the clips: a map of its features whose points are heard, a lasso that filters the table beside it,
/// a clip's nearest neighbours and its test-time views. Features and views come from outside (they need the engine); the plane
/// is computed here, on a worker.
class EmbeddingPage : public QWidget
{
    Q_OBJECT

public:
    enum class Projection { TSne, PrincipalComponents };

    explicit EmbeddingPage(QWidget* parent = nullptr);

    void setRuns(const RunList& runs); ///< those with results can be chosen
    void chooseRun(const std::string& id);
    std::string run() const;
    int fold() const;
    void begin(const QString& what);       ///< features are on their way
    void setProgress(int done, int total); ///< clips
    void finish();                         ///< done, failed or cancelled
    void showMessage(const QString& sentence);
    /// Makes a plane of it. Ignored unless its run and fold are the chosen ones.
    void setMap(std::shared_ptr<const ModelMap> map);
    void setProjection(Projection projection);

    EmbeddingMap* map() const { return m_points; }
    MapClipPanel* lists() const { return m_lists; }
    QListWidget* legend() const { return m_legend; }

Q_SIGNALS:
    void mapRequested(const std::string& run, int fold);
    void cancelRequested();
    void anatomyRequested(const std::string& run, int fold, const std::string& clip);
    void hearRequested(const std::filesystem::path& clip);
    void exploreRequested(const std::string& clip);
    void projected(); ///< the plane is there

private:
    QWidget* buildControls();
    QWidget* buildMapSide();
    void showFolds();
    void showStart();
    void project();
    void showPlane(const MapPlane& plane);
    void colour();
    void showSelection();
    void hear(int clip); ///< index into the map's clips
    int clipOf(int point) const { return m_plane.clips[static_cast<size_t>(point)]; }

    RunList m_runs;
    std::shared_ptr<const ModelMap> m_map; ///< the newest; on its way into the plane
    MapPlane m_plane; ///< of all the map's clips, or of the held-out ones alone

    QStackedWidget* m_pages;
    RunBox* m_run;
    QComboBox *m_fold, *m_projection, *m_colouring;
    QSpinBox* m_perplexity;
    QLabel* m_perplexityLabel;
    QCheckBox* m_heldOutOnly;
    QPushButton* m_compute;
    JobBar* m_job;
    QLabel *m_message, *m_note, *m_readOut;
    QStackedWidget* m_mapPages; ///< what to do, or the map
    EmbeddingMap* m_points;
    QListWidget* m_legend;
    MapClipPanel* m_lists;
    MapProjector m_projector; // last: stops before the rest goes
};

} // namespace melscope
