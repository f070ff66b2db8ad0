// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/CsvText.h"

#include <charconv>
#include <cmath>

namespace melscope {

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
    if (!std::isfinite(value))
        return {};
    char text[32];
    const auto [end, failure] = std::to_chars(text, text + sizeof text, value);
    return std::string(text, end);
}

} // namespace melscope
