// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audio/Waveform.h"

#include <QIODevice>

#include <deque>
#include <memory>
#include <mutex>
#include <optional>

namespace melscope {

/// The samples of one clip as a sequential device of interleaved float32, with a position, a loop and a gain. A sound
/// device may read from its own thread; everything else may be called from any.
class SamplePump : public QIODevice
{
    Q_OBJECT

public:
    struct Loop
    {
        SampleIndex first = 0;
        SampleIndex last = 0; ///< one past the end; greater than first
    };

    explicit SamplePump(QObject* parent = nullptr);

    /// The clip at the device's rate; `channels` of the device: a mono clip goes to all, more channels than the device
    /// has are averaged where it has one and cut otherwise. Begins anew at sample 0.
    void setSamples(std::shared_ptr<const Waveform> waveform, int channels);
    /// Goes on at the same sample with another clip of the same rate, length and channels under its own gain; 5 ms of the
    /// two fade into each other, so that the change itself makes no sound.
    void exchange(std::shared_ptr<const Waveform> waveform, float gain);
    void seek(SampleIndex sample); ///< clamped to the clip
    void setLoop(std::optional<Loop> loop);
    /// Factor on every sample; exactly 1 hands them on unchanged, otherwise the result is limited to +-1.
    void setGain(float gain);

    SampleIndex nextSample() const; ///< of the clip, the first that is not read yet
    bool isFinished() const;        ///< read to the end, without a loop
    /// The sample of the clip that stands at `played` samples since the last restartClock(), jumps of seeks and loops
    /// counted where they were read. This is what a playhead shows.
    SampleIndex sampleAfter(SampleIndex played) const;
    void restartClock();

    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override;

protected:
    qint64 readData(char* data, qint64 most) override;
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    struct Jump // from here on in the stream, the clip is read from `sample`
    {
        SampleIndex streamed = 0;
        SampleIndex sample = 0;
    };

    void jumpTo(SampleIndex sample);
    SampleIndex endOfRun() const;
    void copyRun(const Waveform& waveform, float gain, float* target, SampleIndex count) const;
    void fadeOver(float* target, SampleIndex count);

    mutable std::mutex m_mutex; // protects everything below
    std::shared_ptr<const Waveform> m_waveform;
    int m_channels = 1;
    SampleIndex m_next = 0;
    SampleIndex m_streamed = 0;
    std::optional<Loop> m_loop;
    std::deque<Jump> m_jumps;
    float m_gain = 1.0F;
    std::shared_ptr<const Waveform> m_before; // an exchange: fades out
    float m_gainBefore = 1.0F;
    SampleIndex m_fadeDone = 0;
    std::vector<float> m_fading;
};

} // namespace melscope
