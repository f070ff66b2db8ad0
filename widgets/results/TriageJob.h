// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audio/Loudness.h"
#include "base/Threads.h"
#include "results/TriageQueue.h"
#include "spectrogram/Spectrogram.h"

#include <QObject>

#include <memory>

namespace melscope {

/// A clip ready to be heard and seen.
struct TriageSound
{
    QString name;
    std::shared_ptr<const Waveform> waveform; ///< as the file has it
    std::shared_ptr<const Spectrogram> spectrogram;
    Loudness loudness;
};

/// The clip of another fold that is most like one on the queue.
struct TriageTwin
{
    TriageSound sound;
    int candidates = 0;      ///< it is the nearest of so many
    bool recognised = false; ///< the run held it out in another fold, and was right; false: it never held it out
};

/// Loads a queue's clips in the background, each with its twin: first the clip, then the nearest training clip of the class it was
/// taken for, leaving out those that the run is known to get wrong. The newest request overtakes the others. Thread: the GUI's;
/// nothing here waits.
class TriageJob : public QObject
{
    Q_OBJECT

public:
    explicit TriageJob(QObject* parent = nullptr);
    ~TriageJob() override;

    /// Where the queue's clips are. One that the source no longer knows under its class and fold fails with a sentence.
    void setSource(const TriageSource& source, const TriageQueue& queue);
    void request(const ClipPrediction& clip);
    void forget(); ///< results still on their way are dropped

Q_SIGNALS:
    void clipLoaded(const melscope::TriageSound& sound);
    void clipFailed(const QString& sentence);
    void twinLoaded(const melscope::TriageTwin& twin);
    void twinFailed(const QString& sentence); ///< or there is none

private:
    struct Worker;

    std::shared_ptr<Worker> m_worker; // its content is the worker's
    quint64 m_number = 0;
    LatestJob m_job; // last: joined before the rest goes
};

} // namespace melscope
