// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "playback/AudioOutput.h"

#include <QByteArray>
#include <QElapsedTimer>
#include <QTimer>

namespace melscope {

/// Takes the samples at the pace of the wall clock and lets them fall: the playhead moves, nothing is heard. Without
/// `keep` nothing is stored; with it taken() is everything that a sound device would have got.
class NullOutput : public AudioOutput
{
    Q_OBJECT

public:
    explicit NullOutput(QObject* parent = nullptr);

    void setKeep(bool keep) { m_keep = keep; }
    const QByteArray& taken() const { return m_taken; } ///< interleaved float32
    /// How many times faster than real time the clock runs; for tests.
    void setClockFactor(double factor) { m_clockFactor = factor; }

    int rateFor(int clipRate, int) const override { return clipRate; }
    int channelsFor(int, int channels) const override { return channels; }
    bool start(QIODevice* source, int sampleRate, int channels) override;
    void stop() override;
    double playedSeconds() const override;
    bool isAudible() const override { return false; }

private:
    void pull();

    QTimer m_timer;
    QElapsedTimer m_clock;
    QIODevice* m_source = nullptr;
    QByteArray m_taken;
    double m_clockFactor = 1.0;
    qint64 m_bytesPerSecond = 0;
    qint64 m_bytesPerFrame = 0;
    qint64 m_pulled = 0; // bytes since start
    bool m_keep = false;
};

} // namespace melscope
