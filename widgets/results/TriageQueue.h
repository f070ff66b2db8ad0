// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"
#include "runs/ClipLists.h"
#include "spectral/FrontEnd.h"

#include <QString>

#include <memory>
#include <string>
#include <vector>

namespace melscope {

/// Clips to be listened through one after the other.
struct TriageQueue
{
    std::string run; ///< whose dataset and front end count
    QString title;   ///< "rain taken for helicopter"
    ClipList clips;
    std::vector<std::string> classes;
    std::shared_ptr<const Predictions> predictions; ///< all that the run has: what it says of other folds' clips
    int start = 0;
};

/// Where its clips are, and how they are drawn.
struct TriageSource
{
    std::shared_ptr<const Dataset> dataset;
    FrontEnd frontEnd;
};

} // namespace melscope
