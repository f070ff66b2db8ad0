// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "playback/AudioOutput.h"

#include <QAudioDevice>
#include <QAudioSink>
#include <QElapsedTimer>

#include <memory>

namespace melscope {

/// A sound device through Qt Multimedia. The time heard is what the device has processed less what still waits in its
/// buffer, carried on by the wall clock between the device's own, coarser steps.
class QtAudioOutput : public AudioOutput
{
    Q_OBJECT

public:
    explicit QtAudioOutput(const QAudioDevice& device, QObject* parent = nullptr);
    ~QtAudioOutput() override;

    int rateFor(int clipRate, int channels) const override;
    int channelsFor(int clipRate, int channels) const override;
    bool start(QIODevice* source, int sampleRate, int channels) override;
    void stop() override;
    double playedSeconds() const override;
    bool isAudible() const override { return true; }

private:
    double deviceSeconds() const;
    void sinkStateChanged(QAudio::State state);

    QAudioDevice m_device;
    std::unique_ptr<QAudioSink> m_sink;
    mutable QElapsedTimer m_sinceStep;
    mutable double m_lastStep = 0.0;  // seconds by the device
    mutable double m_lastTold = 0.0;  // never goes back
};

} // namespace melscope
