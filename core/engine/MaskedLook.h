// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/FoldData.h"
#include "engine/NetworkMaker.h"

namespace melscope {

/// See Engine::lookAtMasked(). The thread is already prepared.
MaskedBatch lookAtMasked(const FoldJob& job, const FoldData& data, const NetworkMaker& make, const MaskedSpot& spot);

} // namespace melscope
