// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/ClipTable.h"
#include "dataset/FileFinder.h"
#include "dataset/Importers.h"

namespace melscope {
namespace fs = std::filesystem;

std::optional<fs::path> findUrbanSound8k(const fs::path& root)
{
    FileFinder finder;
    const auto found = finder.find(root / "metadata" / "UrbanSound8K.csv");
    return found && !found->isFolder ? std::optional<fs::path>(found->path) : std::nullopt;
}

Dataset readUrbanSound8k(const fs::path& csv, const OpenOptions& options)
{
    const CsvTable table = CsvTable::read(csv);
    ClipTableLayout layout;
    layout.name = "urbansound8k";
    layout.root = csv.parent_path().parent_path();
    layout.file = "slice_file_name";
    layout.label = table.hasColumn("class") ? "class" : "classID";
    layout.order = table.hasColumn("classID") ? "classID" : "";
    layout.fold = "fold";
    layout.source = "fsID";
    layout.places = [root = layout.root](const std::string& file, const std::string& fold) {
        return std::vector<fs::path>{root / "audio" / ("fold" + fold) / file, root / "audio" / file};
    };
    return readClipTable(table, layout, options);
}

} // namespace melscope
