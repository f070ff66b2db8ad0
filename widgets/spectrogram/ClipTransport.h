// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAction;

namespace melscope {

class Player;
class Timeline;

/// Ties a player and a time axis to each other and to the actions that move them: the playhead follows what is heard, the selection is what
/// is looped, the actions show what the player does.
class ClipTransport : public QObject
{
    Q_OBJECT

public:
    struct Actions
    {
        QAction *play, *loop, *fit, *zoomIn, *zoomOut; ///< the first two checkable
    };

    /// All must outlive it.
    ClipTransport(Player& player, Timeline& timeline, const Actions& actions, QObject* parent = nullptr);

private:
    void toggle(bool play);
    void showPlaying(bool playing);

    Player& m_player;
    Timeline& m_timeline;
    QAction* m_play;
};

} // namespace melscope
