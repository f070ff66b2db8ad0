// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/figures/SvgCanvas.h"
#include "statistics/RankingCurves.h"

namespace melscope {

struct NamedRanking
{
    std::string name; ///< of the class
    RankingCurves curves;
};

enum class RankingKind { Roc, PrecisionRecall };

/// One curve a class against the rest, with its area; the worst class first in the key. SVG.
std::string rankingFigure(const std::vector<NamedRanking>& classes, RankingKind kind, double width, double height, const FigureStyle& style = {});

} // namespace melscope
