// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audio/Loudness.h"
#include "audio/Waveform.h"
#include "augment/PreviewClips.h"
#include "spectrogram/Spectrogram.h"
#include "spectrogram/WaveformPyramid.h"

#include <QImage>

#include <memory>
#include <string>

namespace melscope {

/// What to preview: one draw of a chain on one clip.
struct PreviewRequest
{
    quint64 number = 0; ///< grows
    std::shared_ptr<const PreviewClips> clips; ///< null: nothing
    AugmentationChain chain;
    Draw draw;
};

enum class PreviewSide { Before, After };

/// A clip before or after its augmentations, ready to be drawn and played.
struct PreviewSound
{
    std::shared_ptr<const Waveform> waveform; ///< mono, the front end's rate and length
    std::shared_ptr<const WaveformPyramid> pyramid;
    std::shared_ptr<const Spectrogram> spectrogram;
    Loudness loudness;
    QImage thumbnail;
};

/// A second clip that was mixed in.
struct PreviewPartner
{
    int clip = -1;         ///< index in the dataset; -1: none
    double ownShare = 1.0; ///< of the label that stays with the first clip
    std::string mixing;    ///< title of the augmentation that mixed it in
    bool isHeard = false;  ///< mixed on samples; on spectrograms it can only be seen
    QImage thumbnail;      ///< of the partner as it is in the dataset
};

/// One draw, before and after: `after` is bit for bit what training feeds, but for the normalisation. Immutable once shared.
struct AugmentationPreview
{
    PreviewRequest request;
    PreviewSound before;
    PreviewSound after;
    std::shared_ptr<const Spectrogram> difference; ///< after less before, dB; its range is centred on zero
    ColourScale levels;                            ///< one range that shows both sides
    LoudnessMatch match;                           ///< gains of before and after under which they are equally loud
    PreviewPartner partner;
    bool isSilent = false;                         ///< the augmentations took the sound away, see isSilent()
};

} // namespace melscope
