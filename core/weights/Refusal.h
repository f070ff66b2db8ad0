// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <string_view>

namespace melscope {

/// Says why a file is not read, in a sentence that names it: "<path> is not a usable <kind>: <reason>." Refers to its arguments.
class Refusal
{
public:
    Refusal(const std::filesystem::path& path, const char* kind) : m_path(path), m_kind(kind) {}

    [[noreturn]] void format(const std::string& reason) const;      ///< Error(Format)
    [[noreturn]] void truncated(const std::string& reason) const;   ///< Error(Truncated), with the advice to copy it again
    [[noreturn]] void unsupported(const std::string& reason) const; ///< Error(Unsupported)

private:
    const std::filesystem::path& m_path;
    const char* m_kind;
};

/// A name out of a file, fit for a sentence or a terminal: in double quotes, at most about 80 characters, nothing that is
/// not printable ASCII.
std::string inQuotes(std::string_view text);

} // namespace melscope
