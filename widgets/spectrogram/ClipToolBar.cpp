// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/ClipToolBar.h"

#include "playback/Player.h"
#include "spectrogram/ClipActions.h"

#include <QComboBox>
#include <QSlider>

namespace melscope {

ClipToolBar::ClipToolBar(const ClipActions& actions, Player& player, QWidget* parent) : QToolBar(tr("Clip"), parent)
{
    addActions({actions.play, actions.loop});
    addSpeed(player);
    addVolume(player);
    addSeparator();
    addActions({actions.zoomOut, actions.zoomIn, actions.fit});
    addSeparator();
    addActions({actions.modelsEye, actions.save});
    const int icon = fontMetrics().height();
    setIconSize({icon, icon});
}

void ClipToolBar::addSpeed(Player& player)
{
    auto* speed = new QComboBox(this);
    for (const double factor : {0.25, 0.5, 1.0, 2.0})
        speed->addItem(tr("%1 ×").arg(factor), factor);
    speed->setCurrentIndex(speed->findData(1.0));
    speed->setAccessibleName(tr("Speed"));
    speed->setToolTip(tr("Speed of playing; the pitch follows, as on tape: at 0.5 × everything sounds an octave lower."));
    connect(speed, &QComboBox::currentIndexChanged, this, [&player, speed] { player.setSpeed(speed->currentData().toDouble()); });
    addWidget(speed);
}

void ClipToolBar::addVolume(Player& player)
{
    auto* volume = new QSlider(Qt::Horizontal, this);
    volume->setRange(0, 100);
    volume->setValue(100);
    volume->setAccessibleName(tr("Volume"));
    volume->setToolTip(tr("Volume. At the right end the samples reach the sound device unchanged."));
    volume->setMaximumWidth(fontMetrics().averageCharWidth() * 16);
    connect(volume, &QSlider::valueChanged, this, [&player](int percent) { player.setVolume(percent / 100.0); });
    addWidget(volume);
}

} // namespace melscope
