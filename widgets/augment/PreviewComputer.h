// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationPreview.h"

#include <memory>
#include <stop_token>

namespace melscope {

/// Computes previews one after the other and remembers the side that a changed chain leaves alone. Used by one worker at a
/// time; never by two.
class PreviewComputer
{
public:
    /// Null when asked to stop. Throws Error.
    std::shared_ptr<const AugmentationPreview> compute(const PreviewRequest& request, std::stop_token stop);

private:
    const PreviewSound& before(const PreviewRequest& request);

    std::shared_ptr<const PreviewClips> m_clips; // of m_before
    int m_clip = -1;
    PreviewSound m_before;
};

} // namespace melscope
