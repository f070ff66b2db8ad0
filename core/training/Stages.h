// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace melscope {

/// What a named figure of an epoch means (see Figure), for curves, tables and help.
struct FigureInfo
{
    enum class Kind {
        Accuracy,  ///< a share, [0, 1], to be read beside the pretext accuracy
        Embedding, ///< says how a representation is spread
        Codes      ///< a number of codes
    };

    std::string name;
    std::string title; ///< for people
    Kind kind = Kind::Accuracy;
    std::string help;  ///< one or two sentences: what is good, what is a warning
};

/// All that stages of this version report. Free of torch, so that windows know them too.
const std::vector<FigureInfo>& figureCatalogue();
const FigureInfo* findFigure(const std::string& name); ///< nullptr when there is none

/// "Contrastive pretraining" for "contrastive"; an unknown stage is called as it is.
std::string stageTitle(const std::string& stage);

} // namespace melscope
