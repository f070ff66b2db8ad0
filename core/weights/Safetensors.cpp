// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/Safetensors.h"

#include "weights/ByteReader.h"

#include <algorithm>
#include <cstring>
#include <unordered_set>

namespace melscope {
namespace {

constexpr uint64_t largestHeader = 100'000'000; // the reference implementation's own bound
constexpr size_t mostMetadata = 1000;
constexpr size_t lengthBytes = sizeof(uint64_t);

// Json, which keeps the order of members, looks for every new one among all before it: quadratic in a long header.
using Header = nlohmann::json;

/// Where one tensor lies, checked against the file's size.
struct Entry
{
    std::string name;
    ElementType type = ElementType::F32;
    std::vector<int64_t> shape;
    uint64_t begin = 0;
    uint64_t end = 0;
};

class Decoder
{
public:
    Decoder(std::shared_ptr<const std::string> bytes, const std::filesystem::path& path)
        : m_bytes(std::move(bytes)), m_refuse(path, "safetensors file")
    {
    }

    WeightFile decode(WeightNumbers numbers)
    {
        const Header header = readHeader();
        WeightFile file{.container = WeightContainer::Safetensors};
        std::vector<Entry> entries;
        for (const auto& [name, value] : header.items()) {
            if (name == "__metadata__")
                readMetadata(value, file);
            else
                entries.push_back(readEntry(name, value));
        }
        checkLayout(entries);
        for (const Entry& entry : entries) {
            WeightTensor tensor{.name = entry.name, .type = entry.type, .shape = entry.shape, .strides = rowMajorStrides(entry.shape)};
            tensor.storage.size = static_cast<int64_t>(entry.end - entry.begin);
            if (numbers == WeightNumbers::Keep)
                tensor.storage.bytes = {m_bytes, reinterpret_cast<const std::byte*>(m_data.data() + entry.begin)};
            file.tensors.push_back(std::move(tensor));
        }
        return file;
    }

private:
    Header readHeader()
    {
        ByteReader in(*m_bytes, m_refuse);
        if (in.left() < lengthBytes)
            m_refuse.truncated("it is shorter than the length of its header");
        const auto length = in.number<uint64_t>();
        if (length > largestHeader)
            m_refuse.format("it claims a header of " + std::to_string(length) + " bytes");
        if (length > in.left())
            m_refuse.truncated("it ends within its header");
        const std::string_view text = in.take(length);
        m_data = std::string_view(*m_bytes).substr(in.position());
        checkDepth(text);
        std::unordered_set<std::string> names;
        const auto refuseTwins = [&](int depth, Header::parse_event_t event, const Header& parsed) {
            if (depth == 1 && event == Header::parse_event_t::key && !names.insert(parsed.get<std::string>()).second)
                m_refuse.format("it has two tensors called " + inQuotes(parsed.get<std::string>()));
            return true;
        };
        Header header = Header::parse(text, refuseTwins, false);
        if (!header.is_object())
            m_refuse.format("its header is not a JSON object");
        return header;
    }

    void readMetadata(const Header& value, WeightFile& file) const
    {
        if (!value.is_object() || value.size() > mostMetadata) {
            file.leftOut.push_back("__metadata__");
            return;
        }
        for (const auto& [key, text] : value.items())
            file.metadata[key] = text;
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
                m_refuse.format("its header is nested too deeply");
        }
    }

    Entry readEntry(const std::string& name, const Header& value) const
    {
        Entry entry{.name = name};
        if (!value.is_object() || !value.contains("dtype") || !value["dtype"].is_string())
            m_refuse.format("tensor " + inQuotes(name) + " has no dtype");
        const auto type = elementTypeNamed(value["dtype"].get<std::string>());
        if (!type)
            m_refuse.format("tensor " + inQuotes(name) + " has the unknown dtype " + inQuotes(value["dtype"].get<std::string>()));
        entry.type = *type;
        readOffsets(value, entry);
        readShape(value, entry);
        return entry;
    }

    void readOffsets(const Header& value, Entry& entry) const
    {
        const Header offsets = value.value("data_offsets", Header());
        if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned() || !offsets[1].is_number_unsigned())
            m_refuse.format("tensor " + inQuotes(entry.name) + " has no data_offsets");
        entry.begin = offsets[0];
        entry.end = offsets[1];
        if (entry.begin > entry.end)
            m_refuse.format("tensor " + inQuotes(entry.name) + " ends before it begins");
        if (entry.end > m_data.size())
            m_refuse.truncated("tensor " + inQuotes(entry.name) + " lies beyond its end");
    }

    void readShape(const Header& value, Entry& entry) const
    {
        const Header shape = value.value("shape", Header());
        const auto isSize = [](const Header& size) { return size.is_number_unsigned() && size.get<uint64_t>() <= INT64_MAX; };
        if (!shape.is_array() || !std::ranges::all_of(shape, isSize))
            m_refuse.format("tensor " + inQuotes(entry.name) + " has no usable shape");
        for (const Header& size : shape)
            entry.shape.push_back(size.get<int64_t>());
        const int64_t room = static_cast<int64_t>(entry.end - entry.begin);
        // Strides do not matter to how many elements there are.
        const std::string problem = layoutProblem(entry.shape, std::vector<int64_t>(entry.shape.size()), 0, room);
        if (!problem.empty() || WeightTensor{.type = entry.type, .shape = entry.shape}.byteSize() != room)
            m_refuse.format("tensor " + inQuotes(entry.name) + " has a shape that does not fit its data");
    }

    void checkLayout(std::vector<Entry>& entries) const
    {
        std::ranges::stable_sort(entries, {}, [](const Entry& entry) { return std::pair(entry.begin, entry.end); });
        uint64_t end = 0;
        for (const Entry& entry : entries) {
            if (entry.begin < end)
                m_refuse.format("tensor " + inQuotes(entry.name) + " overlaps another");
            end = entry.end;
        }
    }

    std::shared_ptr<const std::string> m_bytes;
    std::string_view m_data;
    const Refusal m_refuse;
};

} // namespace

std::string safetensorsHeader(const std::vector<WeightTensor>& tensors, const std::map<std::string, std::string>& metadata)
{
    Json header = Json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    uint64_t offset = 0;
    for (const WeightTensor& tensor : tensors) {
        const uint64_t end = offset + static_cast<uint64_t>(tensor.byteSize());
        header[tensor.name] = {{"dtype", toString(tensor.type)}, {"shape", tensor.shape}, {"data_offsets", {offset, end}}};
        offset = end;
    }
    std::string text = header.dump();
    text.append((lengthBytes - text.size() % lengthBytes) % lengthBytes, ' '); // data starts aligned
    const uint64_t length = text.size();
    std::string bytes(lengthBytes, '\0');
    std::memcpy(bytes.data(), &length, lengthBytes);
    return bytes + text;
}

std::string encodeSafetensors(const std::vector<WeightTensor>& tensors, const std::map<std::string, std::string>& metadata)
{
    std::string bytes = safetensorsHeader(tensors, metadata);
    const size_t begin = bytes.size();
    int64_t size = 0;
    for (const WeightTensor& tensor : tensors)
        size += tensor.byteSize();
    bytes.resize(begin + static_cast<size_t>(size));
    auto* target = reinterpret_cast<std::byte*>(bytes.data() + begin);
    for (const WeightTensor& tensor : tensors) {
        copyElements(tensor, target);
        target += tensor.byteSize();
    }
    return bytes;
}

WeightFile decodeSafetensors(std::shared_ptr<const std::string> bytes, const std::filesystem::path& path, WeightNumbers numbers)
{
    return Decoder(std::move(bytes), path).decode(numbers);
}

} // namespace melscope
