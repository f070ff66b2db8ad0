// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/Network.h"

#include "nn/Initialisation.h"

namespace melscope {

void Network::initialise(uint64_t seed)
{
    initialiseWeights(*this, seed);
}

} // namespace melscope
