// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/TinyDataset.h"

#include "base/Files.h"

namespace melscope::test {

std::shared_ptr<const Dataset> tinyDataset(const std::filesystem::path& folder, int folds, int perFold)
{
    std::string csv = "filename,fold,target,category,esc10,src_file,take\n";
    for (int fold = 1; fold <= folds; ++fold)
        for (int clip = 0; clip < perFold; ++clip) {
            const int target = clip % 2;
            const std::string name = std::to_string(fold) + "-" + std::to_string(clip) + "-A-" + std::to_string(target) + ".wav";
            writeFileAtomically(folder / "audio" / name, "not really audio");
            csv += name + "," + std::to_string(fold) + "," + std::to_string(target) + "," + (target ? "wind" : "rain") + ",True,"
                   + std::to_string(100 * fold + clip) + ",A\n";
        }
    writeFileAtomically(folder / "meta" / "esc50.csv", csv);
    return std::make_shared<const Dataset>(openDataset(folder));
}

} // namespace melscope::test
