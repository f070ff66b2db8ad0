// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentActions.h"
#include "augment/AugmentationPreview.h"
#include "augment/PreviewPanes.h"

#include <QElapsedTimer>
#include <QWidget>

#include <memory>

class QLabel;
class QStackedWidget;
class QToolBar;

namespace melscope {

class ClipHeader;
class ComparisonPlayer;
class DrawBar;
class FrontEndChoice;
class MixingBar;
class Player;
class PreviewJob;
class Timeline;

/// One draw of an augmentation chain on one clip, seen and heard: before, after, difference; seed and epoch; partner and soft
/// label where something is mixed in. What it shows is bit for bit what training feeds. Nothing is computed while it is hidden.
class AugmentPage : public QWidget
{
    Q_OBJECT

public:
    explicit AugmentPage(QWidget* parent = nullptr);
    /// With a player of one's own, e.g. on another output.
    AugmentPage(std::unique_ptr<Player> player, QWidget* parent = nullptr);
    ~AugmentPage() override;

    void setDataset(std::shared_ptr<const Dataset> dataset); ///< nullptr: the empty state
    void setClip(int clip);                                  ///< index in the dataset; -1: none
    void setFrontEnd(const FrontEnd& frontEnd);                       ///< of Explore
    void setRecipe(const QString& title, const FrontEnd& frontEnd);   ///< the one that a run would be started with
    /// Where the seed is not pinned, every chain and clip is drawn anew.
    void setChain(const AugmentationChain& chain);
    /// Shows this epoch of the seed there is and keeps that seed, whatever chain and clip become, until the user frees it.
    void pinDraw(quint64 epoch);

    const AugmentationChain& chain() const { return m_chain; }
    const FrontEnd& frontEnd() const; ///< that the preview is computed with
    int clip() const { return m_clip; }
    const std::shared_ptr<const AugmentationPreview>& preview() const { return m_preview; } ///< what is shown; may be null

    const AugmentActions& actions() const { return m_actions; }
    DrawBar& draws() const { return *m_draws; }
    FrontEndChoice& frontEnds() const { return *m_frontEnds; }
    PreviewPanes& panes() const { return *m_panes; }
    ComparisonPlayer& comparison() const { return *m_comparison; }
    MixingBar& mixing() const { return *m_mixing; }
    Timeline& timeline() const { return *m_timeline; }

Q_SIGNALS:
    void previewRequested(const melscope::PreviewRequest& request); ///< clip, chain or draw changed; clips null: nothing to show
    void previewShown();
    void frontEndChanged(const melscope::FrontEnd& frontEnd); ///< that the preview is computed with
    void previewPainted(double milliseconds); ///< on the screen, this long after the change that asked for it
    void clipStepRequested(int step);         ///< to the next (1) or the previous (-1) clip
    void exploreRequested();                  ///< to where a clip can be opened
    void demoRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QToolBar* buildBar();
    void addPaneChoice(QToolBar* bar);
    QWidget* buildStatus();
    QWidget* buildEmpty();
    void wireActions();
    void wirePlayback();
    void redraw();
    void requestPreview();
    void showPreview(const std::shared_ptr<const AugmentationPreview>& preview);
    void showFailure(const QString& sentence);
    void showMixing();
    void showClipName();
    void showHeard();
    QStringList notes() const;
    void updateNotes();

    std::unique_ptr<ComparisonPlayer> m_comparison;
    Timeline* m_timeline;
    PreviewJob* m_job;
    AugmentActions m_actions;
    QStackedWidget* m_stack;
    QWidget* m_empty;
    ClipHeader* m_header;
    DrawBar* m_draws;
    PreviewPanes* m_panes;
    FrontEndChoice* m_frontEnds;
    MixingBar* m_mixing;
    QLabel* m_readOut;
    QLabel* m_notes;

    std::shared_ptr<const Dataset> m_dataset;
    int m_clip = -1;
    AugmentationChain m_chain;
    std::shared_ptr<const PreviewClips> m_clips;           // of dataset, front end and held-out fold; null: made when needed
    std::shared_ptr<const AugmentationPreview> m_preview;
    bool m_stale = false; // what is shown is not what is asked for, and nobody looks
    QElapsedTimer m_sinceRequest;
};

} // namespace melscope
