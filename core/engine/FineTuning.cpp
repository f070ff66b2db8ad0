// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/FineTuning.h"

namespace melscope {

FineTuning::FineTuning(const Recipe& recipe)
{
    if (recipe.values.contains("training.body_lr"))
        m_bodyShare = recipe.real("training.body_lr") / recipe.real("training.lr");
    if (recipe.values.contains("training.head_epochs"))
        m_headEpochs = recipe.integer("training.head_epochs");
}

double FineTuning::share(const Network& network, const std::string& parameter) const
{
    return network.isHead(parameter) ? 1.0 : m_bodyShare;
}

void FineTuning::prepareEpoch(Network& network, int64_t epoch) const
{
    for (auto& parameter : network.named_parameters()) {
        if (!network.isHead(parameter.key()))
            parameter.value().requires_grad_(epoch >= m_headEpochs);
    }
}

} // namespace melscope
