// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Parameter.h"

#include <string>

namespace melscope {

/// The methods that are pretrained by guessing the tokens of hidden patches: "cnn-beats" and "transformer-beats".
bool learnsFromMasks(const std::string& method);

/// How many epochs apart the weights of their rounds are kept; decides no number.
inline constexpr const char* keepEveryKey = "pretraining.keep_every";

/// What their recipes have beyond pretraining.{epochs,batch,...}. Keys of "pretraining": rounds tokenizer codes mask mask_share block_rows
/// block_columns keep_every; of "model": patch, and for the Transformer stem pooling drop_path layers dim heads.
ParameterSchema maskedPredictionSchema(const std::string& method);

} // namespace melscope
