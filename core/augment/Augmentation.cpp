// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/Augmentation.h"

#include <cmath>

namespace melscope {

double unitsPerDecibel(const FrontEnd& frontEnd)
{
    switch (frontEnd.kind) {
    case FrontEnd::Kind::Mel:
        return 1.0;
    case FrontEnd::Kind::Kaldi:
        return std::log(10.0) / 10.0;
    case FrontEnd::Kind::Beats:
        return std::log(10.0) / 10.0 / (2.0 * 6.55582);
    }
    return 1.0;
}

} // namespace melscope
