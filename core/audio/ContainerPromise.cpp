// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/ContainerPromise.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <string_view>

namespace melscope {
namespace {

class Reader
{
public:
    explicit Reader(const std::filesystem::path& path) : m_stream(path, std::ios::binary)
    {
        m_stream.seekg(0, std::ios::end);
        m_size = m_stream ? static_cast<int64_t>(m_stream.tellg()) : 0;
    }

    int64_t size() const { return m_size; }

    std::string bytes(int64_t offset, int64_t count)
    {
        std::string text(static_cast<size_t>(count), '\0');
        m_stream.clear();
        m_stream.seekg(offset);
        m_stream.read(text.data(), count);
        text.resize(static_cast<size_t>(std::max<std::streamsize>(m_stream.gcount(), 0)));
        return text;
    }

private:
    std::ifstream m_stream;
    int64_t m_size = 0;
};

uint64_t number(std::string_view bytes, bool bigEndian)
{
    uint64_t value = 0;
    for (size_t i = 0; i < bytes.size(); ++i)
        value = value << 8 | static_cast<uint8_t>(bigEndian ? bytes[i] : bytes[bytes.size() - 1 - i]);
    return value;
}

/// The sound chunk of an IFF-like file: "data" in RIFF, "SSND" in FORM.
ContainerPromise chunkPromise(Reader& file, bool bigEndian)
{
    constexpr uint64_t unknownLength = 0xffffffff; // written by programs that could not seek back, and by RF64
    constexpr int mostChunks = 1000;               // a crafted file must not keep the reader busy
    uint64_t length64 = 0;
    int64_t offset = 12;
    for (int i = 0; i < mostChunks && offset + 8 <= file.size(); ++i) {
        const std::string header = file.bytes(offset, 8);
        if (header.size() < 8)
            break;
        const std::string_view name = std::string_view(header).substr(0, 4);
        const uint64_t length = number(std::string_view(header).substr(4), bigEndian);
        if (name == "ds64") {
            const std::string sizes = file.bytes(offset + 16, 8);
            length64 = number(sizes, bigEndian);
        }
        if (name == "data" || name == "SSND") {
            const uint64_t promised = length == unknownLength ? length64 : length;
            return {static_cast<int64_t>(std::min<uint64_t>(promised, INT64_MAX)), file.size() - offset - 8};
        }
        offset += 8 + static_cast<int64_t>(length + (length & 1));
    }
    return {};
}

/// Ogg does not say how long it is, but a file that was cut ends in the middle of a page.
ContainerPromise lastPagePromise(Reader& file)
{
    constexpr int64_t largestPage = 27 + 255 + 255 * 255;
    const int64_t start = std::max<int64_t>(0, file.size() - largestPage);
    const std::string tail = file.bytes(start, file.size() - start);
    const size_t page = tail.rfind("OggS");
    if (page == std::string::npos)
        return {};
    if (tail.size() < page + 27)
        return {file.size() + 1, file.size()};
    const auto segments = static_cast<uint8_t>(tail[page + 26]);
    int64_t end = start + static_cast<int64_t>(page) + 27 + segments;
    for (size_t i = page + 27; i < std::min(page + 27 + segments, tail.size()); ++i)
        end += static_cast<uint8_t>(tail[i]);
    return {end, file.size()};
}

} // namespace

ContainerPromise readContainerPromise(const std::filesystem::path& path)
{
    Reader file(path);
    if (file.size() < 12)
        return {};
    const std::string magic = file.bytes(0, 4);
    if (magic == "RIFF" || magic == "RF64")
        return chunkPromise(file, false);
    if (magic == "FORM" || magic == "RIFX")
        return chunkPromise(file, true);
    if (magic == "OggS")
        return lastPagePromise(file);
    return {};
}

} // namespace melscope
