// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/PreviewClips.h"

#include "dataset/DatasetClipSource.h"

#include <utility>

namespace melscope {

PreviewClips::PreviewClips(std::shared_ptr<const Dataset> dataset, const FrontEnd& frontEnd, std::optional<int> heldOut)
    : m_dataset(std::move(dataset)), m_frontEnd(frontEnd), m_heldOut(heldOut)
{
}

ExamplePipeline PreviewClips::pipeline(const AugmentationChain& chain) const
{
    std::call_once(m_prepared, [this] {
        m_extractor = std::make_shared<const SpectrogramExtractor>(m_frontEnd);
        m_source = DatasetClipSource::create(m_dataset, m_extractor, m_heldOut);
    });
    return ExamplePipeline(m_extractor, m_source, chain);
}

} // namespace melscope
