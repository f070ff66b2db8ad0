// SPDX-License-Identifier: GPL-3.0-or-later
#include "Workbench.h"
#include "cli/CommandLine.h"

int main(int argc, char** argv)
{
    return melscope::cli::run(argc, argv, {.openWindow = melscope::runWorkbench, .benchUi = melscope::benchUi});
}
