// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/TokenOccurrences.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace melscope {
namespace {

std::vector<int> allClips(const TokenSet& set)
{
    std::vector<int> clips(static_cast<size_t>(set.clipCount()));
    std::iota(clips.begin(), clips.end(), 0);
    return clips;
}

} // namespace

TokenOccurrences::TokenOccurrences(const TokenSet& set) : TokenOccurrences(set, allClips(set)) {}

TokenOccurrences::TokenOccurrences(const TokenSet& set, std::span<const int> clips) : m_begins(static_cast<size_t>(set.codes()) + 1)
{
    const auto forEachHeard = [&](const auto& act) {
        for (const int clip : clips)
            for (int token = 0; token < set.layout.size(); ++token)
                if (const int32_t code = set.tokensOf(clip)[static_cast<size_t>(token)]; code != silentToken)
                    act(static_cast<size_t>(code), TokenPlace{.clip = clip, .token = token, .distance = set.distancesOf(clip)[static_cast<size_t>(token)]});
    };
    forEachHeard([&](size_t code, const TokenPlace&) { ++m_begins[code + 1]; });
    std::partial_sum(m_begins.begin(), m_begins.end(), m_begins.begin());
    m_places.resize(m_begins.back());
    std::vector<size_t> next(m_begins.begin(), m_begins.end() - 1);
    forEachHeard([&](size_t code, const TokenPlace& place) { m_places[next[code]++] = place; });
    for (size_t code = 0; code + 1 < m_begins.size(); ++code)
        std::sort(m_places.begin() + static_cast<ptrdiff_t>(m_begins[code]), m_places.begin() + static_cast<ptrdiff_t>(m_begins[code + 1]),
                  [](const TokenPlace& a, const TokenPlace& b) {
                      return std::tie(a.distance, a.clip, a.token) < std::tie(b.distance, b.clip, b.token);
                  });
}

std::span<const TokenPlace> TokenOccurrences::places(int code) const
{
    const size_t begin = m_begins[static_cast<size_t>(code)];
    return std::span(m_places).subspan(begin, m_begins[static_cast<size_t>(code) + 1] - begin);
}

std::optional<TokenPlace> TokenOccurrences::medoid(int code) const
{
    const auto all = places(code);
    return all.empty() ? std::nullopt : std::optional(all.front());
}

} // namespace melscope
