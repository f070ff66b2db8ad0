// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunRecord.h"

#include <QString>

namespace melscope {

QString runText(const RunRecord& run); ///< "hazy-pebble-9 · resnet34-quick · fold 5 · 92.5 %"

} // namespace melscope
