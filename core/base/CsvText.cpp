// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/CsvText.h"

#include <charconv>
#include <cmath>

namespace melscope {
namespace {

template<typename Number>
std::string shortest(Number value)
{
    if (!std::isfinite(value))
        return {};
    char text[32];
    const auto [end, failure] = std::to_chars(text, text + sizeof text, value);
    return std::string(text, end);
}

} // namespace

std::string csvCell(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string cell = "\"";
    for (const char letter : text) {
        if (letter == '"')
            cell += '"';
        cell += letter;
    }
    return cell + '"';
}

std::string csvCell(double value)
{
    return shortest(value);
}

std::string csvCell(float value)
{
    return shortest(value);
}

} // namespace melscope
