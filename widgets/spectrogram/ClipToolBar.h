// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolBar>

namespace melscope {

struct ClipActions;
class Player;

/// The clip page's actions with speed and volume.
class ClipToolBar : public QToolBar
{
    Q_OBJECT

public:
    ClipToolBar(const ClipActions& actions, Player& player, QWidget* parent = nullptr);

private:
    void addSpeed(Player& player);
    void addVolume(Player& player);
};

} // namespace melscope
