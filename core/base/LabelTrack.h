// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace melscope {

/// A stretch of a sound, and words for it.
struct LabelledSpan
{
    double begin = 0.0; ///< seconds
    double end = 0.0;
    std::string text;
    std::optional<std::pair<double, double>> band; ///< lowest and highest frequency, Hz
    bool operator==(const LabelledSpan&) const = default;
};

/// As Audacity imports them (File, Import, Labels): a line of begin, end and text with tabs between, below it a backslash and the
/// frequencies where a span has them (manual.audacityteam.org/man/importing_and_exporting_labels.html).
std::string audacityLabels(const std::vector<LabelledSpan>& spans);

/// A file name for the labels of a clip, whatever its own name holds: "dog/1.wav" becomes "dog_1.wav.txt".
std::string labelFileName(const std::string& clip);

} // namespace melscope
