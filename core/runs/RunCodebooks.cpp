// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunCodebooks.h"

#include <algorithm>
#include <cstdio>
#include <tuple>

namespace melscope {

namespace fs = std::filesystem;

std::vector<RunCodebook> findCodebooks(const fs::path& runsFolder, const std::vector<RunRecord>& runs)
{
    std::vector<RunCodebook> all;
    for (const RunRecord& run : runs) {
        std::vector<RunCodebook> ofRun;
        std::error_code ignored; // most runs have no such folder
        for (const auto& entry : fs::directory_iterator(runsFolder / "runs" / run.id / "codebooks", ignored)) {
            RunCodebook codebook{.run = run.id, .runName = run.name, .file = entry.path()};
            if (entry.path().extension() == ".safetensors"
                && std::sscanf(entry.path().filename().c_str(), "fold%d-round%d", &codebook.fold, &codebook.round) == 2)
                ofRun.push_back(codebook);
        }
        std::ranges::sort(ofRun, {}, [](const RunCodebook& codebook) { return std::tuple(codebook.fold, codebook.round); });
        all.insert(all.end(), ofRun.begin(), ofRun.end());
    }
    return all;
}

} // namespace melscope
