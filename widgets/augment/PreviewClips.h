// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/ExamplePipeline.h"
#include "dataset/Dataset.h"

#include <memory>
#include <mutex>
#include <optional>

namespace melscope {

/// The clips of one dataset under one front end, for all who preview them: decoded once, by whoever asks first.
/// Thread: any; only making it costs nothing.
class PreviewClips
{
public:
    /// Mixing and backgrounds draw from the clips outside the fold `heldOut`, as the run that holds it out does; without one
    /// from all.
    PreviewClips(std::shared_ptr<const Dataset> dataset, const FrontEnd& frontEnd, std::optional<int> heldOut = std::nullopt);

    const Dataset& dataset() const { return *m_dataset; }
    const FrontEnd& frontEnd() const { return m_frontEnd; }

    /// What training makes of these clips under `chain`. Not on the GUI thread: the first call plans Fourier transforms.
    /// Throws Error where the front end cannot be computed.
    ExamplePipeline pipeline(const AugmentationChain& chain) const;

private:
    const std::shared_ptr<const Dataset> m_dataset;
    const FrontEnd m_frontEnd;
    const std::optional<int> m_heldOut;

    mutable std::once_flag m_prepared; // guards the first writing of what follows
    mutable std::shared_ptr<const SpectrogramExtractor> m_extractor;
    mutable ClipSource m_source;
};

} // namespace melscope
