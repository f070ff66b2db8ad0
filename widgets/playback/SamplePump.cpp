// SPDX-License-Identifier: GPL-3.0-or-later
#include "playback/SamplePump.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace melscope {
namespace {

constexpr size_t rememberedJumps = 256; // far more than any device buffers of the shortest sensible loop
constexpr SampleIndex fadesPerSecond = 200;

SampleIndex fadeLength(const Waveform& waveform)
{
    return std::max<SampleIndex>(1, waveform.sampleRate / fadesPerSecond);
}

} // namespace

SamplePump::SamplePump(QObject* parent) : QIODevice(parent)
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

void SamplePump::setSamples(std::shared_ptr<const Waveform> waveform, int channels)
{
    const std::lock_guard lock(m_mutex);
    m_waveform = std::move(waveform);
    m_before.reset();
    m_channels = std::max(channels, 1);
    m_loop.reset();
    m_jumps.clear();
    m_streamed = 0;
    jumpTo(0);
}

void SamplePump::exchange(std::shared_ptr<const Waveform> waveform, float gain)
{
    const std::lock_guard lock(m_mutex);
    m_before = std::exchange(m_waveform, std::move(waveform));
    m_gainBefore = std::exchange(m_gain, gain);
    m_fadeDone = 0;
    m_fading.resize(static_cast<size_t>(fadeLength(*m_waveform) * m_channels));
}

void SamplePump::seek(SampleIndex sample)
{
    const std::lock_guard lock(m_mutex);
    jumpTo(std::clamp<SampleIndex>(sample, 0, m_waveform ? m_waveform->length() : 0));
}

void SamplePump::setLoop(std::optional<Loop> loop)
{
    const std::lock_guard lock(m_mutex);
    m_loop = loop;
}

void SamplePump::setGain(float gain)
{
    const std::lock_guard lock(m_mutex);
    m_gain = gain;
}

SampleIndex SamplePump::nextSample() const
{
    const std::lock_guard lock(m_mutex);
    return m_next;
}

bool SamplePump::isFinished() const
{
    const std::lock_guard lock(m_mutex);
    return !m_waveform || (!m_loop && m_next >= m_waveform->length());
}

SampleIndex SamplePump::sampleAfter(SampleIndex played) const
{
    const std::lock_guard lock(m_mutex);
    const SampleIndex streamed = std::clamp<SampleIndex>(played, 0, m_streamed);
    for (auto jump = m_jumps.rbegin(); jump != m_jumps.rend(); ++jump)
        if (jump->streamed <= streamed)
            return jump->sample + (streamed - jump->streamed);
    return m_next;
}

void SamplePump::restartClock()
{
    const std::lock_guard lock(m_mutex);
    m_jumps.clear();
    m_streamed = 0;
    jumpTo(m_next);
}

qint64 SamplePump::bytesAvailable() const
{
    if (isFinished())
        return 0;
    const std::lock_guard lock(m_mutex);
    const SampleIndex left = m_loop ? m_waveform->length() : m_waveform->length() - m_next;
    return left * m_channels * static_cast<qint64>(sizeof(float));
}

void SamplePump::jumpTo(SampleIndex sample)
{
    m_next = sample;
    m_jumps.push_back({m_streamed, sample});
    if (m_jumps.size() > rememberedJumps)
        m_jumps.pop_front();
}

SampleIndex SamplePump::endOfRun() const
{
    // A playhead set behind the loop plays to the clip's end first, as one set before it runs into it.
    const bool insideLoop = m_loop && m_next < m_loop->last;
    return insideLoop ? std::min(m_loop->last, m_waveform->length()) : m_waveform->length();
}

void SamplePump::copyRun(const Waveform& waveform, float gain, float* target, SampleIndex count) const
{
    const int sources = waveform.channels;
    for (int channel = 0; channel < m_channels; ++channel) {
        const float* source = waveform.channel(std::min(channel, sources - 1)).data() + m_next;
        for (SampleIndex i = 0; i < count; ++i)
            target[i * m_channels + channel] = source[i];
    }
    if (m_channels == 1 && sources > 1)
        for (SampleIndex i = 0; i < count; ++i) {
            float sum = 0.0F;
            for (int channel = 0; channel < sources; ++channel)
                sum += waveform.channel(channel)[static_cast<size_t>(m_next + i)];
            target[i] = sum / static_cast<float>(sources);
        }
    if (gain != 1.0F)
        for (SampleIndex i = 0; i < count * m_channels; ++i)
            target[i] = std::clamp(target[i] * gain, -1.0F, 1.0F);
}

void SamplePump::fadeOver(float* target, SampleIndex count)
{
    const SampleIndex length = fadeLength(*m_before);
    count = std::min(count, length - m_fadeDone);
    copyRun(*m_before, m_gainBefore, m_fading.data(), count);
    for (SampleIndex i = 0; i < count; ++i) {
        const float share = static_cast<float>(m_fadeDone + i + 1) / static_cast<float>(length + 1);
        for (SampleIndex k = i * m_channels; k < (i + 1) * m_channels; ++k)
            target[k] = share * target[k] + (1.0F - share) * m_fading[static_cast<size_t>(k)];
    }
    m_fadeDone += count;
    if (m_fadeDone == length)
        m_before.reset();
}

qint64 SamplePump::readData(char* data, qint64 most)
{
    const std::lock_guard lock(m_mutex);
    const qint64 frameBytes = m_channels * static_cast<qint64>(sizeof(float));
    SampleIndex wanted = most / frameBytes;
    auto* target = reinterpret_cast<float*>(data);
    SampleIndex done = 0;
    while (m_waveform && wanted > 0) {
        const SampleIndex end = endOfRun();
        const SampleIndex count = std::min(wanted, end - m_next);
        if (count > 0) {
            copyRun(*m_waveform, m_gain, target + done * m_channels, count);
            if (m_before)
                fadeOver(target + done * m_channels, count);
            m_next += count;
            m_streamed += count;
            done += count;
            wanted -= count;
        }
        if (m_next < end)
            continue;
        if (!m_loop || m_loop->first >= std::min(m_loop->last, m_waveform->length()))
            break;
        jumpTo(m_loop->first);
    }
    return done * frameBytes;
}

} // namespace melscope
