// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/TokenSpans.h"

#include "base/Files.h"

#include <algorithm>

namespace melscope {

std::vector<LabelledSpan> tokenSpans(std::span<const int32_t> tokens, const TokenLayout& layout, const FrontEnd& frontEnd)
{
    // A frame reaches half a hop to both sides of its centre, a row half a row to both sides of its frequency.
    const auto seconds = [&](int column) { return std::max(0.0, frontEnd.secondsOfFrame(column * layout.patch.frames - 0.5)); };
    const auto hz = [&](int row) { return std::clamp(frontEnd.hzOfMel(row * layout.patch.mels - 0.5), frontEnd.fMin, frontEnd.fMax); };
    const auto at = [&](int row, int column) { return tokens[static_cast<size_t>(layout.tokenAt(row, column))]; };
    std::vector<LabelledSpan> spans;
    for (int row = 0; row < layout.rows; ++row)
        for (int column = 0, next = 0; column < layout.columns; column = next) {
            const int32_t token = at(row, column);
            for (next = column + 1; next < layout.columns && at(row, next) == token;)
                ++next;
            if (token != silentToken)
                spans.push_back({seconds(column), seconds(next), std::to_string(token), std::pair(hz(row), hz(row + 1))});
        }
    std::ranges::stable_sort(spans, {}, &LabelledSpan::begin);
    return spans;
}

void writeTokenLabels(const std::filesystem::path& folder, const TokenSet& set, const std::stop_token& stop)
{
    for (int clip = 0; clip < set.clipCount() && !stop.stop_requested(); ++clip)
        writeFileAtomically(folder / labelFileName(set.clips[static_cast<size_t>(clip)]),
                            audacityLabels(tokenSpans(set.tokensOf(clip), set.layout, set.tokenizer.frontEnd)));
}

} // namespace melscope
