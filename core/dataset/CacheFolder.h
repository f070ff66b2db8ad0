// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

namespace melscope {

/// Removes files from a folder, longest unused first (by modification time, which users of a file renew), until what
/// is left fits into `bytes`. Files that somebody holds with flock stay, whatever their size; temporary files
/// (".part...") that nobody holds are what a killed process left and go always. Never throws: a file that cannot be removed stays.
void trimCacheFolder(const std::filesystem::path& folder, uint64_t bytes);

} // namespace melscope
