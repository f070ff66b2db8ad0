// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Threads.h"
#include "playback/AudioOutput.h"
#include "playback/SamplePump.h"

#include <QTimer>

#include <functional>
#include <memory>

class QMediaDevices;

namespace melscope {

/// Plays one clip: position, loop, volume, gain, speed. Without a sound device, or when it disappears, the playhead
/// runs by the clock and note() says so; a device that appears is used from the next play on. Thread: the GUI's.
class Player : public QObject
{
    Q_OBJECT

public:
    using OutputFactory = std::function<std::unique_ptr<AudioOutput>()>;

    /// Plays on the system's default device, looked up when first needed.
    explicit Player(QObject* parent = nullptr);
    /// Plays on what `makeOutput` returns; asked again when an output fails.
    explicit Player(OutputFactory makeOutput, QObject* parent = nullptr);
    ~Player() override;

    /// Stops; position 0, no loop region. A null waveform means no clip.
    void setWaveform(std::shared_ptr<const Waveform> waveform);
    /// Another sound in place of this one: where it has the same rate, channels and length, position and loop stay, and playing
    /// goes on without a gap; otherwise as setWaveform(). `gainDb` as for setGainDb(), changed at the same moment.
    void exchangeWaveform(std::shared_ptr<const Waveform> waveform, double gainDb);
    bool canPlay() const { return m_waveform && m_waveform->length() > 0; }
    bool isPlaying() const { return m_playing; }
    double durationSeconds() const { return m_waveform ? m_waveform->seconds() : 0.0; }
    double positionSeconds() const; ///< what is heard now

    bool isLooping() const { return m_looping; }
    double volume() const { return m_volume; }
    double speed() const { return m_speed; }
    const QString& note() const { return m_note; } ///< a sentence when nothing can be heard, otherwise empty
    AudioOutput* output() const { return m_output.get(); }

public Q_SLOTS:
    void play(); ///< from the beginning where the end was reached
    void pause();
    void toggle();
    void seek(double seconds);
    void setLooping(bool looping);
    /// What is looped, seconds; an empty region means the whole clip.
    void setLoopRegion(double start, double end);
    void setVolume(double volume); ///< 0 to 1, amplitude
    void setGainDb(double gainDb); ///< besides the volume, e.g. to match the loudness of two sounds
    void setSpeed(double speed);   ///< 0.25 to 4; the pitch follows, as on tape

Q_SIGNALS:
    void playingChanged(bool playing);
    void positionChanged(double seconds);
    void loopingChanged(bool looping);
    void noteChanged(const QString& note);

private:
    void prepare();
    void prepared(quint64 number, std::shared_ptr<const Waveform> atDeviceRate);
    void startOutput();
    void stopOutput();
    void applyLoop();
    void applyGain();
    float gain() const;
    void tick();
    void outputFailed(const QString& sentence);
    void devicesChanged();
    bool ensureOutput();
    void setNote(const QString& note);
    SampleIndex pumpSample(double seconds) const;
    double clipSeconds(SampleIndex pumpSample) const;

    OutputFactory m_makeOutput;
    std::unique_ptr<QMediaDevices> m_devices;
    std::unique_ptr<AudioOutput> m_output;
    SamplePump m_pump;
    QTimer m_ticker;
    std::shared_ptr<const Waveform> m_waveform;
    std::shared_ptr<const Waveform> m_atDeviceRate; // null while it is being converted
    int m_deviceRate = 1;                           // Hz, at which samples leave the pump
    quint64 m_number = 0;                           // of the newest conversion
    double m_position = 0.0;                        // seconds, while not playing
    double m_loopStart = 0.0;
    double m_loopEnd = 0.0;
    double m_volume = 1.0;
    double m_gainDb = 0.0;
    double m_speed = 1.0;
    QString m_note;
    bool m_looping = false;
    bool m_playing = false;
    bool m_outputStarted = false;
    LatestJob m_convert; // last: joined before the rest goes
};

} // namespace melscope
