// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/Beats.h"

namespace melscope {

/// Random weights with the distributions of the official implementation: layers as in BERT and, with deep norm, as in
/// arXiv 2203.00555; patches, projection, predictor and what quantises as torch's layers begin.
void initialiseBeats(BeatsImpl& model, uint64_t seed);

} // namespace melscope
