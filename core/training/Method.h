// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace melscope {

/// One of the seven experiments, with the figure it was published with (one fold of ESC-50, 400 test clips).
struct Method
{
    std::string id;       ///< "resnet34", ...
    std::string title;    ///< "ResNet-34"
    std::string approach; ///< one line
    double publishedAccuracy = 0.0;    ///< [0, 1]
    double publishedTtaAccuracy = 0.0; ///< 0 where none was published
    bool learnsFromViews = false;      ///< by contrast, from two views of every clip, before it learns classes
    bool takesWeights = false;         ///< can start from a file of pretrained weights
    bool needsWeights = false;         ///< means nothing without one: only a recipe that asks for random weights runs so, to be tried out
    bool frozen = false;               ///< only a classifier learns, on features that are computed once per clip: nothing is augmented
    std::string frontEnd = "esc";      ///< preset of the front end that a recipe has unless it says otherwise
    bool available = false;            ///< this version can run it
};

/// In the order of the table. The list is the same for the cards, the accuracy table and the command line.
const std::vector<Method>& methods();
const Method* findMethod(const std::string& id); ///< nullptr when there is none

} // namespace melscope
