// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunCodebooks.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <tuple>

namespace melscope {

namespace fs = std::filesystem;
namespace {

std::vector<int> keptEpochs(const fs::path& runFolder, int fold, int round)
{
    std::vector<int> epochs;
    std::error_code ignored; // most rounds keep none
    const fs::path folder = runFolder / "checkpoints" / ("fold" + std::to_string(fold)) / ("masked-" + std::to_string(round)) / "epochs";
    for (const auto& entry : fs::directory_iterator(folder, ignored))
        if (const int epoch = std::atoi(entry.path().filename().c_str()); epoch > 0 && fs::exists(entry.path() / "state.json", ignored))
            epochs.push_back(epoch);
    std::ranges::sort(epochs);
    return epochs;
}

} // namespace

std::vector<RunCodebook> findCodebooks(const fs::path& runsFolder, const std::vector<RunRecord>& runs)
{
    std::vector<RunCodebook> all;
    for (const RunRecord& run : runs) {
        std::vector<RunCodebook> ofRun;
        std::error_code ignored; // most runs have no such folder
        const fs::path folder = runsFolder / "runs" / run.id;
        for (const auto& entry : fs::directory_iterator(folder / "codebooks", ignored)) {
            RunCodebook codebook{.run = run.id, .runName = run.name, .file = entry.path()};
            if (entry.path().extension() == ".safetensors"
                && std::sscanf(entry.path().filename().c_str(), "fold%d-round%d", &codebook.fold, &codebook.round) == 2) {
                codebook.epochs = keptEpochs(folder, codebook.fold, codebook.round);
                ofRun.push_back(codebook);
            }
        }
        std::ranges::sort(ofRun, {}, [](const RunCodebook& codebook) { return std::tuple(codebook.fold, codebook.round); });
        all.insert(all.end(), ofRun.begin(), ofRun.end());
    }
    return all;
}

} // namespace melscope
