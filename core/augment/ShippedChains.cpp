// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ShippedChains.h"

#include "base/Error.h"

#include <algorithm>

namespace melscope {

const std::vector<NamedChain>& shippedChains()
{
    static const std::vector<NamedChain> chains = [] {
        std::vector<NamedChain> list;
        for (const std::string_view text : shippedChainTexts())
            list.push_back(NamedChain::fromJson(Json::parse(text)));
        return list;
    }();
    return chains;
}

NamedChain findChain(const std::string& nameOrFile)
{
    const auto& shipped = shippedChains();
    const auto found = std::ranges::find(shipped, nameOrFile, &NamedChain::name);
    if (found != shipped.end())
        return *found;
    std::error_code failure;
    if (std::filesystem::is_regular_file(nameOrFile, failure))
        return NamedChain::fromFile(nameOrFile);
    std::string names;
    for (const NamedChain& each : shipped)
        names += (names.empty() ? "" : ", ") + each.name;
    throw Error(ErrorKind::Missing, "There is no augmentation chain and no file \"" + nameOrFile + "\"; the chains are " + names + ".");
}

} // namespace melscope
