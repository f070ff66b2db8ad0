// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/SpectrogramGrid.h"

#include <filesystem>

namespace melscope {

/// NumPy .npy, version 1.0, little-endian float32, C order, shape (mels, frames). Throws Error.
void writeNpy(const std::filesystem::path& path, const SpectrogramGrid& grid);
SpectrogramGrid readNpy(const std::filesystem::path& path);
/// One line a frame: seconds, then one column a mel row headed by its centre frequency in Hz.
void writeSpectrogramCsv(const std::filesystem::path& path, const SpectrogramGrid& grid, const struct FrontEnd& frontEnd);

} // namespace melscope
