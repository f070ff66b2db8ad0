// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "results/TriageActions.h"
#include "results/TriageJob.h"
#include "runs/Verdict.h"
#include "spectrogram/FrequencyAxis.h"

#include <QWidget>

#include <array>
#include <memory>
#include <optional>

class QLabel;
class QTableView;

namespace melscope {

class ClipListModel;
class PaneCaption;
class Player;
class SpectrogramView;
class TimeRuler;
class Timeline;
class TimelinePlot;

/// Mistakes by ear, one after the other: the clip plays and its spectrogram shows, Tab flips to the nearest training clip of the class
/// it was taken for at the same loudness, 1, 2 and 3 give the verdict, N and P move on, Escape ends.
class TriagePage : public QWidget
{
    Q_OBJECT

public:
    enum class Side { Clip, Twin };

    explicit TriagePage(QWidget* parent = nullptr);
    /// With a player of one's own, e.g. on another output.
    explicit TriagePage(std::unique_ptr<Player> player, QWidget* parent = nullptr);
    ~TriagePage() override;

    void open(const TriageQueue& queue); ///< lists the clips; they are heard as soon as their source is known
    void setSource(const std::string& run, const TriageSource& source); ///< ignored unless it is the queue's run
    void setFailure(const std::string& run, const QString& sentence);   ///< why there is none
    void setVerdicts(const VerdictMap& verdicts); ///< of the dataset
    void setColourMap(const QString& name);
    void setFrequencyScale(FrequencyAxis::Scale scale);

    int current() const; ///< on the queue, -1 where it is empty
    void setCurrent(int row);
    Side side() const { return m_side; }
    double gainDb(Side side) const; ///< under which it is heard
    Player& player() const { return *m_player; }
    ClipListModel* model() const { return m_model; }
    SpectrogramView& clipView() const { return *m_views[0]; }
    SpectrogramView& twinView() const { return *m_views[1]; }

Q_SIGNALS:
    void opened(const std::string& run); ///< its source is wanted
    void closeRequested();
    void verdictGiven(const std::string& run, const melscope::ClipVerdict& verdict); ///< Verdict::None takes one back
    void exportRequested(const std::string& run); ///< the verdicts of its dataset
    void exploreRequested(const std::string& run, const std::string& clip);
    void twinShown(const melscope::TriageTwin& twin);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildList();
    QWidget* buildViews();
    void wireActions();
    void wirePlayback();
    void showCurrent();
    void showClip(const TriageSound& sound);
    void showTwin(const TriageTwin& twin);
    void draw(Side side, const TriageSound& sound);
    void step(int rows);
    void flip(Side side);
    void hear();
    void judge(Verdict verdict);
    void updateVerdicts();
    void updateCaptions();
    QString sentence(int row) const; ///< what became of the clip, and what its twin is
    const TriageSound* soundOf(Side side) const;

    std::unique_ptr<Player> m_player;
    Timeline* m_timeline;
    TriageJob* m_job;
    ClipListModel* m_model;
    TriageQueue m_queue;
    bool m_hasSource = false;
    QString m_failure; ///< why it has none, as far as that is known
    std::optional<TriageSound> m_clip;
    std::optional<TriageTwin> m_twin;
    LoudnessMatch m_match;
    Side m_side = Side::Clip;

    TriageActions m_actions;
    QLabel *m_title, *m_sentence, *m_note;
    QTableView* m_table = nullptr;
    std::array<SpectrogramView*, 2> m_views{};
    std::array<PaneCaption*, 2> m_captions{};
};

} // namespace melscope
