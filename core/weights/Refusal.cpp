// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/Refusal.h"

namespace melscope {

void Refusal::format(const std::string& reason) const
{
    throw Error(ErrorKind::Format, m_path.string() + " is not a usable " + m_kind + ": " + reason + ".", m_path);
}

void Refusal::truncated(const std::string& reason) const
{
    throw Error(ErrorKind::Truncated, m_path.string() + " is not a usable " + m_kind + ": " + reason + ". Copy or download it again.", m_path);
}

void Refusal::unsupported(const std::string& reason) const
{
    throw Error(ErrorKind::Unsupported, m_path.string() + " is not a usable " + m_kind + ": " + reason + ".", m_path);
}

std::string inQuotes(std::string_view text)
{
    constexpr size_t most = 80;
    std::string result = "\"";
    for (const char c : text.substr(0, most))
        result += c >= ' ' && c <= '~' ? c : '?';
    return result + (text.size() > most ? "...\"" : "\"");
}

} // namespace melscope
