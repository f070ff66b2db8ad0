// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

class QIODevice;

namespace melscope {

/// Something that takes interleaved float samples from a device in pull mode at its own pace. Thread: the GUI's.
class AudioOutput : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The rate at which this output will play a clip of `clipRate` Hz and `channels`: the clip's own where it can.
    virtual int rateFor(int clipRate, int channels) const = 0;
    /// Channels the output wants for a clip of `channels`.
    virtual int channelsFor(int clipRate, int channels) const = 0;
    /// Begins to pull. False when the device refuses; failed() tells why.
    virtual bool start(QIODevice* source, int sampleRate, int channels) = 0;
    virtual void stop() = 0;
    /// Seconds of sound heard since start(), by the output's own clock.
    virtual double playedSeconds() const = 0;
    /// Whether anybody can hear it.
    virtual bool isAudible() const = 0;

Q_SIGNALS:
    void failed(const QString& sentence);
};

} // namespace melscope
