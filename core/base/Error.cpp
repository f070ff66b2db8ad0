// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"

namespace melscope {

const char* toString(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Missing: return "missing";
    case ErrorKind::Unreadable: return "unreadable";
    case ErrorKind::Empty: return "empty";
    case ErrorKind::Truncated: return "truncated";
    case ErrorKind::Format: return "format";
    case ErrorKind::InvalidValue: return "invalid-value";
    case ErrorKind::OutOfMemory: return "out-of-memory";
    case ErrorKind::DiskFull: return "disk-full";
    case ErrorKind::Busy: return "busy";
    case ErrorKind::Diverged: return "diverged";
    case ErrorKind::Unsupported: return "unsupported";
    case ErrorKind::Cancelled: return "cancelled";
    case ErrorKind::Internal: return "internal";
    }
    return "internal";
}

Error::Error(ErrorKind kind, const std::string& sentence, std::filesystem::path path)
    : std::runtime_error(sentence), m_kind(kind), m_path(std::move(path))
{
}

} // namespace melscope
