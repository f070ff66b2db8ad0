// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Commands.h"

namespace melscope::cli {

Command benchUiCommand(std::function<int(bool json)> measure)
{
    return {.name = "bench ui", .summary = "time the window: start, repaints, stalls",
            .details = "Opens the real window; with QT_QPA_PLATFORM=offscreen it needs no screen.",
            .run = [measure = std::move(measure)](const Arguments&, Output& output) { return measure(output.isJson()); }};
}

} // namespace melscope::cli
