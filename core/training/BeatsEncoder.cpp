// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/BeatsEncoder.h"

namespace melscope {

BeatsConfig beatsEncoder(const Recipe& recipe)
{
    requireWeights(recipe);
    BeatsConfig config = recipe.weights ? BeatsConfig::fromCfg(recipe.weights->config) : BeatsConfig();
    config.predictorClasses = config.codes = config.codeDim = 0;
    return config;
}

} // namespace melscope
