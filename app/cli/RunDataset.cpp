// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/RunDataset.h"

#include "base/Error.h"
#include "cli/DatasetOptions.h"

#include <algorithm>

namespace melscope::cli {

std::shared_ptr<const Dataset> datasetFor(const RunRecord& record, const RunStore& store, const Arguments& arguments)
{
    const auto other = arguments.text("dataset");
    if (!other)
        return store.openRecordedDataset(record.id);
    auto dataset = std::make_shared<const Dataset>(openDataset(*other, openOptionsFrom(arguments)));
    if (dataset->classes != record.classes)
        throw Error(ErrorKind::InvalidValue, dataset->name + " does not have the classes that run " + record.id
                    + " was trained on, so that its predictions would mean nothing there.", dataset->root);
    for (const FoldRecord& result : record.results)
        if (std::ranges::count(dataset->folds, result.fold) == 0)
            throw Error(ErrorKind::InvalidValue, dataset->name + " has no fold " + std::to_string(result.fold) + " to test on.", dataset->root);
    return dataset;
}

} // namespace melscope::cli
