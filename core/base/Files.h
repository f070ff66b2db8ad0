// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace melscope {

/// Whole file as bytes. Throws Error (Missing, Unreadable).
std::string readFile(const std::filesystem::path& path);

/// Replaces `path` durably: temporary name in the same folder, flush, fsync, rename, fsync of the folder. After a kill
/// at any moment the old or the new content is there, never a mixture. Creates missing parent folders.
/// Throws Error (Unreadable, DiskFull).
void writeFileAtomically(const std::filesystem::path& path, std::string_view bytes);

/// The same for a file too large to be put together in memory: written in pieces, there once it is committed. Not committed,
/// it leaves no trace.
class AtomicFile
{
public:
    /// Creates missing parent folders. Throws Error (Unreadable, DiskFull), as do write() and commit().
    explicit AtomicFile(std::filesystem::path path);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    void write(std::string_view bytes);
    void commit(); ///< once, after the last write()

private:
    std::filesystem::path m_path;
    std::filesystem::path m_temporary;
    int m_descriptor = -1;
};

/// The SHA-256 of bytes that come in pieces.
class Sha256
{
public:
    Sha256();
    void add(std::string_view bytes);
    std::string hex(); ///< lower-case hexadecimal; once, after the last add()

private:
    std::unique_ptr<evp_md_ctx_st, void (*)(evp_md_ctx_st*)> m_context;
};

/// Lower-case hexadecimal SHA-256 of bytes in memory, or of a file (read in pieces; throws Error).
std::string sha256(std::string_view bytes);
std::string sha256OfFile(const std::filesystem::path& path);

/// Holds an exclusive lock on a file (created if missing) until destroyed; the kernel releases it when the process
/// dies. Throws Error(Busy) when another process or object holds it.
class FileLock
{
public:
    explicit FileLock(const std::filesystem::path& path);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

private:
    int m_descriptor = -1;
};

} // namespace melscope
