// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/Engine.h"

namespace melscope {

/// See Engine::beatsTokens(). The thread is already prepared.
BeatsTokens beatsTokens(const std::filesystem::path& weights, const std::vector<SharedValues>& grids, const FrontEnd& frontEnd,
                        const std::function<bool(int done, int total)>& goOn);

} // namespace melscope
