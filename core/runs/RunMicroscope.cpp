// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunMicroscope.h"

#include "runs/RunStore.h"

namespace melscope {

MicroscopeLook lookThroughMicroscope(const RunStore& store, const RunCodebook& round, MaskedSpot spot, Engine& engine)
{
    const RunRecord run = store.find(round.run);
    const FoldJob job{.dataset = store.openRecordedDataset(run.id), .recipe = store.recipe(run.id), .fold = round.fold, .seed = run.seed,
                      .folder = store.runFolder(run.id)};
    MicroscopeLook look{.round = round, .tokens = std::make_shared<const TokenSet>(readTokenSet(round.file))};
    spot.round = round.round;
    look.batch = engine.lookAtMasked(job, spot);
    return look;
}

} // namespace melscope
