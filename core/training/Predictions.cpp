// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/Predictions.h"

#include "base/Error.h"

namespace melscope {

ConfusionCounts confusionCounts(const Predictions& predictions, size_t classes, bool tta)
{
    ConfusionCounts counts(classes, std::vector<int>(classes, 0));
    for (const ClipPrediction& clip : predictions) {
        const auto label = static_cast<size_t>(clip.label); // a negative one becomes huge and is caught as well
        const auto predicted = static_cast<size_t>(tta ? clip.ttaPredicted : clip.predicted);
        if (label >= classes || predicted >= classes)
            throw Error(ErrorKind::InvalidValue, "The prediction of " + clip.name + " speaks of a class beyond the " + std::to_string(classes)
                        + " of its dataset; the run's results are damaged.");
        ++counts[label][predicted];
    }
    return counts;
}

} // namespace melscope
