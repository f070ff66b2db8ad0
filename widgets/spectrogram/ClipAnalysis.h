// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Threads.h"
#include "spectrogram/SpectrogramComputer.h"
#include "spectrogram/WaveformPyramid.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <memory>

namespace melscope {

/// A clip in memory, ready to be drawn and played.
struct LoadedClip
{
    std::shared_ptr<const Waveform> waveform;
    std::shared_ptr<const WaveformPyramid> pyramid;
    QString warning; ///< a sentence when the file ends early, otherwise empty
};

/// The clip page's two jobs, decoding and computing, each overtaken by its newest request. Thread: the GUI's; nothing
/// here waits.
class ClipAnalysis : public QObject
{
    Q_OBJECT

public:
    explicit ClipAnalysis(QObject* parent = nullptr);
    ~ClipAnalysis() override;

    void load(const std::filesystem::path& path);
    void forget(); ///< results still on their way are dropped
    /// Of the clip loaded last. Results of earlier requests that come late are dropped.
    void compute(const std::shared_ptr<const Waveform>& waveform, const SpectrogramRequest& request);

Q_SIGNALS:
    void loaded(const LoadedClip& clip);
    void loadFailed(const QString& sentence);
    void computed(const std::shared_ptr<const Spectrogram>& spectrogram);
    void computeFailed(const QString& sentence);

private:
    std::shared_ptr<SpectrogramComputer> m_computer; // worker-only
    quint64 m_loadNumber = 0;
    quint64 m_computeNumber = 0;
    LatestJob m_decoding; // last: joined before the rest goes
    LatestJob m_computing;
};

} // namespace melscope
