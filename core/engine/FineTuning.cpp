// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/FineTuning.h"

#include <cmath>

namespace melscope {

FineTuning::FineTuning(const Recipe& recipe)
{
    if (recipe.values.contains("training.body_lr"))
        m_bodyShare = recipe.real("training.body_lr") / recipe.real("training.lr");
    if (recipe.values.contains("training.layer_decay"))
        m_layerDecay = recipe.real("training.layer_decay");
    if (recipe.values.contains("training.head_epochs"))
        m_headEpochs = recipe.integer("training.head_epochs");
}

double FineTuning::share(const Network& network, const std::string& parameter) const
{
    if (network.isHead(parameter))
        return 1.0;
    return m_bodyShare * std::pow(m_layerDecay, static_cast<double>(network.depthBelowHead(parameter) - 1));
}

void FineTuning::prepareEpoch(Network& network, int64_t epoch) const
{
    for (auto& parameter : network.named_parameters()) {
        if (!network.isHead(parameter.key()))
            parameter.value().requires_grad_(epoch >= m_headEpochs);
    }
}

} // namespace melscope
