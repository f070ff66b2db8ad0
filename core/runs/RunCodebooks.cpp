// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunCodebooks.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <tuple>

namespace melscope {

namespace fs = std::filesystem;
namespace {

/// What is in a folder; nothing where it is not there or goes while it is read: a training may write it, somebody may remove the run.
std::vector<fs::path> entriesOf(const fs::path& folder)
{
    std::vector<fs::path> entries;
    std::error_code failure;
    for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure))
        entries.push_back(entry->path());
    return entries;
}

std::vector<int> keptEpochs(const fs::path& runFolder, int fold, int round)
{
    std::vector<int> epochs;
    const fs::path folder = runFolder / "checkpoints" / ("fold" + std::to_string(fold)) / ("masked-" + std::to_string(round)) / "epochs";
    std::error_code ignored;
    for (const fs::path& entry : entriesOf(folder))
        if (const int epoch = std::atoi(entry.filename().c_str()); epoch > 0 && fs::exists(entry / "state.json", ignored))
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
        const fs::path folder = runsFolder / "runs" / run.id;
        for (const fs::path& entry : entriesOf(folder / "codebooks")) {
            RunCodebook codebook{.run = run.id, .runName = run.name, .file = entry};
            if (entry.extension() == ".safetensors"
                && std::sscanf(entry.filename().c_str(), "fold%d-round%d", &codebook.fold, &codebook.round) == 2) {
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
