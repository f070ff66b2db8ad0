// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/Evaluator.h"

#include <functional>

namespace melscope {

/// Features of all usable clips, trained on and held out, in evaluation mode, `batch` at a time. goOn as in Engine::features().
ClipFeatures clipFeatures(Predictor& predictor, const FoldData& data, int batch, const std::function<bool(int done, int total)>& goOn);

/// A clip as it is, and its test-time views 1 to `views` under `chain`: what predict() averages. Throws Error(InvalidValue) for a
/// clip that is not among the usable ones.
std::vector<ClipView> clipViews(Predictor& predictor, const FoldData& data, int clip, const AugmentationChain& chain, int views);

} // namespace melscope
