// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/CacheFolder.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <vector>

namespace melscope {
namespace fs = std::filesystem;
namespace {

struct Entry
{
    fs::path path;
    uint64_t bytes = 0;
    fs::file_time_type used;
};

/// Removes the file unless somebody holds it; says whether it is gone.
bool removeUnlessHeld(const fs::path& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool free = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
    const bool removed = free && ::unlink(path.c_str()) == 0;
    ::close(descriptor);
    return removed;
}

} // namespace

void trimCacheFolder(const fs::path& folder, uint64_t bytes)
{
    std::vector<Entry> entries;
    uint64_t total = 0;
    std::error_code failure;
    for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
        std::error_code gone;
        if (!entry->is_regular_file(gone))
            continue;
        if (entry->path().extension().native().starts_with(".part") && removeUnlessHeld(entry->path()))
            continue;
        const uint64_t size = entry->file_size(gone);
        const fs::file_time_type used = entry->last_write_time(gone);
        if (gone)
            continue;
        entries.push_back({entry->path(), size, used});
        total += size;
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.used < b.used; });
    for (const Entry& entry : entries) {
        if (total <= bytes)
            return;
        if (removeUnlessHeld(entry.path))
            total -= entry.bytes;
    }
}

} // namespace melscope
