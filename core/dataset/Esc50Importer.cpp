// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/ClipTable.h"
#include "dataset/FileFinder.h"
#include "dataset/Importers.h"

namespace melscope {
namespace fs = std::filesystem;
namespace {

std::string sourceOfName(const std::string& file)
{
    const size_t first = file.find('-');
    const size_t second = first == std::string::npos ? first : file.find('-', first + 1);
    return second == std::string::npos ? std::string() : file.substr(first + 1, second - first - 1);
}

} // namespace

std::optional<fs::path> findEsc50(const fs::path& root)
{
    FileFinder finder;
    for (const char* name : {"esc50.csv", "esc10.csv"})
        if (const auto found = finder.find(root / "meta" / name); found && !found->isFolder)
            return found->path;
    return std::nullopt;
}

Dataset readEsc50(const fs::path& csv, const OpenOptions& options)
{
    const CsvTable table = CsvTable::read(csv);
    ClipTableLayout layout;
    layout.name = "esc50";
    layout.root = csv.parent_path().parent_path();
    layout.file = "filename";
    layout.label = table.hasColumn("category") ? "category" : "target";
    layout.order = table.hasColumn("target") ? "target" : "";
    layout.fold = table.hasColumn("fold") ? "fold" : "";
    layout.source = "src_file";
    layout.places = [root = layout.root](const std::string& file, const std::string&) {
        return std::vector<fs::path>{root / "audio" / file, root / file};
    };
    layout.sourceOfName = &sourceOfName;
    return readClipTable(table, layout, options);
}

} // namespace melscope
