// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/LabelTrack.h"

#include <algorithm>
#include <charconv>

namespace melscope {
namespace {

/// With a point whatever the locale says.
std::string number(double value)
{
    char text[64];
    const auto [end, failure] = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, 6);
    return {text, end};
}

} // namespace

std::string audacityLabels(const std::vector<LabelledSpan>& spans)
{
    std::string lines;
    for (const LabelledSpan& span : spans) {
        std::string words = span.text;
        std::ranges::replace_if(words, [](char letter) { return letter == '\t' || letter == '\n' || letter == '\r'; }, ' ');
        lines += number(span.begin) + '\t' + number(span.end) + '\t' + words + '\n';
        if (span.band)
            lines += "\\\t" + number(span.band->first) + '\t' + number(span.band->second) + '\n';
    }
    return lines;
}

std::string labelFileName(const std::string& clip)
{
    std::string name = clip;
    std::ranges::replace_if(name, [](char letter) { return letter == '/' || letter == '\\' || letter == ':'; }, '_');
    if (name.starts_with('.'))
        name.front() = '_';
    return name + ".txt";
}

} // namespace melscope
