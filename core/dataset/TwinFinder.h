// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"
#include "spectral/SpectrogramExtractor.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace melscope {

struct Twin
{
    int clip = 0;       ///< index in the dataset
    int candidates = 0; ///< it is the nearest of so many
};

/// Finds the clip of a class that is most like a given one, to hear what a clip may have been taken for. No network is asked: near
/// means a small Euclidean distance between their ViewDescriptors (spectrum over time, rhythm of the level; no gain and no shift
/// changes them), each number divided by its deviation among the clips compared. Descriptors are computed when first asked for and
/// remembered. One thread at a time, slow, so never on a GUI thread.
class TwinFinder
{
public:
    TwinFinder(std::shared_ptr<const Dataset> dataset, const FrontEnd& frontEnd);

    /// Among the clips of `label` that `wanted` accepts, without `clip` itself and those that cannot be read. None where there are
    /// none, or when asked to stop. Throws Error: what reading `clip` throws.
    std::optional<Twin> find(int clip, int label, const std::function<bool(int clip)>& wanted, const std::stop_token& stop = {});

private:
    const std::vector<float>& describe(int clip); ///< throws what reading it throws

    std::shared_ptr<const Dataset> m_dataset;
    SpectrogramExtractor m_extractor;
    std::map<int, std::vector<float>> m_descriptors;
};

} // namespace melscope
