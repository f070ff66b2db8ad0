// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/Engine.h"

namespace melscope {

/// From a dataset to the tokens that a BEATs tokenizer checkpoint makes of it: spectrograms of the front end `beats` (through the feature
/// cache), then the engine. Digital silence gets no token. The checkpoint saw no clip of the dataset, so that no fold is held out of it. For the
/// thread that may call the engine; blocks. Throws Error: Cancelled, Unsupported (no BEATs tokenizer), what reading the weights throws.
std::shared_ptr<const TokenSet> tokenizeWithBeats(Engine& engine, const std::filesystem::path& weights, const Dataset& dataset, int threads,
                                                  std::stop_token stop = {}, const TokenProgress& progress = {});

} // namespace melscope
