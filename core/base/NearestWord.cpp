// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/NearestWord.h"

#include <algorithm>
#include <numeric>

namespace melscope {
namespace {

size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), size_t{0});
    for (size_t i = 1; i <= a.size(); ++i) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.size(); ++j) {
            const size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
        }
    }
    return row.back();
}

} // namespace

std::string nearestWord(std::string_view word, const std::vector<std::string>& candidates, size_t farthest)
{
    std::string nearest;
    size_t least = farthest;
    for (const std::string& candidate : candidates) {
        const size_t distance = editDistance(word, candidate);
        if (distance < least || (distance == least && nearest.empty())) {
            least = distance;
            nearest = candidate;
        }
    }
    return nearest;
}

} // namespace melscope
