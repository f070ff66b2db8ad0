// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/AccuracyTable.h"

namespace melscope {

class TextTableModel;

/// Recall (a class's accuracy), precision and F1 class by class, from a confusion matrix; the worst first.
void showClassScores(TextTableModel& table, const ConfusionMatrix& matrix);

} // namespace melscope
