// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/TinyDataset.h"
#include "augment/AugmentationChain.h"
#include "augment/ExamplePipeline.h"
#include "dataset/Dataset.h"
#include "dataset/DatasetClipSource.h"

#include <QTemporaryDir>

#include <memory>

namespace melscope::test {

/// Half a second a clip at 8 kHz, as TinyDataset writes them.
inline FrontEnd clipsFrontEnd()
{
    return FrontEnd{}.with(Json{{"sample_rate", 8000}, {"clip_seconds", 0.5}, {"n_fft", 256}, {"hop", 64}, {"mels", 32}});
}

/// Masks that always act, whose width the tests move.
inline AugmentationChain maskChain(double share = 0.3)
{
    return AugmentationChain::fromJson({{"spectrogram", {{{"name", "spec_augment"}, {"time_share", share}, {"frequency_share", share}}}}});
}

/// A folder with clips that can be heard.
struct PreviewedClips
{
    QTemporaryDir folder;
    std::shared_ptr<const Dataset> dataset;

    PreviewedClips()
    {
        writeTinyDataset(folder.filePath(QStringLiteral("tiny")));
        dataset = std::make_shared<const Dataset>(openDataset(folder.filePath(QStringLiteral("tiny")).toStdString()));
    }

    /// What training makes of a clip, by a pipeline of its own.
    Example trained(const AugmentationChain& chain, const Draw& draw, std::optional<int> heldOut = std::nullopt) const
    {
        const auto extractor = std::make_shared<const SpectrogramExtractor>(clipsFrontEnd());
        return ExamplePipeline(extractor, DatasetClipSource::create(dataset, extractor, heldOut), chain).make(draw, ExamplePipeline::Keep::Samples);
    }
};

} // namespace melscope::test
