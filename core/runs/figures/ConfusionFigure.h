// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/AccuracyTable.h"
#include "runs/figures/SvgCanvas.h"

namespace melscope {

/// Rows true classes, columns predicted ones, the shade a cell's share of its row. SVG of `size` x `size` pixels.
std::string confusionFigure(const ConfusionMatrix& matrix, double size, const FigureStyle& style = {});

} // namespace melscope
