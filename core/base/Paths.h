// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace melscope {

/// Where runs, the database and the demo dataset live: $MELSCOPE_DATA_DIR, else $XDG_DATA_HOME/melscope, else
/// ~/.local/share/melscope. Not created here.
std::filesystem::path dataFolder();

/// Where what can be made again lives (feature cache, thumbnails): $MELSCOPE_CACHE_DIR, else $XDG_CACHE_HOME/melscope,
/// else ~/.cache/melscope. Not created here.
std::filesystem::path cacheFolder();

} // namespace melscope
