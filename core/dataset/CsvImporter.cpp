// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/AudioFile.h"
#include "dataset/ClipTable.h"
#include "dataset/Importers.h"
#include "dataset/TextTools.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace melscope {
namespace fs = std::filesystem;
namespace {

std::string firstOf(const CsvTable& table, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names)
        if (const int column = table.column(name); column >= 0)
            return table.columns()[static_cast<size_t>(column)];
    return {};
}

/// The first column in most of whose leading fields a sound file is named.
std::string columnOfSoundFiles(const CsvTable& table)
{
    const size_t rows = std::min<size_t>(table.rows().size(), 50);
    for (size_t column = 0; column < table.columns().size(); ++column) {
        size_t named = 0;
        for (size_t i = 0; i < rows; ++i)
            if (column < table.rows()[i].size() && hasAudioExtension(table.rows()[i][column]))
                ++named;
        if (2 * named > rows)
            return table.columns()[column];
    }
    return {};
}

[[noreturn]] void askForColumns(const CsvTable& table)
{
    std::string list;
    for (const std::string& column : table.columns())
        list += (list.empty() ? "" : ", ") + column;
    throw Error(ErrorKind::Format,
                table.path().string() + " does not say which of its columns name the file and the class. It has: " + list
                    + ". Choose them in the window, or give --file-column and --label-column (and --fold-column, "
                      "--source-column where there are such) on the command line.",
                table.path());
}

void requireColumns(const CsvTable& table, const ColumnMapping& mapping)
{
    for (const std::string& column : {mapping.file, mapping.label, mapping.fold, mapping.source}) {
        if (column.empty() || table.hasColumn(column))
            continue;
        std::string list;
        for (const std::string& known : table.columns())
            list += (list.empty() ? "" : ", ") + known;
        throw Error(ErrorKind::Format,
                    table.path().string() + " has no column \"" + column + "\"; it has: " + list
                        + ". Choose others in the window, or with --file-column, --label-column, --fold-column, --source-column.",
                    table.path());
    }
}

std::vector<fs::path> placesFor(const fs::path& folder, const std::string& file)
{
    const fs::path wanted(file);
    if (wanted.is_absolute())
        return {wanted};
    std::vector<fs::path> places;
    for (const fs::path& base : {folder, folder.parent_path()}) {
        places.push_back((base / wanted).lexically_normal());
        for (const char* audio : {"audio", "wav", "wavs", "clips"})
            places.push_back((base / audio / wanted).lexically_normal());
    }
    return places;
}

bool isTable(const fs::path& path)
{
    const std::string extension = lowerCase(path.extension().string());
    return extension == ".csv" || extension == ".tsv";
}

bool isGuessable(const fs::path& csv)
{
    try {
        const ColumnMapping guess = previewCsv(csv).guess;
        return !guess.file.empty() && !guess.label.empty();
    } catch (const Error&) {
        return false;
    }
}

} // namespace

ColumnMapping guessColumns(const CsvTable& table)
{
    ColumnMapping guess;
    guess.file = columnOfSoundFiles(table);
    if (guess.file.empty())
        guess.file = firstOf(table, {"filename", "file_name", "file", "fname", "filepath", "file_path", "audio_path", "path",
                                     "slice_file_name", "audio_file", "audio", "wav", "clip", "itemid"});
    guess.label = firstOf(table, {"category", "class_name", "classname", "label", "class", "labels", "class_label",
                                  "scene_label", "event_label", "species", "primary_label", "target", "classid"});
    guess.fold = firstOf(table, {"fold", "folds", "cv_fold", "split", "subset", "partition", "set"});
    guess.source = firstOf(table, {"src_file", "source", "source_id", "fsid", "recording", "recording_id", "src", "speaker",
                                   "speaker_id"});
    if (guess.label == guess.file)
        guess.label.clear();
    return guess;
}

CsvPreview previewCsv(const fs::path& path, int rows)
{
    const CsvTable table = CsvTable::read(path, std::max(rows, 50));
    CsvPreview preview{table.columns(), table.rows(), guessColumns(table)};
    if (preview.rows.size() > static_cast<size_t>(std::max(rows, 0)))
        preview.rows.resize(static_cast<size_t>(std::max(rows, 0)));
    return preview;
}

std::optional<fs::path> findCsv(const fs::path& root)
{
    std::vector<fs::path> tables;
    for (const fs::path& folder : {root, root / "meta", root / "metadata"}) {
        std::error_code failure;
        for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure))
            if (isTable(entry->path()))
                tables.push_back(entry->path());
    }
    std::sort(tables.begin(), tables.end());
    if (tables.size() == 1)
        return tables.front();
    std::erase_if(tables, [](const fs::path& csv) { return !isGuessable(csv); });
    return tables.size() == 1 ? std::optional<fs::path>(tables.front()) : std::nullopt;
}

Dataset readCsv(const fs::path& csv, const OpenOptions& options)
{
    const CsvTable table = CsvTable::read(csv);
    const ColumnMapping mapping = options.columns.value_or(guessColumns(table));
    if (mapping.file.empty() || mapping.label.empty())
        askForColumns(table);
    requireColumns(table, mapping);
    ClipTableLayout layout;
    layout.name = "csv";
    layout.root = csv.parent_path();
    layout.file = mapping.file;
    layout.label = mapping.label;
    layout.fold = mapping.fold;
    layout.source = mapping.source;
    layout.places = [folder = layout.root](const std::string& file, const std::string&) { return placesFor(folder, file); };
    return readClipTable(table, layout, options);
}

} // namespace melscope
