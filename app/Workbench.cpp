// SPDX-License-Identifier: GPL-3.0-or-later
#include "Workbench.h"

#include <cstdio>

namespace melscope {

int runWorkbench(int, char**)
{
    std::fputs("This build has no window; `melscope --help` lists the commands that need none.\n", stderr);
    return 1;
}

int benchUi(int, char**, bool)
{
    std::fputs("This build has no window to measure.\n", stderr);
    return 1;
}

} // namespace melscope
