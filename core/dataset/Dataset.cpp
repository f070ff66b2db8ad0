// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/Dataset.h"

#include "audio/AudioFile.h"
#include "dataset/Importers.h"
#include "dataset/TextTools.h"

#include <algorithm>

namespace melscope {
namespace fs = std::filesystem;
namespace {

/// The absolute path without a trailing separator, so that its last part is the dataset's name.
fs::path tidied(const fs::path& path)
{
    const fs::path absolute = fs::absolute(path).lexically_normal();
    return absolute.has_filename() ? absolute : absolute.parent_path();
}

/// The folder itself and then those inside it, for layouts that unpack into a folder of their own.
std::vector<fs::path> withFoldersInside(const fs::path& root)
{
    std::vector<fs::path> inside;
    std::error_code failure;
    for (fs::directory_iterator entry(root, failure), end; !failure && entry != end; entry.increment(failure)) {
        std::error_code unknown;
        if (entry->is_directory(unknown))
            inside.push_back(entry->path());
    }
    if (failure)
        throw Error(ErrorKind::Unreadable, root.string() + " cannot be read: " + failure.message() + ".", root);
    std::sort(inside.begin(), inside.end());
    inside.insert(inside.begin(), root);
    return inside;
}

Dataset openTable(const fs::path& csv, const OpenOptions& options)
{
    const fs::path root = csv.parent_path().parent_path();
    if (!options.columns && findEsc50(root) && lowerCase(csv.parent_path().filename().string()) == "meta"
        && lowerCase(csv.filename().string()).starts_with("esc"))
        return readEsc50(csv, options);
    if (!options.columns && findUrbanSound8k(root) == csv)
        return readUrbanSound8k(csv, options);
    return readCsv(csv, options);
}

Dataset openFolder(const fs::path& root, const OpenOptions& options)
{
    const std::optional<fs::path> csv = findCsv(root);
    if (options.columns && csv)
        return readCsv(*csv, options);
    for (const fs::path& folder : withFoldersInside(root)) {
        if (const auto table = findEsc50(folder))
            return readEsc50(*table, options);
        if (const auto table = findUrbanSound8k(folder))
            return readUrbanSound8k(*table, options);
    }
    if (!csv)
        return readFolders(root, options);
    // A table says more than folder names do, unless nobody can tell what its columns mean.
    const ColumnMapping guess = previewCsv(*csv).guess;
    const bool confident = !guess.file.empty() && !guess.label.empty();
    return confident || !hasClassFolders(root) ? readCsv(*csv, options) : readFolders(root, options);
}

} // namespace

const char* toString(Problem::Kind kind)
{
    switch (kind) {
    case Problem::Kind::Missing: return "missing";
    case Problem::Kind::Unreadable: return "unreadable";
    case Problem::Kind::Empty: return "empty";
    case Problem::Kind::Truncated: return "truncated";
    case Problem::Kind::NotAudio: return "not-audio";
    case Problem::Kind::Silent: return "silent";
    case Problem::Kind::Clipped: return "clipped";
    case Problem::Kind::DuplicateRow: return "duplicate-row";
    case Problem::Kind::BadRow: return "bad-row";
    case Problem::Kind::Leak: return "leak";
    case Problem::Kind::UnusualRate: return "unusual-rate";
    case Problem::Kind::Short: return "short";
    case Problem::Kind::Long: return "long";
    }
    return "unknown";
}

Dataset openDataset(const fs::path& path, const OpenOptions& options)
{
    const fs::path place = tidied(path);
    std::error_code failure;
    const fs::file_status status = fs::status(place, failure);
    if (!fs::exists(status))
        throw Error(ErrorKind::Missing, place.string() + " does not exist.", place);
    if (fs::is_directory(status))
        return openFolder(place, options);
    if (hasAudioExtension(place))
        throw Error(ErrorKind::Format, place.string() + " is a single sound file; open the folder that holds it.", place);
    return openTable(place, options);
}

} // namespace melscope
