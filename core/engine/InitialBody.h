// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/NetworkMaker.h"
#include "weights/WeightIdentity.h"

namespace melscope {

/// A file of pretrained weights for torch.
struct PretrainedModel
{
    WeightIdentity identity;
    Json metadata;        ///< BEATs' "cfg" and the like
    NamedTensors tensors; ///< the model's, under the file's names without their prefix
};

/// Throws Error as requireUnchanged() and readWeightFile() do.
PretrainedModel readPretrained(const InitialWeights& weights);

/// What the recipe's weights give the network that `make` makes: every tensor of its body, none of its head, under the network's
/// names; empty where the recipe has no weights. Throws Error that names the file: Missing, InvalidValue (it is not the one that was
/// recorded), Format (a tensor of the body is missing or of another shape), and as readWeightFile() does.
NamedTensors initialBody(const Recipe& recipe, const NetworkMaker& make);

} // namespace melscope
