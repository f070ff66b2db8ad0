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
    int number = 0; ///< of the batch: 0 is the one that would be trained next after the newest checkpoint
    MaskedBatch batch;
    std::shared_ptr<const TokenSet> tokens; ///< of the round; its clips are those of MaskedPrediction::clip
};

/// Looks at batch `number` of a round of a run, on the calling thread (see Engine). Throws Error: what openRecordedDataset(), readTokenSet()
/// and Engine::lookAtMasked() throw.
MicroscopeLook lookThroughMicroscope(const RunStore& store, const RunCodebook& round, int number, Engine& engine);

} // namespace melscope
