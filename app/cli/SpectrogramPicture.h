// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/SpectrogramGrid.h"

#include <filesystem>
#include <string>

namespace melscope::cli {

/// PNG of one pixel per mel row and frame, the lowest band at the bottom, the grid's minimum to its maximum over the colour
/// map of that name. Throws Error (OutOfMemory, Unsupported).
std::string spectrogramPng(const SpectrogramGrid& grid, const std::string& colourMap);

/// The same as a file. Throws Error (Unreadable) besides.
void writeSpectrogramPicture(const std::filesystem::path& path, const SpectrogramGrid& grid, const std::string& colourMap);

} // namespace melscope::cli
