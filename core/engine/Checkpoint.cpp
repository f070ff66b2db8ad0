// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/Checkpoint.h"

#include "base/Error.h"
#include "base/Files.h"
#include "nn/WeightConversion.h"
#include "weights/Safetensors.h"

#include <set>

namespace melscope {
namespace {

namespace fs = std::filesystem;

constexpr int formatVersion = 1;

/// One tensor at a time: a model and its moments put together in memory would be the peak of a training.
Json writeTensors(const fs::path& folder, const std::string& name, const NamedTensors& tensors)
{
    AtomicFile file(folder / name);
    Sha256 hash;
    const auto write = [&](std::string_view bytes) {
        hash.add(bytes);
        file.write(bytes);
    };
    write(safetensorsHeader(layoutOf(tensors), {{"format", "pt"}, {"producer", "Melscope"}}));
    for (const auto& [tensorName, tensor] : tensors) {
        const torch::Tensor plain = tensor.detach().contiguous();
        write({static_cast<const char*>(plain.data_ptr()), plain.nbytes()});
    }
    file.commit();
    return {{"file", name}, {"sha256", hash.hex()}};
}

NamedTensors readTensors(const fs::path& folder, const Json& entry)
{
    const fs::path file = folder / fs::path(entry.at("file").get<std::string>()).filename();
    const auto bytes = std::make_shared<const std::string>(readFile(file));
    if (sha256(*bytes) != entry.at("sha256").get<std::string>())
        throw Error(ErrorKind::Format, file.string() + " is damaged: its checksum is not the one it was saved with.", file);
    return toTensors(decodeSafetensors(bytes, file).tensors);
}

/// A JSON file that is there but cannot be understood reads as null.
Json readCommit(const fs::path& file)
{
    return Json::parse(readFile(file), nullptr, false);
}

/// `to` becomes the same file as `from`, or its copy where the file system knows no links.
void share(const fs::path& from, const fs::path& to)
{
    fs::create_directories(to.parent_path());
    // After a fall-back an older file of that name may hold other weights.
    if (fs::exists(to) && fs::equivalent(from, to))
        return;
    fs::remove(to);
    std::error_code noLinks;
    fs::create_hard_link(from, to, noLinks);
    if (noLinks)
        writeFileAtomically(to, readFile(from));
}

} // namespace

CheckpointStore::CheckpointStore(const fs::path& runFolder, int fold, std::string identity, const std::string& stage)
    : m_last(runFolder / "checkpoints" / ("fold" + std::to_string(fold)) / stage / "last"), m_best(m_last.parent_path() / "best"),
      m_kept(m_last.parent_path() / "epochs"), m_fold(fold), m_identity(std::move(identity))
{
}

void CheckpointStore::save(const TrainingState& state, const NamedTensors& weights, const NamedTensors& optimizer)
{
    const std::string number = std::to_string(state.step);
    Json commit = {{"format", formatVersion}, {"identity", m_identity}, {"selection", "last epoch"}};
    commit["weights"] = writeTensors(m_last, "weights-" + number + ".safetensors", weights);
    if (!optimizer.empty())
        commit["optimizer"] = writeTensors(m_last, "optimizer-" + number + ".safetensors", optimizer);
    commit["state"] = state.toJson();
    commit["state_sha256"] = sha256(commit["state"].dump());
    const fs::path newest = m_last / "state.json";
    if (fs::exists(newest)) {
        const Json before = readCommit(newest);
        // After a fall-back the newest may be ahead of us and damaged: it must not push out the one we came from.
        const Json stateBefore = before.is_object() ? before.value("state", Json::object()) : Json::object();
        if (stateBefore.value("batch_in_epoch", int64_t{-1}) == 0 && stateBefore.value("step", int64_t{0}) < state.step)
            writeFileAtomically(m_last / "previous.json", before.dump(1));
    }
    writeFileAtomically(newest, commit.dump(1));
    if (optimizer.empty()) { // the fold is through: nobody goes on from the epoch before
        std::error_code ignored;
        fs::remove(m_last / "previous.json", ignored);
    }
    removeStale();
}

void CheckpointStore::removeStale() const
{
    std::set<std::string> needed;
    for (const char* name : {"state.json", "previous.json"}) {
        if (!fs::exists(m_last / name))
            continue;
        const Json commit = readCommit(m_last / name);
        for (const char* part : {"weights", "optimizer"}) {
            if (commit.is_object() && commit.contains(part))
                needed.insert(commit[part].value("file", ""));
        }
    }
    std::error_code ignored; // a leftover file costs room, nothing else
    for (const fs::directory_entry& entry : fs::directory_iterator(m_last, ignored)) {
        if (entry.path().extension() != ".json" && !needed.contains(entry.path().filename().string()))
            fs::remove(entry.path(), ignored);
    }
}

void CheckpointStore::markBest(const TrainingState& state)
{
    const Json commit = readCommit(m_last / "state.json");
    const std::string name = commit.at("weights").at("file");
    const fs::path target = m_best / name;
    share(m_last / name, target);
    const Json label = {{"format", formatVersion}, {"identity", m_identity}, {"selection", "peeked: best epoch on the held-out fold"},
                        {"fold", m_fold}, {"epoch", state.bestEpoch}, {"val_accuracy", state.bestAccuracy}, {"weights", commit["weights"]}};
    writeFileAtomically(m_best / "state.json", label.dump(1));
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(m_best, ignored)) {
        if (entry.path().extension() != ".json" && entry.path() != target)
            fs::remove(entry.path(), ignored);
    }
}

void CheckpointStore::keepEpoch(const TrainingState& state)
{
    for (const char* saved : {"state.json", "previous.json"}) { // after a fall-back the newest is another one's, and damaged
        Json commit = fs::exists(m_last / saved) ? readCommit(m_last / saved) : Json();
        if (!commit.is_object() || commit.value("state", Json::object()).value("step", int64_t{-1}) != state.step)
            continue;
        const std::string name = commit.at("weights").at("file");
        const fs::path folder = m_kept / std::to_string(state.epochsDone);
        share(m_last / name, folder / name);
        commit.erase("optimizer");
        commit["selection"] = "kept epoch";
        return writeFileAtomically(folder / "state.json", commit.dump(1));
    }
}

std::optional<Checkpoint> CheckpointStore::loadKept(int epoch) const
{
    const fs::path commit = m_kept / std::to_string(epoch) / "state.json";
    if (!fs::exists(commit))
        return std::nullopt;
    try {
        return loadFrom(commit, false, true);
    } catch (const nlohmann::json::exception&) {
        throw Error(ErrorKind::Format, commit.string() + " is damaged.", commit);
    }
}

std::optional<Checkpoint> CheckpointStore::loadNewest(bool withOptimizer) const
{
    return load(withOptimizer, false);
}

std::optional<Checkpoint> CheckpointStore::loadLastEpoch() const
{
    return load(false, true);
}

std::optional<Checkpoint> CheckpointStore::load(bool withOptimizer, bool endOfEpoch) const
{
    std::string damage;
    for (const char* name : {"state.json", "previous.json"}) {
        if (!fs::exists(m_last / name))
            continue;
        try {
            if (auto checkpoint = loadFrom(m_last / name, withOptimizer, endOfEpoch))
                return checkpoint;
        } catch (const Error& error) {
            if (error.kind() == ErrorKind::InvalidValue)
                throw;
            damage = error.what();
        } catch (const nlohmann::json::exception&) {
            damage = (m_last / name).string() + " is damaged.";
        }
    }
    if (!damage.empty())
        throw Error(ErrorKind::Format, damage + " No whole checkpoint of fold " + std::to_string(m_fold)
                                           + " is left: delete " + m_last.string() + " to train this fold from the start.",
                    m_last);
    return std::nullopt;
}

std::optional<Checkpoint> CheckpointStore::loadFrom(const fs::path& commitFile, bool withOptimizer, bool endOfEpoch) const
{
    const Json commit = readCommit(commitFile);
    const fs::path folder = commitFile.parent_path();
    if (commit.at("format") != formatVersion)
        throw Error(ErrorKind::Unsupported, commitFile.string() + " was written by another version of Melscope.", commitFile);
    if (commit.at("identity") != m_identity)
        throw Error(ErrorKind::InvalidValue,
                    "The checkpoint in " + folder.string() + " belongs to another recipe, seed or set of clips; start a new run for this one.", folder);
    if (commit.contains("state_sha256") && commit.at("state_sha256") != sha256(commit.at("state").dump()))
        throw Error(ErrorKind::Format, commitFile.string() + " is damaged: its checksum is not the one it was saved with.", commitFile);
    Checkpoint checkpoint{.state = TrainingState::fromJson(commit.at("state"))};
    if (endOfEpoch && (!checkpoint.state.betweenEpochs() || checkpoint.state.epochsDone == 0))
        return std::nullopt;
    checkpoint.weights = readTensors(folder, commit.at("weights"));
    if (withOptimizer && commit.contains("optimizer"))
        checkpoint.optimizer = readTensors(folder, commit.at("optimizer"));
    return checkpoint;
}

} // namespace melscope
