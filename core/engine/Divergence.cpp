// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/Divergence.h"

#include "base/Error.h"

#include <sstream>

namespace melscope {

void throwDiverged(const std::string& what, int64_t step, const BatchPlan& plan, const OneCycle& schedule)
{
    std::ostringstream sentence;
    sentence << "Training diverged: " << what << " is no longer a number at epoch " << (step - 1) / plan.batchesPerEpoch() + 1
             << ", step " << step << ", learning rate " << schedule.at(step - 1).learningRate
             << ". The last checkpoint is kept; start again with a lower learning rate (a third of " << schedule.maxRate
             << ", say) or a longer warm-up.";
    throw Error(ErrorKind::Diverged, sentence.str());
}

} // namespace melscope
