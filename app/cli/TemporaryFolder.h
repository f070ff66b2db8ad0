// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <cstdlib>
#include <filesystem>
#include <string>

namespace melscope::cli {

/// A folder under the system's temporary one that is gone when the object is. Throws Error(Unreadable) where none can be made.
class TemporaryFolder
{
public:
    TemporaryFolder()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "melscope-bench-XXXXXX").string();
        if (!mkdtemp(pattern.data()))
            throw Error(ErrorKind::Unreadable, "No folder can be made in " + std::filesystem::temp_directory_path().string() + ".");
        m_path = pattern;
    }
    ~TemporaryFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

} // namespace melscope::cli
