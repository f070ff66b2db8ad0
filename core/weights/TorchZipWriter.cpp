// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/TorchZip.h"

#include <array>
#include <bit>
#include <cstring>
#include <zip.h>

namespace melscope {
namespace {

constexpr uint64_t alignment = 64;

/// The opcodes of a state dict's pickle, protocol 2.
class StateDictPickle
{
public:
    std::string write(const std::vector<WeightTensor>& tensors, const Json& beside)
    {
        m_out = "\x80\x02";
        if (beside.empty()) {
            stateDict(tensors);
        } else {
            m_out += "}(";
            for (const auto& [key, member] : beside.items()) {
                text(key);
                value(member);
            }
            text("model");
            stateDict(tensors);
            m_out += 'u';
        }
        m_out += '.';
        return std::move(m_out);
    }

private:
    void stateDict(const std::vector<WeightTensor>& tensors)
    {
        emptyOrderedDict();
        m_out += '(';
        for (size_t i = 0; i < tensors.size(); ++i) {
            text(tensors[i].name);
            tensor(tensors[i], std::to_string(i));
        }
        m_out += 'u';
    }

    void value(const Json& json)
    {
        if (json.is_object()) {
            m_out += "}(";
            for (const auto& [key, member] : json.items()) {
                text(key);
                value(member);
            }
            m_out += 'u';
        } else if (json.is_array()) {
            m_out += "](";
            for (const Json& member : json)
                value(member);
            m_out += 'e';
        } else if (json.is_string()) {
            text(json);
        } else if (json.is_boolean()) {
            m_out += json.get<bool>() ? '\x88' : '\x89';
        } else if (json.is_number_integer()) {
            integer(json);
        } else if (json.is_number_float()) {
            m_out += 'G';
            const auto bits = std::bit_cast<uint64_t>(json.get<double>());
            for (int byte = 7; byte >= 0; --byte)
                m_out += static_cast<char>(bits >> (8 * byte) & 0xff);
        } else {
            m_out += 'N';
        }
    }

    void tensor(const WeightTensor& tensor, const std::string& key)
    {
        global("torch._utils", "_rebuild_tensor_v2");
        m_out += "((";
        text("storage");
        global("torch", torchStorageName(tensor.type));
        text(key);
        text("cpu");
        integer(tensor.elements());
        m_out += "tQ";
        integer(0);
        tuple(tensor.shape);
        tuple(rowMajorStrides(tensor.shape));
        m_out += '\x89'; // needs no gradient
        emptyOrderedDict(); // no hooks
        m_out += "tR";
    }

    void emptyOrderedDict()
    {
        global("collections", "OrderedDict");
        m_out += ")R";
    }

    void global(const char* module, const char* name) { m_out += std::string("c") + module + "\n" + name + "\n"; }

    void text(const std::string& text)
    {
        m_out += 'X';
        raw(static_cast<uint32_t>(text.size()));
        m_out += text;
    }

    void integer(int64_t value)
    {
        if (value >= 0 && value <= INT32_MAX) {
            m_out += 'J';
            raw(static_cast<int32_t>(value));
        } else {
            m_out += "\x8a\x08";
            raw(value);
        }
    }

    void tuple(const std::vector<int64_t>& values)
    {
        m_out += '(';
        for (const int64_t value : values)
            integer(value);
        m_out += 't';
    }

    void raw(auto number) { m_out.append(reinterpret_cast<const char*>(&number), sizeof(number)); }

    std::string m_out;
};

/// A zip archive in memory: stored entries, each one's bytes at a multiple of the alignment, no dates.
class ArchiveWriter
{
public:
    ArchiveWriter()
    {
        zip_error_init(&m_error);
        m_source = zip_source_buffer_create(nullptr, 0, 0, &m_error);
        m_archive = m_source ? zip_open_from_source(m_source, ZIP_TRUNCATE, &m_error) : nullptr;
        check(m_archive);
        zip_source_keep(m_source);
    }
    ~ArchiveWriter()
    {
        if (m_archive)
            zip_discard(m_archive);
        if (m_source)
            zip_source_free(m_source);
        zip_error_fini(&m_error);
    }
    ArchiveWriter(const ArchiveWriter&) = delete;
    ArchiveWriter& operator=(const ArchiveWriter&) = delete;

    /// `bytes` must live until finish().
    void add(const std::string& name, const void* bytes, size_t size)
    {
        zip_source_t* const source = zip_source_buffer(m_archive, bytes, size, 0);
        const zip_int64_t index = zip_file_add(m_archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0)
            zip_source_free(source);
        check(index >= 0);
        const auto entry = static_cast<zip_uint64_t>(index);
        constexpr zip_uint16_t newYear1980 = 1 << 5 | 1;
        check(zip_set_file_compression(m_archive, entry, ZIP_CM_STORE, 0) == 0);
        check(zip_file_set_dostime(m_archive, entry, 0, newYear1980, 0) == 0);
        pad(entry, name);
        m_end += size;
    }

    std::string finish()
    {
        if (zip_close(m_archive) != 0)
            check(false);
        m_archive = nullptr;
        check(zip_source_open(m_source) == 0 && zip_source_seek(m_source, 0, SEEK_END) == 0);
        std::string bytes(static_cast<size_t>(zip_source_tell(m_source)), '\0');
        check(zip_source_seek(m_source, 0, SEEK_SET) == 0
              && zip_source_read(m_source, bytes.data(), bytes.size()) == static_cast<zip_int64_t>(bytes.size()));
        zip_source_close(m_source);
        return bytes;
    }

private:
    /// Fills the local header with an extra field so that the entry's bytes begin aligned.
    void pad(zip_uint64_t entry, const std::string& name)
    {
        constexpr uint64_t localHeader = 30;
        constexpr uint64_t fieldHeader = 4;
        constexpr zip_uint16_t torchsField = 0x4246; // "FB"
        constexpr std::array<zip_uint8_t, alignment> nothing = {};
        m_end += localHeader + name.size() + fieldHeader;
        const auto padding = static_cast<zip_uint16_t>((alignment - m_end % alignment) % alignment);
        check(zip_file_extra_field_set(m_archive, entry, torchsField, ZIP_EXTRA_FIELD_NEW, nothing.data(), padding, ZIP_FL_LOCAL) == 0);
        m_end += padding;
    }

    void check(bool ok)
    {
        if (!ok)
            throw Error(ErrorKind::Internal, std::string("Cannot write a zip archive: ")
                        + zip_error_strerror(m_archive ? zip_get_error(m_archive) : &m_error) + ".");
    }

    zip_error_t m_error;
    zip_source_t* m_source = nullptr;
    zip_t* m_archive = nullptr;
    uint64_t m_end = 0; // of what was added so far
};

} // namespace

std::string encodeTorchZip(const std::vector<WeightTensor>& tensors, const std::string& stem, const Json& beside)
{
    const std::string pickle = StateDictPickle().write(tensors, beside);
    std::vector<std::string> storages;
    for (const WeightTensor& tensor : tensors) {
        std::string& bytes = storages.emplace_back(static_cast<size_t>(tensor.byteSize()), '\0');
        copyElements(tensor, reinterpret_cast<std::byte*>(bytes.data()));
    }
    static constexpr std::string_view version = "3\n";
    ArchiveWriter archive;
    archive.add(stem + "/data.pkl", pickle.data(), pickle.size());
    for (size_t i = 0; i < storages.size(); ++i)
        archive.add(stem + "/data/" + std::to_string(i), storages[i].data(), storages[i].size());
    archive.add(stem + "/version", version.data(), version.size());
    return archive.finish();
}

} // namespace melscope
