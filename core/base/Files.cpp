// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"

#include "base/Error.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <openssl/evp.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace melscope {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void throwErrno(const std::string& action, const fs::path& path, int code)
{
    ErrorKind kind = ErrorKind::Unreadable;
    std::string advice;
    if (code == ENOENT)
        kind = ErrorKind::Missing;
    if (code == ENOSPC || code == EDQUOT) {
        kind = ErrorKind::DiskFull;
        advice = "; free some space and try again";
    }
    throw Error(kind, "Cannot " + action + " " + path.string() + ": " + std::strerror(code) + advice + ".", path);
}

class Descriptor
{
public:
    Descriptor(const fs::path& path, int flags, const char* action) : m_fd(::open(path.c_str(), flags | O_CLOEXEC, 0644))
    {
        if (m_fd < 0)
            throwErrno(action, path, errno);
    }
    ~Descriptor() { ::close(m_fd); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return m_fd; }

private:
    int m_fd;
};

fs::path folderOf(const fs::path& path)
{
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

void forEachPiece(const fs::path& path, const auto& consume)
{
    const Descriptor file(path, O_RDONLY, "read");
    std::vector<char> buffer(1 << 20);
    for (;;) {
        const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            throwErrno("read", path, errno);
        if (count == 0)
            return;
        consume(std::string_view(buffer.data(), static_cast<size_t>(count)));
    }
}

} // namespace

std::string readFile(const fs::path& path)
{
    std::string content;
    forEachPiece(path, [&](std::string_view piece) { content += piece; });
    return content;
}

void writeFileAtomically(const fs::path& path, std::string_view bytes)
{
    AtomicFile file(path);
    file.write(bytes);
    file.commit();
}

AtomicFile::AtomicFile(fs::path path) : m_path(std::move(path)), m_temporary(m_path.string() + ".tmp" + std::to_string(::getpid()))
{
    const fs::path folder = folderOf(m_path);
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure)
        throwErrno("create the folder", folder, failure.value());
    m_descriptor = ::open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (m_descriptor < 0)
        throwErrno("write", m_path, errno);
}

AtomicFile::~AtomicFile()
{
    if (m_descriptor < 0)
        return;
    ::close(m_descriptor);
    ::unlink(m_temporary.c_str());
}

void AtomicFile::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
        if (written < 0) {
            if (errno == EINTR)
                continue;
            throwErrno("write", m_path, errno);
        }
        bytes.remove_prefix(static_cast<size_t>(written));
    }
}

void AtomicFile::commit()
{
    if (::fsync(m_descriptor) != 0 || ::rename(m_temporary.c_str(), m_path.c_str()) != 0)
        throwErrno("write", m_path, errno);
    ::close(std::exchange(m_descriptor, -1));
    const fs::path folder = folderOf(m_path);
    const Descriptor directory(folder, O_RDONLY | O_DIRECTORY, "open the folder");
    ::fsync(directory.get());
}

Sha256::Sha256() : m_context(EVP_MD_CTX_new(), &EVP_MD_CTX_free)
{
    EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr);
}

void Sha256::add(std::string_view bytes)
{
    EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size());
}

std::string Sha256::hex()
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    EVP_DigestFinal_ex(m_context.get(), digest, &length);
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < length; ++i) {
        text += digits[digest[i] >> 4];
        text += digits[digest[i] & 15];
    }
    return text;
}

std::string sha256(std::string_view bytes)
{
    Sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

std::string sha256OfFile(const fs::path& path)
{
    Sha256 hash;
    forEachPiece(path, [&](std::string_view piece) { hash.add(piece); });
    return hash.hex();
}

FileLock::FileLock(const fs::path& path)
{
    m_descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (m_descriptor < 0)
        throwErrno("lock", path, errno);
    if (::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0) {
        const int code = errno;
        ::close(m_descriptor);
        if (code == EWOULDBLOCK)
            throw Error(ErrorKind::Busy, path.string() + " is in use by another Melscope; wait until it is done there.", path);
        throwErrno("lock", path, code);
    }
}

FileLock::~FileLock()
{
    ::close(m_descriptor);
}

} // namespace melscope
