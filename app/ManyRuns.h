// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace melscope {

/// Writes a run store as somebody has it after a long search, for the benchmark: `runs` finished runs of one fold each, four folds a
/// recipe, with 40 epochs of curves and 80 predictions of ten classes. Folders of the runs are left out: nothing that lists runs needs
/// them. Throws Error.
void writeManyRuns(const std::filesystem::path& folder, int runs);

} // namespace melscope
