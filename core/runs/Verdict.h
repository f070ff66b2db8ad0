// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace melscope {

/// What a listener says of a mistake.
enum class Verdict { None, ModelWrong, LabelWrong, BothPlausible };

const char* toString(Verdict verdict);            ///< "model wrong", ..., as in the database and in exports; empty for None
Verdict verdictFrom(const std::string& text);     ///< Throws Error(Format).

/// A verdict on one clip of a dataset having been taken for one class.
struct ClipVerdict
{
    std::string clip;      ///< Clip::name
    std::string label;     ///< the clip's class as the dataset has it
    std::string predicted; ///< what it was taken for
    Verdict verdict = Verdict::None;
    double givenAt = 0.0;  ///< seconds since 1970, UTC; set by the store
    bool operator==(const ClipVerdict&) const = default;
};

/// By {clip, class it was taken for}; of one dataset.
using VerdictMap = std::map<std::pair<std::string, std::string>, Verdict>;
VerdictMap byClip(const std::vector<ClipVerdict>& verdicts);

/// CSV with a header: clip, label, predicted, verdict, seconds since 1970 (RFC 4180).
std::string verdictsCsv(const std::vector<ClipVerdict>& verdicts);

} // namespace melscope
