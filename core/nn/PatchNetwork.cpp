// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/PatchNetwork.h"

#include "base/Error.h"

namespace melscope {

int64_t halvingsOfPatch(int64_t patch)
{
    for (const int64_t halvings : {3, 4, 5})
        if (patch == int64_t(1) << halvings)
            return halvings;
    throw Error(ErrorKind::InvalidValue, "A convolutional encoder halves its input step by step: its patches are 8, 16 or 32 wide, not "
                                             + std::to_string(patch) + ".");
}

torch::Tensor tokensOfGrid(const torch::Tensor& grid)
{
    return grid.permute({0, 3, 2, 1}).flatten(1, 2);
}

} // namespace melscope
