// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationChain.h"
#include "runs/RunRecord.h"
#include "training/Engine.h"
#include "training/LabelSafety.h"

#include <functional>
#include <memory>
#include <optional>

namespace melscope {

class RunStore;

struct LabelSafetySettings
{
    std::optional<AugmentationChain> chain; ///< whose augmentations are tried, each alone; none: the run's own chain
    int draws = 1;                          ///< of each augmentation on each clip
};

/// Tests every kept fold of a run on its held-out clips under each augmentation alone, on the calling thread (see Engine).
/// `dataset`: null for the run's own. Calls goOn(clips done, in all) now and then; false gives up. Throws Error: Empty (no kept
/// fold, or a chain without augmentations that could be tried), Cancelled, and what openRecordedDataset() and the engine throw.
LabelSafety measureLabelSafety(const RunStore& store, const RunRecord& run, std::shared_ptr<const Dataset> dataset,
                               const LabelSafetySettings& settings, Engine& engine, const std::function<bool(int done, int total)>& goOn);

/// One line a class, "all" first: class, n, then share, low and high of each augmentation; RFC 4180.
std::string toCsv(const LabelSafety& safety);

} // namespace melscope
