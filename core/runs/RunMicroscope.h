// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunCodebooks.h"
#include "training/Engine.h"

#include <memory>

namespace melscope {

class RunStore;

/// A batch of a masked-prediction run under the microscope, with the codes that were asked for.
struct MicroscopeLook
{
    RunCodebook round;
    MaskedBatch batch;
    std::shared_ptr<const TokenSet> tokens; ///< of the round; its clips are those of MaskedPrediction::clip
};

/// Looks at a batch of a round of a run, on the calling thread (see Engine); `spot.round` is `round`'s. Throws Error: what openRecordedDataset(), readTokenSet()
/// and Engine::lookAtMasked() throw.
MicroscopeLook lookThroughMicroscope(const RunStore& store, const RunCodebook& round, MaskedSpot spot, Engine& engine);

} // namespace melscope
