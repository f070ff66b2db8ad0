// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// Weight files put together by hand, so that a test can make each part as wrong as it likes.
namespace weightbytes {

template <typename Number>
std::string raw(Number number)
{
    return {reinterpret_cast<const char*>(&number), sizeof(number)};
}

inline std::string text(const std::string& value)
{
    return "X" + raw(static_cast<uint32_t>(value.size())) + value;
}

inline std::string global(const std::string& module, const std::string& name)
{
    return "c" + module + "\n" + name + "\n";
}

inline std::string integer(int64_t value)
{
    return std::string("\x8a\x08") + raw(value);
}

inline std::string tuple(const std::vector<int64_t>& values)
{
    std::string result = "(";
    for (const int64_t value : values)
        result += integer(value);
    return result + "t";
}

inline std::string emptyOrderedDict() { return global("collections", "OrderedDict") + ")R"; }

/// A reference to a storage; `view` is legacy's last part ("N" for none), empty for zip.
inline std::string storage(const std::string& key, int64_t elements, const std::string& type = "FloatStorage", const std::string& view = {})
{
    return "(" + text("storage") + global("torch", type) + text(key) + text("cpu") + integer(elements) + view + "tQ";
}

inline std::string tensor(const std::string& storage, int64_t offset, const std::vector<int64_t>& shape, const std::vector<int64_t>& strides)
{
    return global("torch._utils", "_rebuild_tensor_v2") + "(" + storage + integer(offset) + tuple(shape) + tuple(strides) + "\x89"
           + emptyOrderedDict() + "tR";
}

/// A whole pickle of a dictionary of `entries`: keys and values in turn.
inline std::string dictPickle(const std::string& entries)
{
    return "\x80\x02" + emptyOrderedDict() + "(" + entries + "u.";
}

inline uint32_t crc32(const std::string& bytes)
{
    uint32_t crc = 0xffffffff;
    for (const char byte : bytes) {
        crc ^= static_cast<uint8_t>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }
    return ~crc;
}

struct ZipEntry
{
    std::string name;
    std::string bytes;
    uint16_t method = 0;
    uint32_t claimed = 0;  ///< size that the directory gives; 0: the true one
    uint16_t flags = 0;
    uint32_t badCrc = 0;   ///< combined with the true checksum by exclusive or
};

inline std::string zip(const std::vector<ZipEntry>& entries)
{
    std::string body;
    std::string directory;
    for (const ZipEntry& entry : entries) {
        const uint32_t size = entry.claimed ? entry.claimed : static_cast<uint32_t>(entry.bytes.size());
        const std::string common = raw(uint16_t{20}) + raw(entry.flags) + raw(entry.method) + raw(uint16_t{0}) + raw(uint16_t{33})
                                   + raw(crc32(entry.bytes) ^ entry.badCrc) + raw(size) + raw(size)
                                   + raw(static_cast<uint16_t>(entry.name.size())) + raw(uint16_t{0});
        directory += "PK\x01\x02" + raw(uint16_t{20}) + common + raw(uint16_t{0}) + raw(uint16_t{0}) + raw(uint16_t{0}) + raw(uint32_t{0})
                     + raw(static_cast<uint32_t>(body.size())) + entry.name;
        body += "PK\x03\x04" + common + entry.name + entry.bytes;
    }
    const auto count = static_cast<uint16_t>(entries.size());
    return body + directory + "PK\x05\x06" + raw(uint32_t{0}) + raw(count) + raw(count) + raw(static_cast<uint32_t>(directory.size()))
           + raw(static_cast<uint32_t>(body.size())) + raw(uint16_t{0});
}

/// A PyTorch zip of this pickle and these storages "0", "1" ...
inline std::string torchZip(const std::string& pickle, const std::vector<std::string>& storages)
{
    std::vector<ZipEntry> entries = {{.name = "x/data.pkl", .bytes = pickle}};
    for (size_t i = 0; i < storages.size(); ++i)
        entries.push_back({.name = "x/data/" + std::to_string(i), .bytes = storages[i]});
    entries.push_back({.name = "x/version", .bytes = "3\n"});
    return zip(entries);
}

inline std::string legacyHead(int64_t protocol = 1001, bool littleEndian = true)
{
    return std::string("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15) + "\x80\x02" + integer(protocol) + "."
           + "\x80\x02}(" + text("little_endian") + (littleEndian ? "\x88" : "\x89") + "u.";
}

/// A legacy stream of this pickle; `storages` are lists of floats, keys "0", "1" ...
inline std::string torchLegacy(const std::string& pickle, const std::vector<std::string>& storages)
{
    std::string keys = "\x80\x02](";
    std::string data;
    for (size_t i = 0; i < storages.size(); ++i) {
        keys += text(std::to_string(i));
        data += raw(static_cast<int64_t>(storages[i].size() / sizeof(float))) + storages[i];
    }
    return legacyHead() + pickle + keys + "e." + data;
}

inline std::string floats(const std::vector<float>& values)
{
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)};
}

inline std::string safetensors(const std::string& header, const std::string& data)
{
    return raw(static_cast<uint64_t>(header.size())) + header + data;
}

} // namespace weightbytes
