// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

namespace melscope {

enum class ErrorKind {
    Missing,      ///< the file or folder is not there
    Unreadable,   ///< there, but access is denied or the device fails
    Empty,        ///< there, and of zero length or zero clips
    Truncated,    ///< holds less than its header promises
    Format,       ///< not what it claims to be
    InvalidValue, ///< a parameter outside its range, a contradiction between parameters
    OutOfMemory,
    DiskFull,
    Busy,         ///< another process holds it
    Diverged,     ///< the loss is no longer a number
    Unsupported,  ///< this build or machine cannot do it
    Cancelled,
    Internal
};

/// Short lower-case word for logs and JSON, e.g. "missing".
const char* toString(ErrorKind kind);

/// What core's public functions throw: a kind to act on, the file it concerns (may be empty) and a sentence that says
/// what is wrong and what to do. what() is that sentence; it names the file already.
class Error : public std::runtime_error
{
public:
    Error(ErrorKind kind, const std::string& sentence, std::filesystem::path path = {});

    ErrorKind kind() const { return m_kind; }
    const std::filesystem::path& path() const { return m_path; }

private:
    ErrorKind m_kind;
    std::filesystem::path m_path;
};

} // namespace melscope
