// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/Network.h"
#include "training/Recipe.h"

namespace melscope {

/// How a recipe treats the body of a network apart from its head: a learning rate of its own, and some epochs at the beginning in
/// which it stands still while the new head learns to read it. Recipes without the keys of it train all alike.
class FineTuning
{
public:
    explicit FineTuning(const Recipe& recipe);

    /// A parameter's learning rate as a share of the recipe's training.lr, which is the head's.
    double share(const Network& network, const std::string& parameter) const;
    /// Makes the body take gradients in `epoch` (0, 1, ...), or not. Its batch norms adapt their statistics in either case.
    void prepareEpoch(Network& network, int64_t epoch) const;

private:
    double m_bodyShare = 1.0;
    double m_layerDecay = 1.0;
    int64_t m_headEpochs = 0;
};

} // namespace melscope
