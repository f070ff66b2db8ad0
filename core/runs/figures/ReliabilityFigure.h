// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/figures/SvgCanvas.h"
#include "statistics/Calibration.h"

namespace melscope {

/// The reliability diagram: accuracy over confidence, bin by bin with how many clips, their Wilson interval and the gap to the
/// diagonal. SVG.
std::string reliabilityFigure(const Calibration& calibration, double width, double height, const FigureStyle& style = {});

} // namespace melscope
