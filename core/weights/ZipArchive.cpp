// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/ZipArchive.h"

#include <algorithm>
#include <array>
#include <zip.h>

namespace melscope {
namespace {

/// libzip's word for what went wrong.
std::string reasonOf(zip_error_t* error)
{
    return zip_error_strerror(error);
}

zip* openSource(zip_source_t* source, zip_error_t& error, const Refusal& refuse)
{
    zip* const archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
    if (archive)
        return archive;
    if (source)
        zip_source_free(source);
    const int code = zip_error_code_zip(&error);
    const std::string reason = reasonOf(&error);
    zip_error_fini(&error);
    if (code == ZIP_ER_NOZIP || code == ZIP_ER_EOF)
        refuse.truncated("the list of contents at its end is missing");
    refuse.format("its zip archive is damaged (" + reason + ")");
}

} // namespace

ZipArchive::ZipArchive(const std::filesystem::path& path, const Refusal& refuse) : m_refuse(refuse)
{
    zip_error_t error;
    zip_error_init(&error);
    m_archive = openSource(zip_source_file_create(path.c_str(), 0, -1, &error), error, refuse);
    std::error_code failure;
    list(std::filesystem::file_size(path, failure));
}

ZipArchive::ZipArchive(std::string_view bytes, const Refusal& refuse) : m_refuse(refuse)
{
    zip_error_t error;
    zip_error_init(&error);
    m_archive = openSource(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error), error, refuse);
    list(bytes.size());
}

ZipArchive::~ZipArchive()
{
    zip_discard(m_archive);
}

void ZipArchive::list(uint64_t archiveSize)
{
    uint64_t left = archiveSize;
    try {
        const zip_int64_t count = zip_get_num_entries(m_archive, 0);
        for (zip_int64_t i = 0; i < count; ++i) {
            zip_stat_t stat;
            constexpr zip_uint64_t wanted = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
            if (zip_stat_index(m_archive, static_cast<zip_uint64_t>(i), ZIP_FL_ENC_RAW, &stat) != 0 || (stat.valid & wanted) != wanted)
                m_refuse.format("its zip archive is damaged (entry " + std::to_string(i) + ")");
            if (stat.encryption_method != ZIP_EM_NONE)
                m_refuse.unsupported("its part " + inQuotes(stat.name) + " is encrypted");
            if (stat.comp_method != ZIP_CM_STORE)
                m_refuse.unsupported("its part " + inQuotes(stat.name) + " is compressed, and PyTorch reads and writes its files uncompressed");
            if (stat.size > left)
                m_refuse.format("its part " + inQuotes(stat.name) + " claims " + std::to_string(stat.size) + " bytes, more than there are");
            left -= stat.size;
            if (!m_entries.emplace(stat.name, Entry{static_cast<uint64_t>(i), static_cast<int64_t>(stat.size)}).second)
                m_refuse.format("it has two parts called " + inQuotes(stat.name));
        }
    } catch (...) {
        zip_discard(m_archive); // a constructor that throws has no destructor
        throw;
    }
}

WeightStorage ZipArchive::read(const std::string& name, bool keep) const
{
    const Entry entry = m_entries.at(name);
    if (!keep) {
        readInto(name, entry, nullptr);
        return {.size = entry.size};
    }
    const std::shared_ptr<std::byte[]> bytes(new std::byte[static_cast<size_t>(entry.size)]);
    readInto(name, entry, bytes.get());
    return {.bytes = {bytes, bytes.get()}, .size = entry.size};
}

std::string ZipArchive::text(const std::string& name) const
{
    const Entry entry = m_entries.at(name);
    std::string bytes(static_cast<size_t>(entry.size), '\0');
    readInto(name, entry, reinterpret_cast<std::byte*>(bytes.data()));
    return bytes;
}

void ZipArchive::readInto(const std::string& name, const Entry& entry, std::byte* target) const
{
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(zip_fopen_index(m_archive, entry.index, 0), &zip_fclose);
    if (!file)
        m_refuse.format("its part " + inQuotes(name) + " is damaged (" + reasonOf(zip_get_error(m_archive)) + ")");
    std::array<std::byte, 1 << 16> scratch;
    uint64_t left = static_cast<uint64_t>(entry.size);
    for (;;) {
        // The checksum is compared by the read that meets the end: one byte more is asked for than there should be.
        std::byte* const place = target && left > 0 ? target : scratch.data();
        const uint64_t wanted = target && left > 0 ? left : std::min<uint64_t>(left + 1, scratch.size());
        const zip_int64_t count = zip_fread(file.get(), place, wanted);
        if (count < 0) {
            zip_error_t* const error = zip_file_get_error(file.get());
            if (zip_error_code_zip(error) == ZIP_ER_CRC)
                m_refuse.format("its part " + inQuotes(name) + " is damaged: its checksum is wrong. Copy or download the file again");
            m_refuse.format("its part " + inQuotes(name) + " is damaged (" + reasonOf(error) + ")");
        }
        if (static_cast<uint64_t>(count) > left)
            m_refuse.format("its part " + inQuotes(name) + " is longer than it says");
        if (count == 0)
            break;
        left -= static_cast<uint64_t>(count);
        if (target)
            target += count;
    }
    if (left > 0)
        m_refuse.truncated("its part " + inQuotes(name) + " ends too early");
}

} // namespace melscope
