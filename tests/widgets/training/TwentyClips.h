// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"

#include <memory>

namespace melscope::test {

/// Twenty clips of two classes in five folds, without files: enough for every page that decodes nothing.
inline std::shared_ptr<const Dataset> twentyClips()
{
    auto made = std::make_shared<Dataset>();
    made->name = "ESC-10";
    made->classes = {"rain", "rooster"};
    made->folds = {1, 2, 3, 4, 5};
    for (int i = 0; i < 20; ++i)
        made->clips.push_back({.name = "clip" + std::to_string(i), .label = i % 2, .fold = 1 + i % 5, .source = std::to_string(i)});
    return made;
}

} // namespace melscope::test
