// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace melscope {

/// The first `count` samples of the sound made `stretch` times as long at the same pitch; silence where it has ended.
///
/// A phase vocoder: each output frame takes its magnitudes from the input at its own time, and turns the phases on by
/// what they did there within one hop (M. Puckette, "Phase-locked vocoder", 1995: no phase is ever computed). Bins are
/// locked to their neighbours, weighted by power, and onsets keep the input's phases, so that attacks stay sharp. A stretch of 1
/// gives the input back. Frames of about 46 ms. stretch > 0, sampleRate in Hz.
std::vector<float> stretched(std::span<const float> samples, double stretch, size_t count, int sampleRate);

} // namespace melscope
