// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunRecord.h"

#include <filesystem>
#include <string>
#include <vector>

namespace melscope {

/// A codebook that a masked-prediction run made: one a fold and round, see readTokenSet().
struct RunCodebook
{
    std::string run; ///< id
    std::string runName;
    int fold = 0;  ///< held out
    int round = 0; ///< 1, 2, ...
    std::filesystem::path file;
    std::vector<int> epochs; ///< of its round whose weights were kept beside the newest, ascending
    bool operator==(const RunCodebook&) const = default;
};

/// Those of the runs in `runsFolder` (as for RunStore) that are there, in the order of `runs`, then by fold and round. Reads folders,
/// not files.
std::vector<RunCodebook> findCodebooks(const std::filesystem::path& runsFolder, const std::vector<RunRecord>& runs);

} // namespace melscope
