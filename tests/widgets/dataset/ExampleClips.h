// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/RandomStream.h"
#include "dataset/ClipRows.h"

#include <memory>

namespace melscope::test {

/// A dataset of clips that exist only by name: classes, folds and sources drawn at random, names with gaps and repeats
/// of prefixes, in no sorted order.
inline std::shared_ptr<Dataset> exampleDataset(int clips, int classes = 10, int folds = 5)
{
    auto dataset = std::make_shared<Dataset>();
    dataset->name = "Example";
    dataset->layout = "esc50";
    dataset->root = "/nowhere";
    RandomStream random({.seed = 7});
    for (int label = 0; label < classes; ++label)
        dataset->classes.push_back((label % 2 ? "bark " : "Rain ") + std::to_string(classes - label));
    for (int fold = 1; fold <= folds; ++fold)
        dataset->folds.push_back(fold);
    for (int i = 0; i < clips; ++i) {
        const std::string source = std::to_string(random.below(std::max(1, clips / 3)));
        const std::string name = std::to_string(random.below(9)) + "-" + source + "-" + std::to_string(i) + ".wav";
        dataset->clips.push_back({.name = name,
                                  .path = "/nowhere/" + name,
                                  .label = static_cast<int>(random.below(classes)),
                                  .fold = static_cast<int>(1 + random.below(folds)),
                                  .source = source});
    }
    return dataset;
}

/// Figures with many equal values, some unreadable, some never measured.
inline std::vector<ClipFigures> exampleFigures(int clips)
{
    std::vector<ClipFigures> figures(static_cast<size_t>(clips));
    RandomStream random({.seed = 8});
    for (ClipFigures& value : figures)
        value = {.known = true,
                 .readable = !random.chance(0.1),
                 .measured = random.chance(0.7),
                 .rate = random.chance(0.5) ? 44100 : 22050,
                 .channels = static_cast<int>(1 + random.below(2)),
                 .seconds = static_cast<float>(random.below(20)) / 4.0f,
                 .rmsDb = -static_cast<float>(random.below(60))};
    return figures;
}

} // namespace melscope::test
