// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/TokenActions.h"

#include "common/ThemedAction.h"
#include "tokens/TokenPage.h"

#include <QAction>

namespace melscope {

TokenActions::TokenActions(QWidget& owner)
    : play(themedAction(owner, QStringLiteral("play"), TokenPage::tr("&Play"), TokenPage::tr("Play or pause the clip"), Qt::Key_Space)),
      loop(themedAction(owner, QStringLiteral("loop"), TokenPage::tr("&Loop"), TokenPage::tr("Repeat the selection, or the whole clip"), Qt::Key_L)),
      fit(themedAction(owner, QStringLiteral("fit"), TokenPage::tr("&Fit"), TokenPage::tr("Show the whole clip"), Qt::Key_F)),
      zoomIn(themedAction(owner, QStringLiteral("zoom-in"), TokenPage::tr("Zoom &in"),
                          TokenPage::tr("Show less time, around the playhead: the codes' numbers appear when there is room"), QKeySequence::ZoomIn)),
      zoomOut(themedAction(owner, QStringLiteral("zoom-out"), TokenPage::tr("Zoom &out"), TokenPage::tr("Show more time"), QKeySequence::ZoomOut)),
      nextClip(themedAction(owner, QStringLiteral("down"), TokenPage::tr("&Next clip"), TokenPage::tr("The next clip of the list"), Qt::Key_N)),
      previousClip(themedAction(owner, QStringLiteral("up"), TokenPage::tr("Pre&vious clip"), TokenPage::tr("The clip before in the list"), Qt::Key_P))
{
    play->setCheckable(true);
    loop->setCheckable(true);
}

} // namespace melscope
