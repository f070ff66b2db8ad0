// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/ClipTransport.h"

#include "common/ThemedIcon.h"
#include "playback/Player.h"
#include "spectrogram/Timeline.h"

#include <QAction>

namespace melscope {

ClipTransport::ClipTransport(Player& player, Timeline& timeline, const Actions& actions, QObject* parent)
    : QObject(parent), m_player(player), m_timeline(timeline), m_play(actions.play)
{
    constexpr double zoomStep = 1.25;
    connect(actions.play, &QAction::triggered, this, &ClipTransport::toggle);
    connect(actions.loop, &QAction::toggled, &player, &Player::setLooping);
    connect(actions.fit, &QAction::triggered, &timeline, &Timeline::fit);
    connect(actions.zoomIn, &QAction::triggered, &timeline, [this] { m_timeline.zoom(zoomStep, m_timeline.playhead()); });
    connect(actions.zoomOut, &QAction::triggered, &timeline, [this] { m_timeline.zoom(1.0 / zoomStep, m_timeline.playhead()); });
    connect(&player, &Player::positionChanged, this, [this](double seconds) {
        m_timeline.setPlayhead(seconds);
        if (m_player.isPlaying())
            m_timeline.followPlayhead();
    });
    connect(&player, &Player::playingChanged, this, &ClipTransport::showPlaying);
    connect(&player, &Player::loopingChanged, actions.loop, &QAction::setChecked);
    connect(&timeline, &Timeline::selectionChanged, this,
            [this] { m_player.setLoopRegion(m_timeline.selection().start, m_timeline.selection().end); });
}

void ClipTransport::toggle(bool play)
{
    const TimeSpan selection = m_timeline.selection();
    if (play && m_player.isLooping() && !selection.isEmpty() && !selection.contains(m_player.positionSeconds()))
        m_player.seek(selection.start);
    play ? m_player.play() : m_player.pause();
    m_play->setChecked(m_player.isPlaying());
}

void ClipTransport::showPlaying(bool playing)
{
    m_play->setChecked(playing);
    m_play->setText(playing ? tr("&Pause") : tr("&Play"));
    m_play->setIcon(themedIcon(playing ? QStringLiteral("pause") : QStringLiteral("play")));
}

} // namespace melscope
