// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"
#include "runs/RunRecord.h"
#include "runs/Verdict.h"
#include "training/Engine.h"
#include "training/Recipe.h"

#include <filesystem>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace melscope {

struct NewRun
{
    std::shared_ptr<const Dataset> dataset;
    OpenOptions datasetOptions; ///< with which it was opened, so that resume opens the same (columns, made folds)
    Recipe recipe;
    std::vector<int> folds;
    uint64_t seed = 0;
    std::filesystem::path datasetPath; ///< what was given to openDataset; empty: the dataset's root
    Json card = nullptr; ///< the run card that it reproduces: kept in its folder, to compare with
};

/// Runs, their per-epoch metrics and per-clip predictions: SQLite (melscope.db, WAL, synchronous=FULL) and one folder a run
/// beside it (runs/<id>/ with recipe.json, environment.json, checkpoints/, log.txt). Safe for several threads (one
/// connection, one mutex) and several processes (busy timeout). Every function throws Error; none belongs on a GUI thread
/// except through a worker.
class RunStore
{
public:
    /// `folder` holds melscope.db and runs/; created if missing. Newer schema than known: Error(Unsupported). A damaged
    /// database: Error(Format), nothing is changed; offer moveAside().
    explicit RunStore(const std::filesystem::path& folder);
    ~RunStore();

    const std::filesystem::path& folder() const;
    std::filesystem::path runFolder(const std::string& id) const;
    std::filesystem::path lockFile(const std::string& id) const; ///< a FileLock on it is held while a process trains the run

    /// Renames a damaged melscope.db (and its -wal and -shm) out of the way; the next RunStore begins an empty one, run
    /// folders stay as they are. Returns the new name. Throws Error(Missing) where there is none.
    static std::filesystem::path moveAside(const std::filesystem::path& folder);

    RunRecord create(const NewRun& run); ///< writes folder and recipe.json, state Queued
    void remove(const std::string& id);  ///< row, metrics, predictions and folder; Error(Busy) while a process trains it
    void rename(const std::string& id, const std::string& name); ///< Error(InvalidValue) for an empty or taken name

    std::vector<RunRecord> list() const; ///< newest first
    /// An unambiguous beginning is enough. Error(Missing); Error(InvalidValue) that lists the runs where several fit.
    RunRecord find(const std::string& idOrName) const;
    Recipe recipe(const std::string& id) const;
    OpenOptions datasetOptions(const std::string& id) const;
    std::vector<EpochMetrics> metrics(const std::string& id) const; ///< by fold, stage (in their order), epoch
    Predictions predictions(const std::string& id) const;           ///< all folds there are
    Predictions outcomes(const std::string& id) const;              ///< the same without probabilities: fast for many runs
    /// What each fold's best epoch on its own held-out clips came to, {run, fold} to share: figures to be called peeked.
    std::map<std::pair<std::string, int>, double> peekedAccuracies() const;
    Json environment(const std::string& id) const; ///< an empty object until the run first started
    /// Opens the run's dataset as it was opened for it. Error(Missing) when it is gone, Error(InvalidValue) that says what
    /// changed when its fingerprint is no longer the recorded one: results of two datasets must not mix in one run.
    std::shared_ptr<const Dataset> openRecordedDataset(const std::string& id, std::stop_token stop = {}) const;

    /// The same without the look at its fingerprint: to hear a clip, not to go on training. Error(Missing) when it is gone.
    Dataset openDatasetAsItIs(const std::string& id, std::stop_token stop = {}) const;

    void setState(const std::string& id, RunState state, const std::string& message = {});
    void setEnvironment(const std::string& id, const Json& environment);
    void setProgress(const std::string& id, double share); ///< [0, 1] of its work
    void addMetrics(const std::string& id, const std::vector<EpochMetrics>& epochs); ///< replaces equal (fold, stage, epoch)
    void addFoldResult(const std::string& id, const FoldResult& result);             ///< one transaction
    /// What somebody who listened says of a mistake. It belongs to the dataset, so every run that makes it shows it, and it outlives
    /// the runs. Replaces an earlier one of the same clip and predicted class; Verdict::None takes it back.
    void setVerdict(const std::string& datasetFingerprint, const ClipVerdict& verdict);
    std::vector<ClipVerdict> verdicts(const std::string& datasetFingerprint) const; ///< by clip

    void log(const std::string& id, const std::string& line) const; ///< to log.txt, with the time; never throws

    /// Runs whose state says a worker holds them but whose lock is free: their process died. They become Interrupted.
    std::vector<RunRecord> recoverInterrupted();

private:
    struct Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

/// Default: dataFolder().
std::filesystem::path defaultRunsFolder();

} // namespace melscope
