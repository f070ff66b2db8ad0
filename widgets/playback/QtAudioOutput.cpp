// SPDX-License-Identifier: GPL-3.0-or-later
#include "playback/QtAudioOutput.h"

#include <algorithm>

namespace melscope {
namespace {

constexpr double bufferSeconds = 0.1;
constexpr double longestInterpolation = 0.15; // seconds without a sign of the device's clock

QAudioFormat floatFormat(int rate, int channels)
{
    QAudioFormat format;
    format.setSampleRate(rate);
    format.setChannelCount(channels);
    format.setSampleFormat(QAudioFormat::Float);
    return format;
}

} // namespace

QtAudioOutput::QtAudioOutput(const QAudioDevice& device, QObject* parent) : AudioOutput(parent), m_device(device) {}

QtAudioOutput::~QtAudioOutput()
{
    stop();
}

int QtAudioOutput::rateFor(int clipRate, int channels) const
{
    if (m_device.isFormatSupported(floatFormat(clipRate, channelsFor(clipRate, channels))))
        return clipRate;
    const int preferred = m_device.preferredFormat().sampleRate();
    return preferred > 0 ? preferred : 48000;
}

int QtAudioOutput::channelsFor(int clipRate, int channels) const
{
    const int wanted = std::clamp(channels, 1, 2);
    if (m_device.isFormatSupported(floatFormat(clipRate, wanted)))
        return wanted;
    const int preferred = m_device.preferredFormat().channelCount();
    return std::max(preferred, 1);
}

bool QtAudioOutput::start(QIODevice* source, int sampleRate, int channels)
{
    stop();
    const QAudioFormat format = floatFormat(sampleRate, channels);
    m_sink = std::make_unique<QAudioSink>(m_device, format);
    m_sink->setBufferSize(format.bytesForDuration(static_cast<qint64>(bufferSeconds * 1e6)));
    m_lastStep = 0.0;
    m_lastTold = 0.0;
    m_sinceStep.start();
    m_sink->start(source);
    if (m_sink->error() != QAudio::NoError && m_sink->error() != QAudio::UnderrunError) {
        m_sink.reset();
        return false;
    }
    // Connected after the start, whose own failure is the return value.
    connect(m_sink.get(), &QAudioSink::stateChanged, this, &QtAudioOutput::sinkStateChanged);
    return true;
}

void QtAudioOutput::stop()
{
    if (!m_sink)
        return;
    m_sink->disconnect(this);
    m_sink->reset();
    // stop() may run inside a signal of the sink itself.
    m_sink.release()->deleteLater();
}

double QtAudioOutput::deviceSeconds() const
{
    const QAudioFormat format = m_sink->format();
    const qint64 waiting = std::max<qint64>(m_sink->bufferSize() - m_sink->bytesFree(), 0);
    const qint64 heard = m_sink->processedUSecs() - format.durationForBytes(static_cast<qint32>(waiting));
    return std::max(0.0, static_cast<double>(heard) * 1e-6);
}

double QtAudioOutput::playedSeconds() const
{
    if (!m_sink)
        return m_lastTold;
    const double step = deviceSeconds();
    if (step != m_lastStep) {
        m_lastStep = step;
        m_sinceStep.restart();
    }
    const bool moving = m_sink->state() == QAudio::ActiveState && step > 0.0;
    const double since = moving ? static_cast<double>(m_sinceStep.nsecsElapsed()) * 1e-9 : 0.0;
    m_lastTold = std::max(m_lastTold, step + std::min(since, longestInterpolation));
    return m_lastTold;
}

void QtAudioOutput::sinkStateChanged(QAudio::State state)
{
    if (state != QAudio::StoppedState || !m_sink)
        return;
    if (m_sink->error() == QAudio::NoError || m_sink->error() == QAudio::UnderrunError)
        return;
    Q_EMIT failed(tr("The sound device \"%1\" stopped working.").arg(m_device.description()));
}

} // namespace melscope
