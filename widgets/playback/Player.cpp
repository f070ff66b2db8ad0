// SPDX-License-Identifier: GPL-3.0-or-later
#include "playback/Player.h"

#include "audio/Resampler.h"
#include "base/Error.h"
#include "playback/NullOutput.h"
#include "playback/QtAudioOutput.h"

#include <QMediaDevices>

#include <cmath>

namespace melscope {
namespace {

constexpr int tickMilliseconds = 15;

std::unique_ptr<AudioOutput> defaultOutput()
{
    const QAudioDevice device = QMediaDevices::defaultAudioOutput();
    if (device.isNull())
        return std::make_unique<NullOutput>();
    return std::make_unique<QtAudioOutput>(device);
}

} // namespace

Player::Player(QObject* parent) : Player(defaultOutput, parent) {}

Player::Player(OutputFactory makeOutput, QObject* parent) : QObject(parent), m_makeOutput(std::move(makeOutput))
{
    m_ticker.setInterval(tickMilliseconds);
    m_ticker.setTimerType(Qt::PreciseTimer);
    connect(&m_ticker, &QTimer::timeout, this, &Player::tick);
}

Player::~Player()
{
    stopOutput();
}

void Player::setWaveform(std::shared_ptr<const Waveform> waveform)
{
    pause();
    m_waveform = std::move(waveform);
    m_atDeviceRate.reset();
    ++m_number;
    m_position = 0.0;
    m_loopStart = m_loopEnd = 0.0;
    Q_EMIT positionChanged(0.0);
}

void Player::exchangeWaveform(std::shared_ptr<const Waveform> waveform, double gainDb)
{
    const bool alike = m_waveform && waveform && m_waveform->sampleRate == waveform->sampleRate
        && m_waveform->channels == waveform->channels && m_waveform->length() == waveform->length();
    m_gainDb = gainDb;
    if (!alike) {
        setWaveform(std::move(waveform));
        return;
    }
    m_waveform = std::move(waveform);
    ++m_number;
    if (m_playing)
        prepare(); // what plays goes on until the new sound is at the device's rate
    else
        m_atDeviceRate.reset();
}

double Player::positionSeconds() const
{
    if (!m_outputStarted)
        return m_position;
    const double played = m_output->playedSeconds();
    return clipSeconds(m_pump.sampleAfter(std::llround(played * m_deviceRate)));
}

void Player::play()
{
    if (!canPlay() || m_playing)
        return;
    if (!m_looping && m_position >= durationSeconds() - 1.0 / m_waveform->sampleRate)
        m_position = 0.0;
    m_playing = true;
    Q_EMIT playingChanged(true);
    if (!ensureOutput() || !m_atDeviceRate)
        prepare();
    else
        startOutput();
}

void Player::pause()
{
    if (!m_playing)
        return;
    stopOutput();
    m_playing = false;
    Q_EMIT playingChanged(false);
    Q_EMIT positionChanged(m_position);
}

void Player::toggle()
{
    m_playing ? pause() : play();
}

void Player::seek(double seconds)
{
    m_position = std::clamp(seconds, 0.0, durationSeconds());
    if (m_outputStarted) {
        // A fresh start empties the device's buffer, so that the new place is heard at once.
        m_output->stop();
        m_outputStarted = false;
        startOutput();
    }
    Q_EMIT positionChanged(m_position);
}

void Player::setLooping(bool looping)
{
    if (looping == m_looping)
        return;
    m_looping = looping;
    applyLoop();
    Q_EMIT loopingChanged(looping);
}

void Player::setLoopRegion(double start, double end)
{
    m_loopStart = start;
    m_loopEnd = end;
    applyLoop();
}

void Player::setVolume(double volume)
{
    m_volume = std::clamp(volume, 0.0, 1.0);
    applyGain();
}

void Player::setGainDb(double gainDb)
{
    m_gainDb = gainDb;
    applyGain();
}

void Player::setSpeed(double speed)
{
    speed = std::clamp(speed, 0.25, 4.0);
    if (speed == m_speed)
        return;
    stopOutput();
    m_speed = speed;
    m_atDeviceRate.reset();
    ++m_number;
    if (m_playing)
        prepare();
}

void Player::prepare()
{
    ensureOutput();
    const quint64 number = ++m_number;
    const std::shared_ptr<const Waveform> clip = m_waveform;
    const int rate = m_deviceRate = m_output->rateFor(clip->sampleRate, clip->channels);
    const int spedUp = static_cast<int>(std::lround(clip->sampleRate * m_speed));
    if (spedUp == rate) {
        prepared(number, clip);
        return;
    }
    m_convert.request([this, number, clip, rate, spedUp](std::stop_token) {
        std::shared_ptr<const Waveform> result;
        try {
            Waveform played = *clip;
            played.sampleRate = spedUp;
            result = std::make_shared<const Waveform>(resample(played, rate));
        } catch (const std::exception&) {
            result.reset();
        }
        QMetaObject::invokeMethod(this, [this, number, result] { prepared(number, result); }, Qt::QueuedConnection);
    });
}

void Player::prepared(quint64 number, std::shared_ptr<const Waveform> atDeviceRate)
{
    if (number != m_number)
        return;
    if (!atDeviceRate) {
        setNote(tr("This clip cannot be converted to the sound device's rate; choose another speed or device."));
        pause();
        return;
    }
    m_atDeviceRate = std::move(atDeviceRate);
    if (m_outputStarted)
        m_pump.exchange(m_atDeviceRate, gain());
    else if (m_playing)
        startOutput();
}

void Player::startOutput()
{
    const int channels = m_output->channelsFor(m_waveform->sampleRate, m_waveform->channels);
    m_pump.setSamples(m_atDeviceRate, channels);
    m_pump.seek(pumpSample(m_position));
    applyLoop();
    applyGain();
    m_pump.restartClock();
    if (!m_output->start(&m_pump, m_deviceRate, channels)) {
        outputFailed(tr("The sound device does not accept this clip's sound."));
        return;
    }
    m_outputStarted = true;
    m_ticker.start();
}

void Player::stopOutput()
{
    m_ticker.stop();
    if (!m_outputStarted)
        return;
    m_position = std::clamp(positionSeconds(), 0.0, durationSeconds());
    m_outputStarted = false;
    m_output->stop();
}

void Player::applyLoop()
{
    if (!m_atDeviceRate)
        return;
    if (!m_looping) {
        m_pump.setLoop(std::nullopt);
        return;
    }
    SamplePump::Loop loop{pumpSample(m_loopStart), pumpSample(m_loopEnd)};
    if (loop.last <= loop.first)
        loop = {0, m_atDeviceRate->length()};
    m_pump.setLoop(loop);
}

void Player::applyGain()
{
    m_pump.setGain(gain());
}

float Player::gain() const
{
    return static_cast<float>(m_volume * std::pow(10.0, m_gainDb / 20.0));
}

void Player::tick()
{
    const double position = positionSeconds();
    const bool heardAll = m_pump.isFinished() && pumpSample(position) >= m_atDeviceRate->length() - 1;
    if (!heardAll) {
        Q_EMIT positionChanged(position);
        return;
    }
    pause();
    m_position = durationSeconds();
    Q_EMIT positionChanged(m_position);
}

void Player::outputFailed(const QString& sentence)
{
    stopOutput();
    // Kept silent rather than asked again at once: a device that failed a moment ago would only fail again.
    m_output.release()->deleteLater();
    m_output = std::make_unique<NullOutput>();
    m_atDeviceRate.reset();
    setNote(tr("%1 The playhead runs without sound.").arg(sentence));
    if (m_playing)
        prepare();
}

void Player::devicesChanged()
{
    const bool wasPlaying = m_playing;
    pause();
    if (m_output)
        m_output.release()->deleteLater();
    m_atDeviceRate.reset();
    ++m_number;
    ensureOutput();
    if (wasPlaying)
        play();
}

bool Player::ensureOutput()
{
    if (m_output)
        return true;
    if (!m_devices) {
        m_devices = std::make_unique<QMediaDevices>();
        connect(m_devices.get(), &QMediaDevices::audioOutputsChanged, this, &Player::devicesChanged);
    }
    m_output = m_makeOutput();
    connect(m_output.get(), &AudioOutput::failed, this, &Player::outputFailed);
    setNote(m_output->isAudible() ? QString() : tr("There is no sound device: the playhead runs without sound."));
    return false;
}

void Player::setNote(const QString& note)
{
    if (note == m_note)
        return;
    m_note = note;
    Q_EMIT noteChanged(note);
}

SampleIndex Player::pumpSample(double seconds) const
{
    return std::llround(seconds / m_speed * m_deviceRate);
}

double Player::clipSeconds(SampleIndex pumpSample) const
{
    return static_cast<double>(pumpSample) / m_deviceRate * m_speed;
}

} // namespace melscope
