// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace melscope::cli {

/// The parts of the program that need a screen, handed in so that this library need not know them.
struct WindowEntry
{
    std::function<int(int argc, char** argv)> openWindow;
    std::function<int(int argc, char** argv, bool json)> benchUi;
};

/// The whole program: runs a headless command, or opens the window where none is given or a folder or CSV file is named.
/// Exit status 0 done, 1 failed, 2 wrong usage, 130 interrupted with everything saved.
int run(int argc, char** argv, const WindowEntry& window);

} // namespace melscope::cli
