// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"

#include <string>

namespace melscope {

/// SHA-256 over every clip's name, label, fold, file size and modification time: changes when the data does, costs a stat
/// per clip. Missing files count as size 0.
std::string fingerprint(const Dataset& dataset);

} // namespace melscope
