// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/CheckpointWeights.h"

#include "base/Error.h"
#include "base/Files.h"
#include "weights/Safetensors.h"

namespace melscope {
namespace {

namespace fs = std::filesystem;

/// A checkpoint that one of the engine's commit files names; nothing where it is in the middle of an epoch.
std::optional<CheckpointWeights> committed(const fs::path& commitFile)
{
    const Json commit = Json::parse(readFile(commitFile));
    const Json& state = commit.at("state");
    if (state.at("batch_in_epoch") != 0 || state.at("epochs_done") == 0)
        return std::nullopt;
    const Json& entry = commit.at("weights");
    const fs::path file = commitFile.parent_path() / fs::path(entry.at("file").get<std::string>()).filename();
    const auto bytes = std::make_shared<const std::string>(readFile(file));
    CheckpointWeights result{.file = file, .sha256 = sha256(*bytes), .epoch = state.at("epochs_done")};
    if (result.sha256 != entry.at("sha256").get<std::string>())
        throw Error(ErrorKind::Format, file.string() + " is damaged: its checksum is not the one it was saved with. Resume the run to "
                    "train its last epoch again.", file);
    result.weights = decodeSafetensors(bytes, file);
    return result;
}

} // namespace

CheckpointWeights lastEpochWeights(const fs::path& runFolder, int fold)
{
    const fs::path last = runFolder / "checkpoints" / ("fold" + std::to_string(fold)) / "last";
    for (const char* name : {"state.json", "previous.json"}) { // previous: the last complete epoch before a checkpoint within one
        if (!fs::exists(last / name))
            continue;
        try {
            if (auto weights = committed(last / name))
                return std::move(*weights);
        } catch (const nlohmann::json::exception&) {
            throw Error(ErrorKind::Format, (last / name).string() + " is damaged. Resume the run to train its last epoch again.", last / name);
        }
    }
    throw Error(ErrorKind::Missing, "Fold " + std::to_string(fold) + " has no complete epoch yet, so that there are no weights in "
                + last.string() + ".", last);
}

} // namespace melscope
