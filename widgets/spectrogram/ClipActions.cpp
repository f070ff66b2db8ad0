// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/ClipActions.h"

#include "common/ThemedAction.h"
#include "spectrogram/ClipPage.h"

#include <QAction>

namespace melscope {

ClipActions::ClipActions(QWidget& owner)
{
    const auto make = [&owner](const char* icon, const QString& text, const QString& help, const QKeySequence& keys) {
        return themedAction(owner, QLatin1String(icon), text, help, keys);
    };
    play = make("play", ClipPage::tr("&Play"), ClipPage::tr("Play or pause"), Qt::Key_Space);
    loop = make("loop", ClipPage::tr("&Loop"), ClipPage::tr("Repeat the selection, or the whole clip"),
                Qt::Key_L);
    fit = make("fit", ClipPage::tr("&Fit"), ClipPage::tr("Show the whole clip"), Qt::Key_F);
    zoomIn = make("zoom-in", ClipPage::tr("Zoom &in"), ClipPage::tr("Show less time, around the playhead"),
                  QKeySequence::ZoomIn);
    zoomOut = make("zoom-out", ClipPage::tr("Zoom &out"), ClipPage::tr("Show more time"),
                   QKeySequence::ZoomOut);
    modelsEye = make("eye", ClipPage::tr("&Model's eye"),
                     ClipPage::tr("Exactly what the network gets: fixed length, normalised"), Qt::Key_M);
    save = make("save", ClipPage::tr("&Save spectrogram…"),
                ClipPage::tr("Save the picture (PNG, SVG) or the numbers (NPY, CSV)"), QKeySequence::Save);
    for (QAction* action : {play, loop, modelsEye})
        action->setCheckable(true);
}

} // namespace melscope
