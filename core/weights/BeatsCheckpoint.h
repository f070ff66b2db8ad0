// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/BeatsConfig.h"
#include "weights/WeightTensor.h"

namespace melscope {

/// The tensors of a BEATs model that keeps its shared table of relative positions once, as the official implementation names them for
/// load_state_dict(strict=True): there every layer has the table.
std::vector<WeightTensor> officialBeatsTensors(const std::vector<WeightTensor>& tensors);

/// What stands beside them in an official checkpoint, {"cfg": ...}, and the classes in the order of the logits. `encoder` is the
/// model without its predictor.
Json officialBeatsMembers(const BeatsConfig& encoder, const std::vector<std::string>& classes);

} // namespace melscope
