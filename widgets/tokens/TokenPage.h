// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"
#include "spectrogram/TimeWindow.h"
#include "tokens/LoadedTokens.h"
#include "tokens/TokenActions.h"

#include <QWidget>

#include <memory>
#include <optional>

class QLabel;
class QStackedWidget;
class QToolBar;

namespace melscope {

class ClipAnalysis;
class ClipHeader;
class CurrentCode;
class Player;
class Timeline;
class TokenMapPane;
struct CodebookComparison;
struct LoadedClip;
struct Waveform;

/// A clip's tokens over its spectrogram, to be seen and heard. Clips are decoded while the page is shown.
class TokenPage : public QWidget
{
    Q_OBJECT

public:
    /// `current` must outlive the page.
    explicit TokenPage(CurrentCode& current, QWidget* parent = nullptr);
    TokenPage(CurrentCode& current, std::unique_ptr<Player> player, QWidget* parent = nullptr);
    ~TokenPage() override;

    void setTokens(const std::shared_ptr<const LoadedTokens>& tokens); ///< null: the empty state
    void setComparison(const std::shared_ptr<const CodebookComparison>& comparison); ///< its second codebook in a map below; null: none
    void setDataset(const std::shared_ptr<const Dataset>& dataset);
    void setClip(int index); ///< of the dataset; -1: none
    int clip() const { return m_clip; }
    /// The moment comes into view under the playhead as soon as the clip that is set (or set next) is shown.
    void seekTo(const TimeSpan& moment);

    const TokenActions& actions() const { return m_actions; }
    Player& player() const { return *m_player; }
    Timeline& timeline() const { return *m_timeline; }
    TokenMapPane& map() const { return *m_map; }
    TokenMapPane& comparedMap() const { return *m_compared; }

Q_SIGNALS:
    void clipStepRequested(int step); ///< 1: the next of the list, -1: the one before
    void fitRequested();              ///< from the empty state: a codebook with the settings as they are
    void openRequested();             ///< from the empty state: a codebook file
    void clipShown(const std::string& name); ///< decoded; its map follows

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildEmpty();
    QToolBar* buildBar();
    void wirePlayback();
    void wireComparison();
    void load();
    void showClip(const LoadedClip& clip);
    void showFailure(const QString& sentence);
    void showComparedClip();
    void showClipName();
    void showNotes();
    void applySeek();

    std::unique_ptr<Player> m_player;
    Timeline* m_timeline;
    ClipAnalysis* m_analysis;
    TokenActions m_actions;
    QStackedWidget* m_stack;
    ClipHeader* m_header;
    QLabel *m_readOut, *m_notes;
    CurrentCode& m_current;
    CurrentCode* m_comparedCurrent; // the counterpart of m_current's in the second codebook
    TokenMapPane *m_map, *m_compared;
    std::shared_ptr<const CodebookComparison> m_comparison;
    std::shared_ptr<const Waveform> m_waveform; // of m_shown
    bool m_linking = false;
    std::shared_ptr<const LoadedTokens> m_tokens;
    std::shared_ptr<const Dataset> m_dataset;
    std::optional<TimeSpan> m_seek;
    int m_clip = -1;
    int m_shown = -1;     // the clip that is decoded
    bool m_stale = false; // to be decoded when the page is seen
};

} // namespace melscope
