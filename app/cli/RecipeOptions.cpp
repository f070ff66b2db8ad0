// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/RecipeOptions.h"

#include "base/Error.h"

namespace melscope::cli {

Recipe recipeFrom(const std::string& nameOrFile, const std::vector<Setting>& settings)
{
    try {
        return findRecipe(nameOrFile).with(settings);
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::Missing || error.kind() == ErrorKind::InvalidValue)
            throw UsageError(error.what());
        throw;
    }
}

} // namespace melscope::cli
