// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/TokenStatistics.h"

namespace melscope {

/// [code]: how far the classes of a code's places are from those of all places, bits (Kullback-Leibler divergence; the specific
/// surprise of DeWeese and Meister 1999). Weighted by usage the mean is the mutual information; 0 for a code never used.
std::vector<double> classInformation(const CountTable& byClass);

/// Mutual information of code and class, bits, that is left when the classes are dealt anew among the clips: what the figure as
/// counted owes to having few clips. Mean over 20 deals; the same seed gives the same figure.
double chanceInformationBits(const TokenSet& set, std::span<const int> clips, uint64_t seed = 0);

} // namespace melscope
