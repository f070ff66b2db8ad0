// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunFolder.h"

#include "base/Error.h"
#include "base/Files.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace melscope {
namespace {

std::string timestamp()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    const auto seconds = static_cast<std::time_t>(milliseconds / 1000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[32];
    const size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    char fraction[8];
    std::snprintf(fraction, sizeof fraction, ".%03dZ", static_cast<int>(milliseconds % 1000));
    return std::string(text, length) + fraction;
}

Json columnsToJson(const std::optional<ColumnMapping>& columns)
{
    if (!columns)
        return nullptr;
    return {{"file", columns->file}, {"label", columns->label}, {"fold", columns->fold}, {"source", columns->source}};
}

std::optional<ColumnMapping> columnsFromJson(const Json& json)
{
    if (json.is_null())
        return std::nullopt;
    return ColumnMapping{.file = json.at("file"), .label = json.at("label"), .fold = json.at("fold"), .source = json.at("source")};
}

std::vector<std::string> modifiedSince(const Dataset& dataset, double since)
{
    std::vector<std::string> names;
    for (const Clip& clip : dataset.clips) {
        struct stat status{};
        if (::stat(clip.path.c_str(), &status) == 0 && static_cast<double>(status.st_mtime) > since)
            names.push_back(clip.name);
    }
    return names;
}

std::string counted(size_t count, const char* what)
{
    return std::to_string(count) + ' ' + what;
}

} // namespace

void RunFolder::writeRecipe(const Recipe& recipe) const
{
    write("recipe.json", recipe.toJson());
}

Recipe RunFolder::recipe() const
{
    return Recipe::fromFile(m_path / "recipe.json");
}

void RunFolder::writeDataset(const DatasetReference& reference) const
{
    write("dataset.json", {{"path", reference.path.string()},
                           {"columns", columnsToJson(reference.options.columns)},
                           {"made_folds", reference.options.folds},
                           {"made_folds_seed", reference.options.seed},
                           {"clips", reference.clips},
                           {"classes", reference.classes},
                           {"folds", reference.folds}});
}

DatasetReference RunFolder::dataset() const
{
    const Json json = read("dataset.json");
    try {
        return {.path = json.at("path").get<std::string>(),
                .options = {.columns = columnsFromJson(json.at("columns")), .folds = json.at("made_folds"), .seed = json.at("made_folds_seed")},
                .clips = json.at("clips"),
                .classes = json.at("classes"),
                .folds = json.at("folds")};
    } catch (const Json::exception& error) {
        throw Error(ErrorKind::Format, (m_path / "dataset.json").string() + " is damaged: " + error.what() + ".", m_path / "dataset.json");
    }
}

void RunFolder::writeCard(const Json& card) const
{
    write("card.json", card);
}

void RunFolder::writeEnvironment(const Json& environment) const
{
    write("environment.json", environment);
}

Json RunFolder::environment() const
{
    std::error_code failure;
    return std::filesystem::exists(m_path / "environment.json", failure) ? read("environment.json") : Json::object();
}

void RunFolder::log(const std::string& line) const
{
    std::string text = timestamp() + ' ' + line;
    std::replace(text.begin(), text.end(), '\n', ' ');
    text += '\n';
    const int file = ::open((m_path / "log.txt").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (file < 0)
        return;
    // A log that cannot be written must not end a training; what matters is in the database, where failures do count.
    [[maybe_unused]] const ssize_t written = ::write(file, text.data(), text.size());
    ::close(file);
}

void RunFolder::write(const char* name, const Json& json) const
{
    try {
        writeFileAtomically(m_path / name, json.dump(2) + '\n');
    } catch (const Json::exception&) {
        const std::filesystem::path file = m_path / name;
        throw Error(ErrorKind::Format, file.string() + " cannot be written: a name or path in it is not UTF-8; rename that folder.", file);
    }
}

Json RunFolder::read(const char* name) const
{
    Json json = Json::parse(readFile(m_path / name), nullptr, false);
    if (!json.is_object())
        throw Error(ErrorKind::Format, (m_path / name).string() + " is damaged: it is not a JSON object.", m_path / name);
    return json;
}

std::string describeDatasetChange(const DatasetReference& recorded, const Dataset& now, double since)
{
    const auto before = static_cast<size_t>(recorded.clips);
    if (before != now.clips.size())
        return "it had " + counted(before, "clips") + " and now has " + std::to_string(now.clips.size());
    if (recorded.classes != now.classes)
        return "its classes are others: " + std::to_string(recorded.classes.size()) + " before, "
               + std::to_string(now.classes.size()) + " now";
    if (recorded.folds != now.folds)
        return "its folds are others: " + std::to_string(recorded.folds.size()) + " before, " + std::to_string(now.folds.size()) + " now";
    const std::vector<std::string> modified = modifiedSince(now, since);
    if (modified.empty())
        return "as many clips and classes, but names, labels, folds, sizes or contents of its files are others";
    return modified.front() + (modified.size() == 1 ? " was" : " and " + counted(modified.size() - 1, "other files were"))
           + " modified after the run was created";
}

} // namespace melscope
