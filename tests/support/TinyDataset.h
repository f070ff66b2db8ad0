// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"

#include <filesystem>
#include <memory>

namespace melscope::test {

/// Writes a folder in the ESC-50 layout with `folds` folds of `perFold` clips in 2 classes, whose files hold a few bytes
/// (enough for everything that decodes no audio), and opens it.
std::shared_ptr<const Dataset> tinyDataset(const std::filesystem::path& folder, int folds = 2, int perFold = 4);

} // namespace melscope::test
