// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace melscope {

/// The linear convolution of samples and impulse response, cut to the samples' length: the clip with its echoes, without the
/// tail that would follow it. Single precision, by FFT.
std::vector<float> convolved(std::span<const float> samples, std::span<const float> response);

} // namespace melscope
