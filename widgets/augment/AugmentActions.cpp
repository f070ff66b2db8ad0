// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/AugmentActions.h"

#include "augment/AugmentPage.h"
#include "common/ThemedAction.h"

#include <QAction>

namespace melscope {

AugmentActions::AugmentActions(QWidget& owner)
{
    const auto make = [&owner](const char* icon, const QString& text, const QString& help, const QKeySequence& keys) {
        return themedAction(owner, QLatin1String(icon), text, help, keys);
    };
    play = make("play", AugmentPage::tr("&Play"), AugmentPage::tr("Play or pause"), Qt::Key_Space);
    loop = make("loop", AugmentPage::tr("&Loop"), AugmentPage::tr("Repeat the selection, or the whole clip"), Qt::Key_L);
    flip = make("flip", AugmentPage::tr("Flip &before and after"),
                AugmentPage::tr("Hear the other side at the same position"), Qt::Key_X);
    match = make("balance", AugmentPage::tr("Equally &loud"),
                 AugmentPage::tr("Before and after at the same loudness (ITU-R BS.1770), so that the louder one does not win by being louder.\n"
                                 "Only playing: what training gets keeps its level"), {});
    fit = make("fit", AugmentPage::tr("&Fit"), AugmentPage::tr("Show the whole clip"), Qt::Key_F);
    zoomIn = make("zoom-in", AugmentPage::tr("Zoom &in"), AugmentPage::tr("Show less time, around the playhead"), QKeySequence::ZoomIn);
    zoomOut = make("zoom-out", AugmentPage::tr("Zoom &out"), AugmentPage::tr("Show more time"), QKeySequence::ZoomOut);
    nextClip = make("down", AugmentPage::tr("&Next clip"), AugmentPage::tr("The next clip of the list"), Qt::Key_N);
    previousClip = make("up", AugmentPage::tr("Pre&vious clip"), AugmentPage::tr("The clip before in the list"), Qt::Key_P);
    for (QAction* action : {play, loop, match})
        action->setCheckable(true);
    match->setChecked(true);
}

} // namespace melscope
