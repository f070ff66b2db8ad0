// SPDX-License-Identifier: GPL-3.0-or-later
#include "playback/NullOutput.h"

#include <QIODevice>

namespace melscope {

NullOutput::NullOutput(QObject* parent) : AudioOutput(parent)
{
    m_timer.setInterval(10);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &NullOutput::pull);
}

bool NullOutput::start(QIODevice* source, int sampleRate, int channels)
{
    m_source = source;
    m_bytesPerFrame = static_cast<qint64>(sizeof(float)) * channels;
    m_bytesPerSecond = m_bytesPerFrame * sampleRate;
    m_pulled = 0;
    m_clock.start();
    m_timer.start();
    return true;
}

void NullOutput::stop()
{
    m_timer.stop();
    m_source = nullptr;
}

double NullOutput::playedSeconds() const
{
    return m_bytesPerSecond > 0 ? static_cast<double>(m_pulled) / static_cast<double>(m_bytesPerSecond) : 0.0;
}

void NullOutput::pull()
{
    const double seconds = static_cast<double>(m_clock.nsecsElapsed()) * 1e-9 * m_clockFactor;
    const auto due = static_cast<qint64>(seconds * static_cast<double>(m_bytesPerSecond)) - m_pulled;
    const QByteArray bytes = m_source->read(due - due % m_bytesPerFrame);
    m_pulled += bytes.size();
    if (m_keep)
        m_taken += bytes;
}

} // namespace melscope
