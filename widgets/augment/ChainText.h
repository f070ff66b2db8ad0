// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationChain.h"

#include <QString>

namespace melscope {

QString stageTitle(AugmentationStage stage);
QString stagePlace(AugmentationStage stage); ///< a few words: where it acts
QString stageNote(AugmentationStage stage);  ///< sentences: where it acts, and why others cannot stand there

/// "Gain 6 dB · Polarity yes": the basic values in the order of the form.
QString valuesText(const ChainEntry& entry);
/// What can act in a chain, a line each with values and probability; says so where there is nothing.
QString stepsText(const AugmentationChain& chain);
QString probabilityText(double probability); ///< "50 %"

} // namespace melscope
