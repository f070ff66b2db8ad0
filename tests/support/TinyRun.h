// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunStore.h"

namespace melscope::test {

/// A quick recipe with `epochs` epochs on `dataset`, all its folds unless `folds` says otherwise.
inline NewRun tinyRun(const std::shared_ptr<const Dataset>& dataset, int epochs = 2, std::vector<int> folds = {}, uint64_t seed = 0)
{
    const Recipe recipe = findRecipe("resnet34-quick").with("training.epochs", std::to_string(epochs));
    return {.dataset = dataset, .recipe = recipe, .folds = folds.empty() ? dataset->folds : folds, .seed = seed};
}

} // namespace melscope::test
