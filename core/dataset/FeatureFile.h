// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace melscope {

/// The memory-mapped file of a FeatureCache: a page of header (magic, shape, key, checksum), the values [clip, row, column] as
/// float32, then per clip a checksum and whether it is usable, then the problems as JSON. In the machine's byte order:
/// a cache does not travel.
class FeatureFile
{
public:
    struct Shape
    {
        int clips = 0;
        int rows = 0;
        int columns = 0;
        size_t valuesPerClip() const { return static_cast<size_t>(rows) * static_cast<size_t>(columns); }
        bool operator==(const Shape&) const = default;
    };

    /// Maps a finished file for reading and marks it as used now; nullptr where it is absent, of another shape or key, or where
    /// any checksum is wrong.
    static std::unique_ptr<FeatureFile> openFinished(const std::filesystem::path& path, const Shape& shape, const std::string& key,
                                                     int threads);

    /// A file under a temporary name beside `path`, its space reserved; finish() gives it its name, without that the destructor removes
    /// it. Throws Error (DiskFull, Unreadable).
    static std::unique_ptr<FeatureFile> create(const std::filesystem::path& path, const Shape& shape, const std::string& key);

    ~FeatureFile();
    FeatureFile(const FeatureFile&) = delete;
    FeatureFile& operator=(const FeatureFile&) = delete;

    std::span<float> writableValues(int clip); ///< of a file being made; different clips from different threads
    void setUsable(int clip, bool usable);      ///< after the values are written: also takes its checksum
    void finish(const std::vector<Problem>& problems); ///< durable once it returns; throws Error

    const Shape& shape() const { return m_shape; }
    std::span<const float> values(int clip) const;
    bool usable(int clip) const;
    const std::vector<Problem>& problems() const { return m_problems; }

private:
    FeatureFile(const Shape& shape, std::string key) : m_shape(shape), m_key(std::move(key)) {}
    struct Header;
    struct ClipEntry;
    size_t entriesOffset() const;
    size_t problemsOffset() const;
    ClipEntry* entries() const;
    uint64_t headerChecksum() const;
    bool isIntact(int threads) const;
    bool readProblems();
    void map(size_t bytes, int protection);

    Shape m_shape;
    std::string m_key;
    std::filesystem::path m_path;
    std::filesystem::path m_temporary; ///< empty once finished
    int m_descriptor = -1;
    unsigned char* m_bytes = nullptr;
    size_t m_size = 0;
    std::vector<Problem> m_problems;
};

} // namespace melscope
