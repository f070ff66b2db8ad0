// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace melscope {

/// One row of a dataset: metadata only, no samples.
struct Clip
{
    std::string name;           ///< as the dataset writes it, e.g. "1-100032-A-0.wav"; unique within the dataset
    std::filesystem::path path; ///< absolute
    int label = 0;              ///< index into Dataset::classes
    int fold = 0;               ///< one of Dataset::folds
    std::string source;         ///< source recording; clips that share one must not be split over folds
    std::map<std::string, std::string> extra; ///< columns Melscope does not know, kept as they are

    bool operator==(const Clip&) const = default;
};

} // namespace melscope
