// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ComparisonPlayer.h"

#include "playback/Player.h"

#include <utility>

namespace melscope {

ComparisonPlayer::ComparisonPlayer(std::unique_ptr<Player> player, QObject* parent) : QObject(parent), m_player(std::move(player)) {}

ComparisonPlayer::~ComparisonPlayer() = default;

void ComparisonPlayer::setPreview(std::shared_ptr<const AugmentationPreview> preview)
{
    const auto before = std::exchange(m_preview, std::move(preview));
    const bool sameClip = before && m_preview && before->before.waveform == m_preview->before.waveform;
    if (!sameClip)
        m_player->setWaveform(nullptr);
    hand();
    Q_EMIT gainsChanged();
}

void ComparisonPlayer::setSide(PreviewSide side)
{
    if (side == m_side)
        return;
    m_side = side;
    hand();
    Q_EMIT sideChanged(side);
}

void ComparisonPlayer::flip()
{
    setSide(m_side == PreviewSide::Before ? PreviewSide::After : PreviewSide::Before);
}

void ComparisonPlayer::setMatched(bool matched)
{
    if (matched == m_matched)
        return;
    m_matched = matched;
    hand();
    Q_EMIT gainsChanged();
}

double ComparisonPlayer::gainDb(PreviewSide side) const
{
    if (!m_matched || !m_preview)
        return 0.0;
    return side == PreviewSide::Before ? m_preview->match.firstDb : m_preview->match.secondDb;
}

void ComparisonPlayer::hand()
{
    if (!m_preview)
        return;
    const PreviewSound& sound = m_side == PreviewSide::Before ? m_preview->before : m_preview->after;
    m_player->exchangeWaveform(sound.waveform, gainDb(m_side));
}

} // namespace melscope
