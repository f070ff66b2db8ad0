// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/FrontEnd.h"

#include <string>
#include <utility>
#include <vector>

namespace melscope {

/// One --set key=value, still as text.
using Setting = std::pair<std::string, std::string>;

/// `frontEnd` with all settings applied together and then checked, so that their order does not matter. What was tied
/// stays tied unless it is set itself, as in torchaudio and librosa: win_length follows n_fft, f_max follows
/// sample_rate / 2. Throws Error(InvalidValue).
FrontEnd withSettings(const FrontEnd& frontEnd, const std::vector<Setting>& settings);

} // namespace melscope
