// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/PretrainingStage.h"

namespace melscope {

PretrainingStages pretrainingStages(const FoldJob&, const FoldData&)
{
    return {};
}

} // namespace melscope
