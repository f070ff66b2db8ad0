// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/Network.h"

#include "nn/Initialisation.h"

namespace melscope {

void Network::initialise(uint64_t seed)
{
    initialiseWeights(*this, seed);
}

void loadBody(Network& network, const NamedTensors& tensors)
{
    NamedTensors whole;
    for (const auto& [name, tensor] : tensors)
        if (!network.isHead(name))
            whole.emplace_back(name, tensor);
    for (const auto& [name, tensor] : stateDict(network))
        if (network.isHead(name))
            whole.emplace_back(name, tensor);
    loadStateDict(network, whole);
}

NamedTensors bodyOf(const Network& network)
{
    NamedTensors body = stateDict(network);
    std::erase_if(body, [&](const auto& entry) { return network.isHead(entry.first); });
    return body;
}

} // namespace melscope
