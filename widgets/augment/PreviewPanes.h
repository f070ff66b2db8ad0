// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationPreview.h"
#include "spectrogram/FrequencyAxis.h"

#include <QFlags>
#include <QWidget>

#include <memory>
#include <vector>

class QGridLayout;

namespace melscope {

class ColourBar;
class PaneCaption;
class SpectrogramView;
class TimeRuler;
class Timeline;
class TimelinePlot;
class WaveformView;

/// Before, after and their difference above each other on one time axis: the sides in one range of colours, the difference in
/// its own around zero.
class PreviewPanes : public QWidget
{
    Q_OBJECT

public:
    enum Pane { Waveforms = 1, Before = 2, After = 4, Difference = 8 };
    Q_DECLARE_FLAGS(Panes, Pane)
    static constexpr Panes all() { return Panes(Waveforms) | Before | After | Difference; }

    explicit PreviewPanes(Timeline& timeline, QWidget* parent = nullptr);
    ~PreviewPanes() override;

    void setPreview(const std::shared_ptr<const AugmentationPreview>& preview); ///< null: empty
    void setMessage(const QString& sentence); ///< in place of the pictures, until the next preview
    void setShown(Panes panes);
    Panes shown() const { return m_shown; }
    void setHeard(PreviewSide side, double gainBeforeDb, double gainAfterDb);
    void setColourMap(const QString& name);
    void setFrequencyScale(FrequencyAxis::Scale scale);

    SpectrogramView& before() const { return *m_before; }
    SpectrogramView& after() const { return *m_after; }
    SpectrogramView& difference() const { return *m_difference; }
    WaveformView& waveformAfter() const { return *m_waveformAfter; }
    ColourBar& levels() const { return *m_levels; }
    ColourBar& differences() const { return *m_differences; }

Q_SIGNALS:
    void painted(quint64 request); ///< everything shown of this preview is on the screen
    void seekRequested(double seconds);
    void sideChosen(melscope::PreviewSide side);
    void readOutChanged(const QString& text); ///< place, both values and their difference; empty when the pointer leaves

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void chooseDifferenceColours();
    void addRows();
    void addCaptions();
    void wireBars();
    void showRows();
    void showLevels(ColourScale scale);
    void showDifferences(ColourScale scale);
    void awaitPainting(quint64 request);
    void notePainted(const QWidget* view, quint64 request);
    void placeCaptions();
    QString readOut(double seconds, double hz) const;
    std::vector<TimelinePlot*> plots() const;

    QGridLayout* m_grid;
    WaveformView* m_waveformBefore;
    SpectrogramView* m_before;
    WaveformView* m_waveformAfter;
    SpectrogramView* m_after;
    SpectrogramView* m_difference;
    TimeRuler* m_ruler;
    ColourBar* m_levels;
    ColourBar* m_differences;
    PaneCaption *m_captionBefore, *m_captionAfter, *m_captionDifference;
    Panes m_shown = all();
    std::shared_ptr<const AugmentationPreview> m_preview;
    bool m_levelsChosen = false;      // by hand: stays over previews
    bool m_differencesChosen = false;
    quint64 m_awaited = 0;            // request whose painting painted() will tell
    std::vector<const QWidget*> m_unpainted;
};

Q_DECLARE_OPERATORS_FOR_FLAGS(PreviewPanes::Panes)

} // namespace melscope
