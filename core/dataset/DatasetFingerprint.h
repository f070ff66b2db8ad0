// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"

#include <string>

namespace melscope {

/// Which dataset it is, wherever it lies: SHA-256 over the classes and every clip's name, label, fold, file size and samples of its
/// bytes (4 KiB at the beginning, in the middle and at the end; all of a small file). Of a copy it is the same; of files that were
/// changed without a change of their size and these samples as well. Costs a few short reads per clip. Missing files count as empty.
std::string fingerprint(const Dataset& dataset);

/// Whether its files were touched on this machine: SHA-256 over the same but modification times in the place of the samples. Costs a
/// stat per clip.
std::string fileStamp(const Dataset& dataset);

} // namespace melscope
