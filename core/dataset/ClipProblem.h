// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audio/Waveform.h"
#include "dataset/Dataset.h"

namespace melscope {

/// The problem of a clip whose file could not be decoded; unusable.
Problem problemOf(const Clip& clip, const Error& error);

/// The problem of a clip that ends early but is used as far as it goes.
Problem truncatedProblem(const Clip& clip, SampleIndex present, SampleIndex promised);

} // namespace melscope
