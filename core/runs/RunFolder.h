// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Json.h"
#include "dataset/Dataset.h"
#include "training/Recipe.h"

#include <filesystem>
#include <string>

namespace melscope {

/// How a run's dataset is found again: dataset.json.
struct DatasetReference
{
    std::filesystem::path path;
    OpenOptions options;
    int clips = 0;
    std::vector<std::string> classes;
    std::vector<int> folds;
};

/// The files of one run beside the database: recipe.json, dataset.json, environment.json, card.json, log.txt, lock (and checkpoints/,
/// which belongs to the engine).
class RunFolder
{
public:
    explicit RunFolder(std::filesystem::path path) : m_path(std::move(path)) {}

    const std::filesystem::path& path() const { return m_path; }
    std::filesystem::path lockFile() const { return m_path / "lock"; }
    std::filesystem::path cardFile() const { return m_path / "card.json"; } ///< only of a run that reproduces another

    void writeRecipe(const Recipe& recipe) const;
    Recipe recipe() const;
    void writeDataset(const DatasetReference& reference) const;
    DatasetReference dataset() const;
    void writeCard(const Json& card) const;
    void writeEnvironment(const Json& environment) const;
    Json environment() const; ///< an empty object where there is none yet

    void log(const std::string& line) const; ///< one line with the time (UTC), at once on disk; failures are ignored

private:
    void write(const char* name, const Json& json) const;
    Json read(const char* name) const;

    std::filesystem::path m_path;
};

/// What became of a dataset whose fingerprint is no longer the recorded one, as a sentence. Files modified after `since`
/// (seconds since 1970) are named.
std::string describeDatasetChange(const DatasetReference& recorded, const Dataset& now, double since);

} // namespace melscope
