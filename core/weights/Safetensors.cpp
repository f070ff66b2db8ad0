// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/Safetensors.h"

#include "base/Error.h"
#include "base/Files.h"
#include "base/Json.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace melscope {
namespace {

static_assert(std::endian::native == std::endian::little, "safetensors data is copied as it lies in memory");

constexpr uint64_t largestHeader = 100'000'000; // the reference implementation's own bound
constexpr size_t lengthBytes = sizeof(uint64_t);
constexpr size_t mostDimensions = 16;

struct ElementType
{
    const char* name;
    torch::ScalarType type;
};

constexpr std::array elementTypes = {
    ElementType{"F32", torch::kFloat32}, ElementType{"F64", torch::kFloat64}, ElementType{"F16", torch::kFloat16},
    ElementType{"BF16", torch::kBFloat16}, ElementType{"I64", torch::kInt64}, ElementType{"I32", torch::kInt32},
    ElementType{"I16", torch::kInt16}, ElementType{"I8", torch::kInt8}, ElementType{"U8", torch::kUInt8},
    ElementType{"BOOL", torch::kBool},
};

/// Where one tensor lies, checked against the file's size.
struct Entry
{
    std::string name;
    torch::ScalarType type = torch::kFloat32;
    std::vector<int64_t> shape;
    uint64_t begin = 0;
    uint64_t end = 0;
};

class Decoder
{
public:
    Decoder(std::string_view bytes, const std::filesystem::path& path) : m_bytes(bytes), m_path(path) {}

    NamedTensors decode()
    {
        const Json header = readHeader();
        std::vector<Entry> entries;
        for (const auto& [name, value] : header.items()) {
            if (name != "__metadata__")
                entries.push_back(readEntry(name, value));
        }
        checkLayout(entries);
        NamedTensors tensors;
        for (const Entry& entry : entries)
            tensors.emplace_back(entry.name, copy(entry));
        return tensors;
    }

private:
    [[noreturn]] void fail(ErrorKind kind, const std::string& reason) const
    {
        throw Error(kind, m_path.string() + " is not a usable safetensors file: " + reason + ".", m_path);
    }

    Json readHeader()
    {
        uint64_t length = 0;
        if (m_bytes.size() < lengthBytes)
            fail(ErrorKind::Truncated, "it is shorter than the length of its header");
        std::memcpy(&length, m_bytes.data(), lengthBytes);
        if (length > largestHeader)
            fail(ErrorKind::Format, "it claims a header of " + std::to_string(length) + " bytes");
        if (length > m_bytes.size() - lengthBytes)
            fail(ErrorKind::Truncated, "it ends within its header");
        m_data = m_bytes.substr(lengthBytes + length);
        const std::string_view text = m_bytes.substr(lengthBytes, length);
        checkDepth(text);
        Json header = Json::parse(text, nullptr, false);
        if (!header.is_object())
            fail(ErrorKind::Format, "its header is not a JSON object");
        return header;
    }

    /// A header needs three levels; the parser itself would follow any number of them down the stack.
    void checkDepth(std::string_view text) const
    {
        int depth = 0;
        bool inString = false;
        for (size_t i = 0; i < text.size(); ++i) {
            if (inString && text[i] == '\\')
                ++i;
            else if (text[i] == '"')
                inString = !inString;
            else if (!inString && (text[i] == '{' || text[i] == '['))
                ++depth;
            else if (!inString && (text[i] == '}' || text[i] == ']'))
                --depth;
            if (depth > 8)
                fail(ErrorKind::Format, "its header is nested too deeply");
        }
    }

    Entry readEntry(const std::string& name, const Json& value) const
    {
        Entry entry{.name = name};
        if (!value.is_object() || !value.contains("dtype") || !value["dtype"].is_string())
            fail(ErrorKind::Format, "tensor \"" + name + "\" has no dtype");
        const auto type = std::find_if(elementTypes.begin(), elementTypes.end(),
                                       [&](const ElementType& known) { return value["dtype"] == known.name; });
        if (type == elementTypes.end())
            fail(ErrorKind::Format, "tensor \"" + name + "\" has the unknown dtype " + value["dtype"].dump());
        entry.type = type->type;
        readOffsets(value, entry);
        readShape(value, entry);
        return entry;
    }

    void readOffsets(const Json& value, Entry& entry) const
    {
        const Json offsets = value.value("data_offsets", Json());
        if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned() || !offsets[1].is_number_unsigned())
            fail(ErrorKind::Format, "tensor \"" + entry.name + "\" has no data_offsets");
        entry.begin = offsets[0];
        entry.end = offsets[1];
        if (entry.begin > entry.end)
            fail(ErrorKind::Format, "tensor \"" + entry.name + "\" ends before it begins");
        if (entry.end > m_data.size())
            fail(ErrorKind::Truncated, "tensor \"" + entry.name + "\" lies beyond its end");
    }

    void readShape(const Json& value, Entry& entry) const
    {
        const Json shape = value.value("shape", Json());
        if (!shape.is_array() || shape.size() > mostDimensions)
            fail(ErrorKind::Format, "tensor \"" + entry.name + "\" has no usable shape");
        uint64_t bytes = torch::elementSize(entry.type);
        for (const Json& size : shape) {
            if (!size.is_number_unsigned() || size.get<uint64_t>() > m_data.size())
                fail(ErrorKind::Format, "tensor \"" + entry.name + "\" has no usable shape");
            entry.shape.push_back(size.get<int64_t>());
            if (__builtin_mul_overflow(bytes, size.get<uint64_t>(), &bytes))
                fail(ErrorKind::Format, "tensor \"" + entry.name + "\" has a shape beyond all bounds");
        }
        if (bytes != entry.end - entry.begin)
            fail(ErrorKind::Format, "tensor \"" + entry.name + "\" has a shape that does not fit its data");
    }

    void checkLayout(std::vector<Entry> entries) const
    {
        std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.begin < b.begin; });
        uint64_t end = 0;
        for (const Entry& entry : entries) {
            if (entry.begin < end)
                fail(ErrorKind::Format, "tensor \"" + entry.name + "\" overlaps another");
            end = entry.end;
        }
    }

    torch::Tensor copy(const Entry& entry) const
    {
        torch::Tensor tensor = torch::empty(entry.shape, torch::TensorOptions(entry.type));
        if (entry.end > entry.begin)
            std::memcpy(tensor.data_ptr(), m_data.data() + entry.begin, entry.end - entry.begin);
        return tensor;
    }

    std::string_view m_bytes;
    std::string_view m_data;
    const std::filesystem::path& m_path;
};

const char* nameOf(torch::ScalarType type)
{
    const auto known = std::find_if(elementTypes.begin(), elementTypes.end(), [&](const ElementType& e) { return e.type == type; });
    if (known == elementTypes.end())
        throw Error(ErrorKind::Unsupported, std::string("safetensors has no element type for ") + torch::toString(type) + ".");
    return known->name;
}

} // namespace

std::string encodeSafetensors(const NamedTensors& tensors, const std::map<std::string, std::string>& metadata)
{
    Json header = Json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    uint64_t offset = 0;
    for (const auto& [name, tensor] : tensors) {
        const uint64_t end = offset + static_cast<uint64_t>(tensor.nbytes());
        header[name] = {{"dtype", nameOf(tensor.scalar_type())}, {"shape", tensor.sizes().vec()}, {"data_offsets", {offset, end}}};
        offset = end;
    }
    std::string text = header.dump();
    text.append((lengthBytes - text.size() % lengthBytes) % lengthBytes, ' '); // data starts aligned
    const uint64_t length = text.size();
    std::string bytes(lengthBytes, '\0');
    bytes.reserve(lengthBytes + length + offset);
    std::memcpy(bytes.data(), &length, lengthBytes);
    bytes += text;
    for (const auto& [name, tensor] : tensors) {
        const torch::Tensor plain = tensor.detach().contiguous();
        bytes.append(static_cast<const char*>(plain.data_ptr()), plain.nbytes());
    }
    return bytes;
}

NamedTensors decodeSafetensors(std::string_view bytes, const std::filesystem::path& path)
{
    return Decoder(bytes, path).decode();
}

NamedTensors readSafetensors(const std::filesystem::path& path)
{
    return decodeSafetensors(readFile(path), path);
}

} // namespace melscope
