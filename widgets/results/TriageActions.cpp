// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/TriageActions.h"

#include "common/ThemedAction.h"
#include "common/ThemedIcon.h"
#include "results/TriagePage.h"

#include <QAction>
#include <QHBoxLayout>
#include <QToolBar>
#include <QToolButton>

namespace melscope {

TriageActions::TriageActions(QWidget& owner)
{
    const auto make = [&owner](const char* icon, const QString& text, const QString& help, const QKeySequence& keys) {
        return themedAction(owner, QLatin1String(icon), text, help, keys);
    };
    back = make("previous", TriagePage::tr("&Back"), TriagePage::tr("Back to the table"), Qt::Key_Escape);
    play = make("play", TriagePage::tr("Pla&y"), TriagePage::tr("Play or pause"), Qt::Key_Space);
    loop = make("loop", TriagePage::tr("&Loop"), TriagePage::tr("Repeat the clip"), Qt::Key_L);
    flip = make("flip", TriagePage::tr("&Flip"),
                TriagePage::tr("Hear the other one at the same loudness: the clip, or the nearest training clip of the class it was taken for"), Qt::Key_Tab);
    previous = make("up", TriagePage::tr("Previous"), TriagePage::tr("The clip before"), Qt::Key_P);
    next = make("down", TriagePage::tr("Next"), TriagePage::tr("The next clip"), Qt::Key_N);
    explore = make("explore", TriagePage::tr("Explore"), TriagePage::tr("Show this clip on the Explore page"), Qt::Key_E);
    save = make("export", TriagePage::tr("&Verdicts…"), TriagePage::tr("Save all verdicts on this dataset as CSV"), {});
    const std::array<std::pair<QString, QString>, 3> texts{
        {{TriagePage::tr("Model wrong"), TriagePage::tr("The label is right: the network made a mistake.")},
         {TriagePage::tr("Label wrong"), TriagePage::tr("The network heard what is there: the dataset's label is the mistake.")},
         {TriagePage::tr("Both plausible"), TriagePage::tr("Both sounds are in the clip, or nobody could tell.")}}};
    for (size_t i = 0; i < verdicts.size(); ++i)
        verdicts[i] = make("check", QStringLiteral("%1  %2").arg(i + 1).arg(texts[i].first), texts[i].second, QKeySequence(QString::number(i + 1)));
    for (QAction* action : {play, loop, verdicts[0], verdicts[1], verdicts[2]})
        action->setCheckable(true);
}

void TriageActions::setPlaying(bool playing)
{
    play->setChecked(playing);
    play->setIcon(themedIcon(playing ? QStringLiteral("pause") : QStringLiteral("play")));
    play->setText(playing ? TriagePage::tr("Pa&use") : TriagePage::tr("Pla&y"));
}

QToolBar* TriageActions::makeBar(QWidget* title, QWidget* parent) const
{
    auto* bar = new QToolBar(TriagePage::tr("Queue"), parent);
    const int icon = parent->fontMetrics().height();
    bar->setIconSize({icon, icon});
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->addAction(back);
    bar->addSeparator();
    bar->addActions({play, loop, flip});
    bar->addSeparator();
    bar->addActions({previous, next});
    title->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(title);
    bar->addActions({explore, save});
    return bar;
}

QWidget* TriageActions::makeVerdictBar(QWidget* parent) const
{
    auto* bar = new QWidget(parent);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins({});
    for (QAction* action : verdicts) {
        auto* button = new QToolButton(bar);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::NoFocus);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
        button->setMinimumHeight(parent->fontMetrics().height() * 2);
        row->addWidget(button);
    }
    return bar;
}

} // namespace melscope
