// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/FeatureFile.h"

#include "base/Json.h"
#include "dataset/ParallelClips.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace melscope {
namespace fs = std::filesystem;
namespace {

constexpr char magic[8] = {'M', 'E', 'L', 'G', 'R', 'I', 'D', '1'};
constexpr size_t headerBytes = 4096; // one page, so that the values are aligned

/// Four independent lanes, so that a cache of gigabytes is checked at the memory's speed. Guards against damage, not malice.
uint64_t checksum(std::span<const unsigned char> bytes)
{
    uint64_t lanes[4] = {0x9E3779B97F4A7C15ull, 0xBF58476D1CE4E5B9ull, 0x94D049BB133111EBull, bytes.size() + 1};
    size_t at = 0;
    for (; at + 32 <= bytes.size(); at += 32) {
        uint64_t words[4];
        std::memcpy(words, bytes.data() + at, 32);
        for (int lane = 0; lane < 4; ++lane)
            lanes[lane] = (lanes[lane] ^ words[lane]) * 0xFF51AFD7ED558CCDull + (lanes[lane] >> 29);
    }
    for (; at < bytes.size(); ++at)
        lanes[0] = (lanes[0] ^ bytes[at]) * 0xFF51AFD7ED558CCDull;
    uint64_t sum = 0;
    for (const uint64_t lane : lanes)
        sum = (sum ^ lane ^ (lane >> 32)) * 0xC4CEB9FE1A85EC53ull;
    return sum ^ (sum >> 33);
}

uint64_t checksum(std::span<const float> values)
{
    return checksum({reinterpret_cast<const unsigned char*>(values.data()), values.size_bytes()});
}

[[noreturn]] void fail(const std::string& action, const fs::path& path, int code)
{
    const bool full = code == ENOSPC || code == EDQUOT;
    throw Error(full ? ErrorKind::DiskFull : ErrorKind::Unreadable,
                "Cannot " + action + " the feature cache " + path.string() + ": " + std::strerror(code)
                    + (full ? "; free some space and try again." : "."),
                path);
}

Json toJson(const std::vector<Problem>& problems)
{
    Json list = Json::array();
    for (const Problem& problem : problems)
        list.push_back({{"kind", static_cast<int>(problem.kind)},
                        {"file", problem.file.string()},
                        {"message", problem.message},
                        {"unusable", problem.unusable}});
    return list;
}

} // namespace

struct FeatureFile::Header
{
    char magic[8];
    int32_t clips, rows, columns, unused;
    uint64_t problemBytes;
    char key[64];
    uint64_t tailChecksum;   // of the clip entries and the problems
    uint64_t headerChecksum; // of everything before it
};

struct FeatureFile::ClipEntry
{
    uint64_t checksum;
    uint64_t usable;
};

size_t FeatureFile::entriesOffset() const
{
    const size_t values = static_cast<size_t>(m_shape.clips) * m_shape.valuesPerClip() * sizeof(float);
    return headerBytes + (values + 7) / 8 * 8;
}

size_t FeatureFile::problemsOffset() const
{
    return entriesOffset() + static_cast<size_t>(m_shape.clips) * sizeof(ClipEntry);
}

FeatureFile::ClipEntry* FeatureFile::entries() const
{
    return reinterpret_cast<ClipEntry*>(m_bytes + entriesOffset());
}

uint64_t FeatureFile::headerChecksum() const
{
    return checksum(std::span<const unsigned char>(m_bytes, offsetof(Header, headerChecksum)));
}

void FeatureFile::map(size_t bytes, int protection)
{
    void* address = ::mmap(nullptr, bytes, protection, MAP_SHARED, m_descriptor, 0);
    if (address == MAP_FAILED)
        fail("map", m_path, errno);
    m_bytes = static_cast<unsigned char*>(address);
    m_size = bytes;
}

FeatureFile::~FeatureFile()
{
    if (m_bytes)
        ::munmap(m_bytes, m_size);
    if (!m_temporary.empty())
        ::unlink(m_temporary.c_str());
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

std::unique_ptr<FeatureFile> FeatureFile::openFinished(const fs::path& path, const Shape& shape, const std::string& key, int threads)
{
    std::unique_ptr<FeatureFile> file(new FeatureFile(shape, key));
    file->m_path = path;
    file->m_descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat status {};
    if (file->m_descriptor < 0 || ::fstat(file->m_descriptor, &status) != 0)
        return nullptr;
    // Held as long as this object lives: who trims the folder leaves the file alone.
    ::flock(file->m_descriptor, LOCK_SH | LOCK_NB);
    const auto size = static_cast<size_t>(status.st_size);
    if (size < file->problemsOffset())
        return nullptr;
    file->map(size, PROT_READ);
    if (!file->isIntact(threads) || !file->readProblems())
        return nullptr;
    ::futimens(file->m_descriptor, nullptr);
    return file;
}

bool FeatureFile::isIntact(int threads) const
{
    const auto& header = *reinterpret_cast<const Header*>(m_bytes);
    const Shape shape{header.clips, header.rows, header.columns};
    if (std::memcmp(header.magic, magic, sizeof magic) != 0 || header.headerChecksum != headerChecksum() || !(shape == m_shape)
        || std::string_view(header.key, sizeof header.key) != m_key || header.problemBytes != m_size - problemsOffset()
        || header.tailChecksum != checksum(std::span<const unsigned char>(m_bytes + entriesOffset(), m_size - entriesOffset())))
        return false;
    std::atomic<bool> intact = true;
    forEachClipInParallel(m_shape.clips, threads, {}, {}, [&](int clip) {
        if (checksum(values(clip)) != entries()[clip].checksum)
            intact = false;
    });
    return intact;
}

bool FeatureFile::readProblems()
{
    const auto* text = reinterpret_cast<const char*>(m_bytes + problemsOffset());
    const Json list = Json::parse(std::string_view(text, m_size - problemsOffset()), nullptr, false);
    if (!list.is_array())
        return false;
    for (const Json& item : list)
        m_problems.push_back({static_cast<Problem::Kind>(item.at("kind").get<int>()), item.at("file").get<std::string>(),
                              item.at("message").get<std::string>(), item.at("unusable").get<bool>()});
    return true;
}

std::unique_ptr<FeatureFile> FeatureFile::create(const fs::path& path, const Shape& shape, const std::string& key)
{
    // Process and counter make the name this object's own, even against a second window that builds the same cache.
    static std::atomic<int> counter = 0;
    std::unique_ptr<FeatureFile> file(new FeatureFile(shape, key));
    file->m_path = path;
    // Who trims the folder may meet the file before its lock and remove it: then it has no name any more, and a new one is made.
    struct stat status {};
    while (status.st_nlink == 0) {
        if (file->m_descriptor >= 0)
            ::close(file->m_descriptor);
        const fs::path temporary = path.string() + ".part" + std::to_string(::getpid()) + "-" + std::to_string(counter++);
        file->m_descriptor = ::open(temporary.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
        if (file->m_descriptor < 0)
            fail("create", path, errno);
        file->m_temporary = temporary;
        ::flock(file->m_descriptor, LOCK_SH);
        if (::fstat(file->m_descriptor, &status) != 0)
            fail("create", path, errno);
    }
    // Reserved, not merely sized: writing through the map to a full disk would kill the process.
    if (const int code = ::posix_fallocate(file->m_descriptor, 0, static_cast<off_t>(file->problemsOffset())); code != 0)
        fail("reserve space for", path, code);
    file->map(file->problemsOffset(), PROT_READ | PROT_WRITE);
    return file;
}

std::span<float> FeatureFile::writableValues(int clip)
{
    auto* first = reinterpret_cast<float*>(m_bytes + headerBytes);
    return {first + static_cast<size_t>(clip) * m_shape.valuesPerClip(), m_shape.valuesPerClip()};
}

std::span<const float> FeatureFile::values(int clip) const
{
    const auto* first = reinterpret_cast<const float*>(m_bytes + headerBytes);
    return {first + static_cast<size_t>(clip) * m_shape.valuesPerClip(), m_shape.valuesPerClip()};
}

void FeatureFile::setUsable(int clip, bool usable)
{
    entries()[clip] = {checksum(values(clip)), usable ? 1u : 0u};
}

bool FeatureFile::usable(int clip) const
{
    return entries()[clip].usable != 0;
}

void FeatureFile::finish(const std::vector<Problem>& problems)
{
    const std::string text = toJson(problems).dump(-1, ' ', false, Json::error_handler_t::replace);
    std::string tail(reinterpret_cast<const char*>(m_bytes + entriesOffset()), m_size - entriesOffset());
    tail += text;
    auto& header = *reinterpret_cast<Header*>(m_bytes);
    std::memcpy(header.magic, magic, sizeof magic);
    header.clips = m_shape.clips;
    header.rows = m_shape.rows;
    header.columns = m_shape.columns;
    header.problemBytes = text.size();
    std::memcpy(header.key, m_key.data(), std::min(m_key.size(), sizeof header.key));
    header.tailChecksum = checksum(std::span(reinterpret_cast<const unsigned char*>(tail.data()), tail.size()));
    header.headerChecksum = headerChecksum();
    if (::pwrite(m_descriptor, text.data(), text.size(), static_cast<off_t>(m_size)) != static_cast<ssize_t>(text.size()))
        fail("write", m_path, errno);
    if (::msync(m_bytes, m_size, MS_SYNC) != 0 || ::fsync(m_descriptor) != 0)
        fail("write", m_path, errno);
    if (::rename(m_temporary.c_str(), m_path.c_str()) != 0)
        fail("name", m_path, errno);
    m_temporary.clear();
    m_problems = problems;
}

} // namespace melscope
