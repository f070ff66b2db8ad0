// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "dataset/Clip.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace melscope {

/// Something wrong with one file or row that leaves the rest usable.
struct Problem
{
    enum class Kind {
        Missing, Unreadable, Empty, Truncated, NotAudio, Silent, Clipped, DuplicateRow, BadRow, Leak, UnusualRate, Short, Long
    };
    Kind kind = Kind::Missing;
    std::filesystem::path file;
    std::string message; ///< a sentence that names the file and says what follows
    bool unusable = false; ///< the clip was left out

    bool operator==(const Problem&) const = default;
};

const char* toString(Problem::Kind kind); ///< as in JSON, e.g. "missing", "not-audio"

/// Clips with classes and folds: a value, shared as std::shared_ptr<const Dataset>.
struct Dataset
{
    std::string name;
    std::string layout; ///< importer that read it: "esc50", "urbansound8k", "folders", "csv"
    std::filesystem::path root;
    std::vector<Clip> clips;
    std::vector<std::string> classes; ///< label -> name, in the order of the dataset's own targets
    std::vector<int> folds;           ///< ascending
    bool foldsAreOwn = true;          ///< false: Melscope made them (stratified, grouped by source, seeded)
    std::vector<Problem> problems;    ///< found while reading the metadata (scanDataset finds those inside the files)

    bool operator==(const Dataset&) const = default;
};

/// Which columns of a CSV mean what; empty = not there. `file` and `label` are needed.
struct ColumnMapping
{
    std::string file;
    std::string label;
    std::string fold;
    std::string source;
    bool operator==(const ColumnMapping&) const = default;
};

struct OpenOptions
{
    std::optional<ColumnMapping> columns; ///< for a generic CSV
    int folds = 5;       ///< how many to make where the dataset has none
    uint64_t seed = 0;   ///< of the folds made
    std::stop_token stop; ///< Throws Error(Cancelled)
};

/// Recognises the layout of a folder or CSV file and reads its metadata; no audio is decoded. Throws Error where nothing
/// usable is there: Missing, Empty ("... holds no audio files"), Format (a CSV whose columns must be mapped: see
/// csvColumns). Everything survivable becomes a Problem. Thread: any.
Dataset openDataset(const std::filesystem::path& path, const OpenOptions& options = {});

/// The header and the first `rows` rows of a CSV file, for a window that asks for the column mapping, with a guess.
struct CsvPreview
{
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
    ColumnMapping guess;
};
CsvPreview previewCsv(const std::filesystem::path& path, int rows = 8);

} // namespace melscope
