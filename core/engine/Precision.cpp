// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/Precision.h"

#include "engine/Cpu.h"

namespace melscope {

std::string precisionOf(const Recipe& recipe)
{
    const std::string wish = recipe.text("training.precision");
    // In libtorch 1.13 a depthwise convolution's gradient in bf16 costs more than all other layers gain. Clips trained a CPU second (Xeon with
    // AMX, channels last) in fp32 and in bf16: B0 at 64 x 216 19.8 and 15.1, at 128 x 431 6.8 and 4.6; Lite0 24.5 and 21.1, 6.8 and 6.1.
    const bool depthwise = recipe.method == "efficientnet-b0";
    return depthwise && wish == "auto" ? "fp32" : resolvePrecision(wish);
}

} // namespace melscope
