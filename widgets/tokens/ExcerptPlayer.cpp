// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/ExcerptPlayer.h"

#include "audio/AudioFile.h"
#include "base/Error.h"
#include "common/Deliver.h"
#include "playback/Player.h"

#include <algorithm>

namespace melscope {
namespace {

std::shared_ptr<const Waveform> excerptOf(const Waveform& whole, const TimeSpan& moment)
{
    const auto sampleAt = [&](double seconds) {
        return std::clamp<SampleIndex>(static_cast<SampleIndex>(seconds * whole.sampleRate), 0, whole.length());
    };
    const SampleIndex begin = sampleAt(moment.start - ExcerptPlayer::context);
    const SampleIndex end = sampleAt(moment.end + ExcerptPlayer::context);
    const SampleIndex ramp = std::min(static_cast<SampleIndex>(ExcerptPlayer::fade * whole.sampleRate), (end - begin) / 2);
    auto excerpt = std::make_shared<Waveform>(Waveform{.sampleRate = whole.sampleRate, .channels = whole.channels});
    for (int channel = 0; channel < whole.channels; ++channel) {
        const auto part = whole.channel(channel).subspan(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
        for (SampleIndex i = 0; i < end - begin; ++i) {
            const SampleIndex fromEdge = std::min(i, end - begin - 1 - i);
            const float gain = fromEdge < ramp ? static_cast<float>(fromEdge) / static_cast<float>(ramp) : 1.0f;
            excerpt->samples.push_back(part[static_cast<size_t>(i)] * gain);
        }
    }
    return excerpt;
}

} // namespace

ExcerptPlayer::ExcerptPlayer(std::unique_ptr<Player> player, QObject* parent) : QObject(parent), m_player(std::move(player)) {}

ExcerptPlayer::~ExcerptPlayer() = default;

void ExcerptPlayer::play(const std::filesystem::path& file, const TimeSpan& moment)
{
    m_player->pause();
    m_job.request([this, file, moment, number = ++m_number, deliver = Deliver(this)](std::stop_token) {
        const auto send = [&](auto call) {
            deliver([this, number, call] {
                if (number == m_number)
                    call();
            });
        };
        try {
            bool partial = false;
            const auto excerpt = excerptOf(readAudioFile(file, &partial), moment);
            if (excerpt->length() == 0)
                throw Error(ErrorKind::Empty, file.string() + " ends before this place: what the codebook heard there was padding.", file);
            send([this, excerpt] {
                m_player->setWaveform(excerpt);
                m_player->play();
                Q_EMIT started();
            });
        } catch (const std::exception& error) {
            send([this, sentence = QString::fromUtf8(error.what())] { Q_EMIT failed(sentence); });
        }
    });
}

void ExcerptPlayer::stop()
{
    ++m_number;
    m_player->pause();
}

} // namespace melscope
