// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunStore.h"

#include "base/Files.h"
#include "base/Paths.h"
#include "dataset/DatasetFingerprint.h"
#include "runs/RecipeDigest.h"
#include "runs/RunFolder.h"
#include "runs/RunNames.h"
#include "runs/RunRows.h"
#include "runs/RunSchema.h"
#include "runs/SqlStatement.h"
#include "runs/VerdictRows.h"

#include <algorithm>
#include <chrono>
#include <mutex>

namespace melscope {
namespace {

namespace fs = std::filesystem;

constexpr const char* databaseName = "melscope.db";

double secondsSince1970()
{
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

fs::path created(const fs::path& folder)
{
    std::error_code failure;
    fs::create_directories(folder / "runs", failure);
    if (failure)
        throw Error(failure == std::errc::no_space_on_device ? ErrorKind::DiskFull : ErrorKind::Unreadable,
                    "The folder for runs " + folder.string() + " cannot be created: " + failure.message() + ".", folder);
    return fs::absolute(folder).lexically_normal();
}

FoldRecord summary(const FoldResult& result)
{
    FoldRecord fold{.fold = result.fold, .count = static_cast<int>(result.predictions.size()), .ttaViews = result.ttaViews,
                    .seconds = result.seconds};
    if (!result.history.empty() && result.history.back().stage == supervisedStage)
        fold.epochsTrained = result.history.back().epoch;
    for (const ClipPrediction& clip : result.predictions) {
        fold.correct += clip.correct() ? 1 : 0;
        fold.ttaCorrect += result.ttaViews > 0 && clip.ttaCorrect() ? 1 : 0;
    }
    return fold;
}

[[noreturn]] void throwNoSuchRun(const std::string& id, const fs::path& folder)
{
    throw Error(ErrorKind::Missing, "There is no run \"" + id + "\" in " + folder.string() + "; `melscope runs list` names those there are.", folder);
}

} // namespace

struct RunStore::Implementation
{
    explicit Implementation(const fs::path& place) : folder(created(place)), database(folder / databaseName)
    {
        database.migrate(runSchemaScripts());
        renewDigests(database, [this](const std::string& id) { return recipeDigest(files(id).recipe()); });
    }

    int64_t number(const std::string& id)
    {
        const std::optional<int64_t> found = runNumber(database, id);
        if (!found)
            throwNoSuchRun(id, folder);
        return *found;
    }

    RunFolder files(const std::string& id) const { return RunFolder(folder / "runs" / id); }

    fs::path newRunFolder() const
    {
        for (;;) {
            const fs::path path = folder / "runs" / randomRunId();
            std::error_code failure;
            if (fs::create_directory(path, failure))
                return path;
            if (failure)
                throw Error(failure == std::errc::no_space_on_device ? ErrorKind::DiskFull : ErrorKind::Unreadable,
                            "The run's folder " + path.string() + " cannot be created: " + failure.message() + ".", path);
        }
    }

    /// Fingerprints once were file stamps: the runs and verdicts that bear this dataset's get its fingerprint instead.
    void recogniseEarlierRuns(const Dataset& dataset, const std::string& fingerprint)
    {
        const std::string stamp = fileStamp(dataset);
        const std::scoped_lock lock(mutex);
        renameFingerprint(database, stamp, fingerprint);
    }

    const fs::path folder;
    std::mutex mutex; // protects the connection
    SqlDatabase database;
};

RunStore::RunStore(const fs::path& folder) : m_implementation(std::make_unique<Implementation>(folder)) {}

RunStore::~RunStore() = default;

const fs::path& RunStore::folder() const
{
    return m_implementation->folder;
}

fs::path RunStore::runFolder(const std::string& id) const
{
    return m_implementation->files(id).path();
}

fs::path RunStore::lockFile(const std::string& id) const
{
    return m_implementation->files(id).lockFile();
}

fs::path RunStore::moveAside(const fs::path& folder)
{
    const fs::path file = folder / databaseName;
    if (!fs::exists(file))
        throw Error(ErrorKind::Missing, "There is no run database " + file.string() + " to move aside.", file);
    fs::path aside;
    for (int i = 1; aside.empty() || fs::exists(aside); ++i)
        aside = folder / (std::string(databaseName) + ".damaged-" + std::to_string(i));
    for (const char* suffix : {"-wal", "-shm", ""}) // the database last: with it gone, the others would be taken for a new one's
        if (fs::exists(file.string() + suffix))
            fs::rename(file.string() + suffix, aside.string() + suffix);
    return aside;
}

RunRecord RunStore::create(const NewRun& run)
{
    const Dataset& dataset = *run.dataset;
    const fs::path datasetPath = fs::absolute(run.datasetPath.empty() ? dataset.root : run.datasetPath);
    RunRecord record{.method = run.recipe.method, .recipeName = run.recipe.name, .recipeChanges = recipeChanges(run.recipe),
                     .recipeDigest = recipeDigest(run.recipe), .datasetName = dataset.name, .datasetPath = datasetPath,
                     .datasetFingerprint = fingerprint(dataset), .classes = dataset.classes, .datasetFolds = dataset.folds,
                     .folds = run.folds, .seed = run.seed, .epochs = static_cast<int>(run.recipe.integer("training.epochs")),
                     .createdAt = secondsSince1970()};
    if (run.recipe.weights) {
        record.weights = run.recipe.weights->name;
        record.weightsSha256 = run.recipe.weights->sha256;
        record.trainedOn = run.recipe.weights->trainedOn;
    }
    m_implementation->recogniseEarlierRuns(dataset, record.datasetFingerprint);
    const RunFolder files(m_implementation->newRunFolder());
    record.id = files.path().filename().string();
    try {
        files.writeRecipe(run.recipe);
        if (!run.card.is_null())
            files.writeCard(run.card);
        files.writeDataset({.path = datasetPath, .options = run.datasetOptions, .clips = static_cast<int>(dataset.clips.size()),
                            .classes = dataset.classes, .folds = dataset.folds});
        const std::scoped_lock lock(m_implementation->mutex);
        SqlTransaction transaction(m_implementation->database);
        record.name = randomRunName([&](const std::string& name) { return runNameTaken(m_implementation->database, name); });
        insertRun(m_implementation->database, record);
        transaction.commit();
    } catch (...) {
        std::error_code ignored; // the first failure is the one to tell
        fs::remove_all(files.path(), ignored);
        throw;
    }
    files.log("created as " + record.name + ": " + record.recipeName + " on " + datasetPath.string());
    return record;
}

void RunStore::remove(const std::string& id)
{
    const RunFolder files = m_implementation->files(id);
    std::unique_ptr<FileLock> held;
    if (fs::exists(files.path())) {
        try {
            held = std::make_unique<FileLock>(files.lockFile());
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::Busy)
                throw;
            throw Error(ErrorKind::Busy, "The run " + id + " is being trained; stop it before deleting it.", files.path());
        }
    }
    {
        const std::scoped_lock lock(m_implementation->mutex);
        const int64_t number = m_implementation->number(id);
        m_implementation->database.prepare("DELETE FROM runs WHERE number = ?").bind(number).run();
    }
    std::error_code failure;
    fs::remove_all(files.path(), failure);
    if (failure)
        throw Error(ErrorKind::Unreadable, "The run was deleted, but its folder " + files.path().string() + " remains: "
                    + failure.message() + ".", files.path());
}

void RunStore::rename(const std::string& id, const std::string& name)
{
    if (name.find_first_not_of(" \t\n") == std::string::npos)
        throw Error(ErrorKind::InvalidValue, "A run needs a name.");
    const std::scoped_lock lock(m_implementation->mutex);
    SqlTransaction transaction(m_implementation->database);
    const int64_t number = m_implementation->number(id);
    const std::optional<RunRecord> run = readRun(m_implementation->database, id);
    if (run->name != name && runNameTaken(m_implementation->database, name))
        throw Error(ErrorKind::InvalidValue, "Another run is already named \"" + name + "\"; choose another name.");
    m_implementation->database.prepare("UPDATE runs SET name = ? WHERE number = ?").bindAll(name, number).run();
    transaction.commit();
}

std::vector<RunRecord> RunStore::list() const
{
    const std::scoped_lock lock(m_implementation->mutex);
    return readRuns(m_implementation->database);
}

RunRecord RunStore::find(const std::string& idOrName) const
{
    {
        const std::scoped_lock lock(m_implementation->mutex);
        if (auto run = readRun(m_implementation->database, idOrName)) // what programs ask for, among thousands
            return *std::move(run);
    }
    std::vector<RunRecord> fitting;
    for (RunRecord& run : list()) {
        if (run.name == idOrName)
            return run;
        if (!idOrName.empty() && (run.id.starts_with(idOrName) || run.name.starts_with(idOrName)))
            fitting.push_back(std::move(run));
    }
    if (fitting.empty())
        throwNoSuchRun(idOrName, folder());
    if (fitting.size() == 1)
        return fitting.front();
    std::string names;
    for (const RunRecord& run : fitting)
        names += (names.empty() ? "" : ", ") + run.id + " (" + run.name + ")";
    throw Error(ErrorKind::InvalidValue, "\"" + idOrName + "\" fits several runs: " + names + ". Give more of it.");
}

Recipe RunStore::recipe(const std::string& id) const
{
    return m_implementation->files(id).recipe();
}

OpenOptions RunStore::datasetOptions(const std::string& id) const
{
    return m_implementation->files(id).dataset().options;
}

std::vector<EpochMetrics> RunStore::metrics(const std::string& id) const
{
    const std::scoped_lock lock(m_implementation->mutex);
    return readMetrics(m_implementation->database, m_implementation->number(id));
}

Predictions RunStore::predictions(const std::string& id) const
{
    const std::scoped_lock lock(m_implementation->mutex);
    return readPredictions(m_implementation->database, m_implementation->number(id));
}

Predictions RunStore::outcomes(const std::string& id) const
{
    const std::scoped_lock lock(m_implementation->mutex);
    return readOutcomes(m_implementation->database, m_implementation->number(id));
}

std::map<std::pair<std::string, int>, double> RunStore::peekedAccuracies() const
{
    const std::scoped_lock lock(m_implementation->mutex);
    return readPeekedAccuracies(m_implementation->database);
}

Json RunStore::environment(const std::string& id) const
{
    return m_implementation->files(id).environment();
}

std::shared_ptr<const Dataset> RunStore::openRecordedDataset(const std::string& id, std::stop_token stop) const
{
    const RunRecord run = find(id);
    const auto dataset = std::make_shared<const Dataset>(openDatasetAsItIs(run.id, std::move(stop)));
    const DatasetReference reference = m_implementation->files(run.id).dataset();
    const std::string now = fingerprint(*dataset);
    if (now == run.datasetFingerprint)
        return dataset;
    m_implementation->recogniseEarlierRuns(*dataset, now);
    if (find(run.id).datasetFingerprint != now)
        throw Error(ErrorKind::InvalidValue, "The dataset " + reference.path.string() + " is not the one that " + run.name
                    + " began with: " + describeDatasetChange(reference, *dataset, run.createdAt)
                    + ". Restore it to resume, or start a new run on the dataset as it is.", reference.path);
    return dataset;
}

Dataset RunStore::openDatasetAsItIs(const std::string& id, std::stop_token stop) const
{
    DatasetReference reference = m_implementation->files(id).dataset();
    reference.options.stop = std::move(stop);
    return openDataset(reference.path, reference.options);
}

void RunStore::setState(const std::string& id, RunState state, const std::string& message)
{
    {
        const std::scoped_lock lock(m_implementation->mutex);
        m_implementation->database.prepare("UPDATE runs SET state = ?, message = ? WHERE id = ?")
            .bindAll(toString(state), message, id).run();
        if (m_implementation->database.changes() == 0)
            throwNoSuchRun(id, folder());
    }
    log(id, std::string(toString(state)) + (message.empty() ? "" : ": " + message));
}

void RunStore::setEnvironment(const std::string& id, const Json& environment)
{
    m_implementation->files(id).writeEnvironment(environment);
}

void RunStore::setProgress(const std::string& id, double share)
{
    const std::scoped_lock lock(m_implementation->mutex);
    m_implementation->database.prepare("UPDATE runs SET progress = ? WHERE id = ?").bindAll(share, id).run();
}

void RunStore::addMetrics(const std::string& id, const std::vector<EpochMetrics>& epochs)
{
    const std::scoped_lock lock(m_implementation->mutex);
    SqlTransaction transaction(m_implementation->database);
    writeMetrics(m_implementation->database, m_implementation->number(id), epochs);
    transaction.commit();
}

void RunStore::addFoldResult(const std::string& id, const FoldResult& result)
{
    SqlDatabase& database = m_implementation->database;
    const std::scoped_lock lock(m_implementation->mutex);
    SqlTransaction transaction(database);
    const int64_t number = m_implementation->number(id);
    // The history replaces what was stored epoch by epoch: after a kill the store may know an epoch more than the checkpoint.
    if (!result.history.empty())
        eraseMetrics(database, number, result.fold);
    writeMetrics(database, number, result.history);
    if (result.end != FoldResult::End::Interrupted) {
        writePredictions(database, number, result.fold, result.predictions);
        writeFold(database, number, summary(result));
    }
    if (!result.precision.empty()) // empty: it never came to a model
        database.prepare("UPDATE runs SET precision = ?, parameters = ? WHERE number = ?")
            .bindAll(result.precision, result.parameters, number).run();
    transaction.commit();
}

void RunStore::setVerdict(const std::string& datasetFingerprint, const ClipVerdict& verdict)
{
    const std::scoped_lock lock(m_implementation->mutex);
    writeVerdict(m_implementation->database, datasetFingerprint, verdict, secondsSince1970());
}

std::vector<ClipVerdict> RunStore::verdicts(const std::string& datasetFingerprint) const
{
    const std::scoped_lock lock(m_implementation->mutex);
    return readVerdicts(m_implementation->database, datasetFingerprint);
}

void RunStore::log(const std::string& id, const std::string& line) const
{
    m_implementation->files(id).log(line);
}

std::vector<RunRecord> RunStore::recoverInterrupted()
{
    std::vector<RunRecord> recovered;
    for (const RunRecord& listed : list()) {
        if (!isActive(listed.state) || !fs::exists(runFolder(listed.id)))
            continue;
        try {
            const FileLock free(lockFile(listed.id));
            // Looked at again under the lock: its process may have come to a regular end meanwhile.
            if (!isActive(find(listed.id).state))
                continue;
            setState(listed.id, RunState::Interrupted, "The program ended while this run was being trained; it can be resumed.");
            recovered.push_back(find(listed.id));
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::Busy && error.kind() != ErrorKind::Missing)
                throw;
        }
    }
    return recovered;
}

fs::path defaultRunsFolder()
{
    return dataFolder();
}

} // namespace melscope
