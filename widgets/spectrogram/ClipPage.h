// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/FrontEnd.h"
#include "spectrogram/ClipActions.h"
#include "spectrogram/ColourScale.h"
#include "spectrogram/Normalisation.h"

#include <QElapsedTimer>
#include <QWidget>

#include <filesystem>
#include <memory>
#include <optional>

class QLabel;

namespace melscope {

class ClipAnalysis;
class ColourBar;
class DisplayPanel;
class FrontEndPanel;
class Player;
class SpectrogramView;
class TimeRuler;
class Timeline;
class WaveformView;
struct LoadedClip;
struct Spectrogram;
struct SpectrogramFigure;

/// See and hear one clip: waveform over spectrogram on one time axis, playback, the front end live, the model's-eye view,
/// saving. Decoding, computing, drawing and saving are jobs; what went wrong stands in words where the picture would be.
class ClipPage : public QWidget
{
    Q_OBJECT

public:
    using Actions = ClipActions;

    explicit ClipPage(QWidget* parent = nullptr);
    /// With a player of one's own, e.g. on another output.
    ClipPage(std::unique_ptr<Player> player, QWidget* parent = nullptr);
    ~ClipPage() override;

    /// Loads in the background; the pictures of before stay until the new ones are there.
    void setClip(const std::filesystem::path& path, const QString& displayName);
    void clear(); ///< the empty state
    const std::filesystem::path& clipPath() const { return m_path; }

    const FrontEnd& frontEnd() const;
    void setFrontEnd(const FrontEnd& frontEnd); ///< emits nothing
    /// What the model's-eye view normalises by; nothing: the clip's own mean and deviation, which the page then says.
    void setNormalisation(std::optional<Normalisation> normalisation);

    /// Writes what is shown, on a job, by the ending of `path`: .png, .svg, .npy, .csv. Ends in saved() or saveFailed().
    void saveTo(const std::filesystem::path& path);

    const Actions& actions() const { return m_actions; }
    Player& player() const { return *m_player; }
    Timeline& timeline() const { return *m_timeline; }
    SpectrogramView& spectrogramView() const { return *m_spectrogramView; }
    WaveformView& waveformView() const { return *m_waveformView; }
    /// Front end and display, beside the views until somebody gives them another place (a dock).
    QWidget* settings() const { return m_settings; }
    FrontEndPanel& frontEndPanel() const { return *m_frontEndPanel; }
    DisplayPanel& displayPanel() const { return *m_displayPanel; }

Q_SIGNALS:
    void frontEndChanged(const melscope::FrontEnd& frontEnd); ///< by the user
    void clipShown(const QString& displayName);              ///< decoded; its pictures follow
    void clipFailed(const QString& sentence);
    /// A new spectrogram is on the screen, this long after the change that asked for it.
    void spectrogramPainted(double milliseconds);
    void saved(const QString& path);
    void saveFailed(const QString& sentence);

private:
    void wireActions();
    QWidget* buildViews();
    QWidget* buildPanel();
    QWidget* buildStatus();
    void wirePlayback();
    void wireDisplay();
    void showClip(const LoadedClip& clip);
    void showFailure(const QString& sentence);
    void requestSpectrogram();
    void showSpectrogram(const std::shared_ptr<const Spectrogram>& spectrogram);
    void reportPainted(quint64 request);
    void applyScale(ColourScale scale);
    void updateDuration();
    void updateStatus();
    void enableClip(bool enabled);
    void askWhereToSave();
    SpectrogramFigure figure() const;

    struct Jobs;

    std::unique_ptr<Player> m_player;
    Timeline* m_timeline;
    ClipAnalysis* m_analysis;
    Actions m_actions;
    WaveformView* m_waveformView = nullptr;
    TimeRuler* m_ruler = nullptr;
    SpectrogramView* m_spectrogramView = nullptr;
    ColourBar* m_colourBar = nullptr;
    QWidget* m_settings = nullptr;
    FrontEndPanel* m_frontEndPanel = nullptr;
    DisplayPanel* m_displayPanel = nullptr;
    QLabel* m_readOut = nullptr;
    QLabel* m_noteLabel = nullptr;

    std::filesystem::path m_path;
    QString m_displayName;
    QString m_warning; // of the clip, e.g. that its file ends early
    QString m_computeError;
    std::shared_ptr<const struct Waveform> m_waveform;
    std::optional<Normalisation> m_normalisation;
    quint64 m_request = 0; // of the newest spectrogram asked for
    QElapsedTimer m_sinceRequest;
    std::unique_ptr<Jobs> m_jobs; // last: joined before the rest goes
};

} // namespace melscope
