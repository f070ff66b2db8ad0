// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Arguments.h"
#include "spectral/FrontEnd.h"

namespace melscope::cli {

/// The front end that --front-end and --set describe ("esc" without them). Throws UsageError.
FrontEnd frontEndFrom(const Arguments& arguments);

} // namespace melscope::cli
