// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/FrontEndOptions.h"

#include "base/Error.h"

namespace melscope::cli {

FrontEnd frontEndFrom(const Arguments& arguments)
{
    try {
        return withSettings(FrontEnd::preset(arguments.text("front-end").value_or("esc")), arguments.settings());
    } catch (const Error& error) {
        throw UsageError(error.what());
    }
}

} // namespace melscope::cli
