// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/RandomStream.h"
#include "tokens/TokenLayout.h"

namespace melscope {

/// Which tokens a masked-prediction training hides.
struct Masking
{
    enum class Strategy {
        Random, ///< single tokens: what is hidden can often be interpolated from its neighbours
        Block   ///< rectangles of tokens, until the share is reached: what is hidden must be understood
    };
    Strategy strategy = Strategy::Random;
    double share = 0.4;   ///< (0, 1), of a clip's tokens; blocks reach it to the nearest token
    int blockRows = 4;    ///< of a block, at most: each is between half that and that, drawn
    int blockColumns = 5;
};

/// [token]: true where it is hidden.
std::vector<bool> drawMask(const Masking& masking, const TokenLayout& layout, RandomStream& random);

} // namespace melscope
