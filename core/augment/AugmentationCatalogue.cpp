// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/AugmentationCatalogue.h"

#include "augment/mix/BetweenClass.h"
#include "augment/mix/CutMixFrequency.h"
#include "augment/mix/CutMixTime.h"
#include "augment/mix/Mixup.h"
#include "augment/mix/SpectrogramMixup.h"
#include "augment/spectrogram/Cutout.h"
#include "augment/spectrogram/FilterAugment.h"
#include "augment/spectrogram/FrequencyShift.h"
#include "augment/spectrogram/LinearFader.h"
#include "augment/spectrogram/RandomResizedCrop.h"
#include "augment/spectrogram/SpecAugment.h"
#include "augment/spectrogram/SpectrogramNoise.h"
#include "augment/spectrogram/TimeRoll.h"
#include "augment/spectrogram/TimeWarp.h"
#include "augment/waveform/AdditiveNoise.h"
#include "augment/waveform/BackgroundMix.h"
#include "augment/waveform/BandPass.h"
#include "augment/waveform/BitCrush.h"
#include "augment/waveform/Equalizer.h"
#include "augment/waveform/Gain.h"
#include "augment/waveform/HardClipping.h"
#include "augment/waveform/HighPass.h"
#include "augment/waveform/LowPass.h"
#include "augment/waveform/PitchShift.h"
#include "augment/waveform/PolarityInversion.h"
#include "augment/waveform/RandomCrop.h"
#include "augment/waveform/RandomFilter.h"
#include "augment/waveform/Reverb.h"
#include "augment/waveform/Speed.h"
#include "augment/waveform/TanhDistortion.h"
#include "augment/waveform/TimeMask.h"
#include "augment/waveform/TimeReversal.h"
#include "augment/waveform/TimeShift.h"
#include "augment/waveform/TimeStretch.h"

#include <algorithm>
#include <array>

namespace melscope {

const std::vector<AugmentationInfo>& augmentationCatalogue()
{
    static const std::vector<AugmentationInfo> catalogue{
        Gain::info(),
        PolarityInversion::info(),
        TimeShift::info(),
        RandomCrop::info(),
        TimeMask::info(),
        TimeReversal::info(),
        Speed::info(),
        TimeStretch::info(),
        PitchShift::info(),
        Equalizer::info(),
        RandomFilter::info(),
        LowPass::info(),
        HighPass::info(),
        BandPass::info(),
        Reverb::info(),
        AdditiveNoise::info(),
        BackgroundMix::info(),
        HardClipping::info(),
        TanhDistortion::info(),
        BitCrush::info(),

        TimeRoll::info(),
        TimeWarp::info(),
        FrequencyShift::info(),
        RandomResizedCrop::info(),
        SpecAugment::info(),
        Cutout::info(),
        FilterAugment::info(),
        LinearFader::info(),
        SpectrogramNoise::info(),

        BetweenClass::info(),
        Mixup::info(),
        SpectrogramMixup::info(),
        CutMixTime::info(),
        CutMixFrequency::info(),
    };
    return catalogue;
}

const AugmentationInfo* findAugmentation(const std::string& name)
{
    const auto& all = augmentationCatalogue();
    const auto found = std::find_if(all.begin(), all.end(), [&](const AugmentationInfo& info) { return info.name == name; });
    return found == all.end() ? nullptr : &*found;
}

const std::string& stageName(AugmentationStage stage)
{
    static const std::array<std::string, 3> names{"waveform", "spectrogram", "mix"};
    return names[static_cast<size_t>(stage)];
}

} // namespace melscope
