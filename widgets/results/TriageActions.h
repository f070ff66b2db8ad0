// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/Verdict.h"

#include <array>

class QAction;
class QToolBar;
class QWidget;

namespace melscope {

/// What can be done while listening through a queue, with its keys; made for and owned by one page.
struct TriageActions
{
    static constexpr std::array<Verdict, 3> verdictOrder{Verdict::ModelWrong, Verdict::LabelWrong, Verdict::BothPlausible};

    explicit TriageActions(QWidget& owner);

    void setPlaying(bool playing);
    /// `title` between what moves and what leaves.
    QToolBar* makeBar(QWidget* title, QWidget* parent) const;
    QWidget* makeVerdictBar(QWidget* parent) const;

    QAction* back;
    QAction* play;
    QAction* loop;
    QAction* flip;
    QAction* previous;
    QAction* next;
    QAction* explore;
    QAction* save;
    std::array<QAction*, 3> verdicts; ///< in verdictOrder
};

} // namespace melscope
