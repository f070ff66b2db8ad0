// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/ChainOptions.h"

#include "augment/ShippedChains.h"
#include "base/Error.h"

namespace melscope::cli {

NamedChain chainFrom(const std::string& nameOrFile)
{
    try {
        return findChain(nameOrFile);
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::Missing || error.kind() == ErrorKind::InvalidValue)
            throw UsageError(error.what());
        throw;
    }
}

NamedChain chainFrom(const Arguments& arguments)
{
    const auto given = arguments.text("chain");
    if (!given)
        throw UsageError("--chain FILE|PRESET says which augmentations act; melscope chains lists the presets.");
    return chainFrom(*given);
}

} // namespace melscope::cli
