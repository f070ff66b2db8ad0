// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/Refusal.h"
#include "weights/WeightTensor.h"

#include <map>
#include <string>
#include <string_view>

struct zip;

namespace melscope {

/// A zip archive of stored (uncompressed) entries, as torch.save writes them, on libzip. Compressed or encrypted entries are
/// refused: PyTorch writes none, and no archive can then hold more than its own size. Throws Error (Format, Truncated, Unsupported).
class ZipArchive
{
public:
    ZipArchive(const std::filesystem::path& path, const Refusal& refuse);
    ZipArchive(std::string_view bytes, const Refusal& refuse); ///< `bytes` outlive the archive
    ~ZipArchive();
    ZipArchive(const ZipArchive&) = delete;
    ZipArchive& operator=(const ZipArchive&) = delete;

    struct Entry
    {
        uint64_t index = 0;
        int64_t size = 0; ///< bytes; of all entries together at most the archive's own size
    };
    const std::map<std::string, Entry>& entries() const { return m_entries; }

    /// Reads an entry to its end, so that its CRC-32 is verified; without `keep` the bytes are dropped.
    WeightStorage read(const std::string& name, bool keep = true) const;
    std::string text(const std::string& name) const;

private:
    void list(uint64_t archiveSize);
    void readInto(const std::string& name, const Entry& entry, std::byte* target) const; ///< null: only verify

    const Refusal& m_refuse;
    zip* m_archive = nullptr;
    std::map<std::string, Entry> m_entries;
};

} // namespace melscope
