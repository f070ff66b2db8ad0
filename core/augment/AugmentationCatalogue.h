// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/Augmentation.h"

#include <memory>
#include <string>
#include <vector>

namespace melscope {

/// The three lists of a chain, in the order in which they act: samples, spectrogram, a second clip. (A mixing that works on
/// samples acts between the first two, see ExamplePipeline.)
enum class AugmentationStage { Waveform, Spectrogram, Mix };

/// What chain files, forms, the command line and the help know of an augmentation.
struct AugmentationInfo
{
    std::string name;  ///< as in chain files, e.g. "time_roll"
    AugmentationStage stage = AugmentationStage::Waveform;
    std::string title; ///< for people, e.g. "Cyclic time shift"
    std::string help;  ///< one or two sentences: what it does to the sound and what it is good for
    ParameterSchema schema; ///< without "probability", which every augmentation has
    std::shared_ptr<const Augmentation> (*make)(const Json& values) = nullptr; ///< values: all of the schema, checked
};

/// For AugmentationInfo::make.
template<typename T>
std::shared_ptr<const Augmentation> makeAugmentation(const Json& values)
{
    return std::make_shared<const T>(values);
}

/// All augmentations, stage by stage in the order of menus.
const std::vector<AugmentationInfo>& augmentationCatalogue();
const AugmentationInfo* findAugmentation(const std::string& name); ///< nullptr when there is none

/// "waveform", "spectrogram", "mix": the stage's list in a chain file.
const std::string& stageName(AugmentationStage stage);

} // namespace melscope
