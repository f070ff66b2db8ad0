// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/Recipe.h"

#include <string>
#include <vector>

namespace melscope {

struct SettingDifference
{
    std::string key;    ///< "training.epochs", "augmentation.waveform 2"
    std::string first;  ///< empty where it is not there
    std::string second;
    bool operator==(const SettingDifference&) const = default;
};

/// What two recipes do not have in common, in the order of the form, then augmentations one by one; their names first.
std::vector<SettingDifference> recipeDifference(const Recipe& first, const Recipe& second);

} // namespace melscope
