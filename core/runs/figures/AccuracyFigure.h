// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/AccuracyTable.h"
#include "runs/figures/SvgCanvas.h"

namespace melscope {

/// The accuracy table as bars with their Wilson 95 % intervals, with TTA a second bar, the published figure a mark; rows that were
/// not run have only the mark. SVG, `width` pixels wide and as high as its rows.
double accuracyFigureHeight(size_t rows); ///< pixels
std::string accuracyFigure(const std::vector<AccuracyRow>& rows, double width, const FigureStyle& style = {});

} // namespace melscope
