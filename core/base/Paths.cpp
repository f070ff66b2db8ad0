// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Paths.h"

#include <cstdlib>

namespace melscope {
namespace {

std::filesystem::path folderFrom(const char* own, const char* xdg, const char* belowHome)
{
    if (const char* value = std::getenv(own); value && *value)
        return value;
    if (const char* value = std::getenv(xdg); value && *value == '/')
        return std::filesystem::path(value) / "melscope";
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home && *home ? home : ".") / belowHome / "melscope";
}

} // namespace

std::filesystem::path dataFolder()
{
    return folderFrom("MELSCOPE_DATA_DIR", "XDG_DATA_HOME", ".local/share");
}

std::filesystem::path cacheFolder()
{
    return folderFrom("MELSCOPE_CACHE_DIR", "XDG_CACHE_HOME", ".cache");
}

} // namespace melscope
