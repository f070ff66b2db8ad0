// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/TorchLegacy.h"

#include "weights/ByteReader.h"
#include "weights/PickledWeights.h"
#include "weights/Unpickler.h"

#include <map>

namespace melscope {
namespace {

constexpr std::string_view magicNumber("\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 13);
constexpr int64_t knownProtocol = 1001;

class Stream
{
public:
    Stream(const std::string& bytes, const Refusal& refuse) : m_bytes(bytes), m_refuse(refuse) { skip(torchLegacyMagicLength(bytes)); }

    PickleTree nextPickle()
    {
        size_t consumed = 0;
        PickleTree tree = unpickle(rest(), m_refuse, &consumed);
        skip(consumed);
        return tree;
    }

    /// Where the bytes of each storage lie; those that the stream lists must be those that the pickle names.
    std::map<std::string, std::string_view> storages(const PickleTree& object)
    {
        std::map<std::string, const PickledStorage*> wanted;
        for (const PickledStorage& storage : object.storages)
            wanted.emplace(storage.key, &storage);
        const PickleTree keys = nextPickle();
        std::map<std::string, std::string_view> found;
        for (const PickleNodeId id : keys[keys.root].items) {
            const std::string& key = keys[id].text;
            const auto storage = wanted.find(key);
            if (storage == wanted.end())
                m_refuse.format("it lists a storage " + inQuotes(key) + " that nothing refers to");
            if (!found.emplace(key, next(*storage->second)).second)
                m_refuse.format("it lists storage " + inQuotes(key) + " twice");
        }
        return found;
    }

private:
    std::string_view rest() const { return std::string_view(m_bytes).substr(m_position); }
    void skip(size_t count) { m_position += count; }

    std::string_view next(const PickledStorage& storage)
    {
        ByteReader in(rest(), m_refuse);
        const auto elements = in.number<int64_t>();
        if (elements != storage.elements)
            m_refuse.format("its storage " + inQuotes(storage.key) + " has " + std::to_string(elements) + " numbers where "
                            + std::to_string(storage.elements) + " should be");
        int64_t size = 0;
        if (elements < 0 || __builtin_mul_overflow(elements, elementSize(storage.type), &size))
            m_refuse.format("its storage " + inQuotes(storage.key) + " claims " + std::to_string(elements) + " numbers");
        if (static_cast<uint64_t>(size) > in.left())
            m_refuse.truncated("it ends within its storage " + inQuotes(storage.key));
        const std::string_view bytes = in.take(static_cast<uint64_t>(size));
        skip(in.position());
        return bytes;
    }

    const std::string& m_bytes;
    const Refusal& m_refuse;
    size_t m_position = 0;
};

void checkSystem(const PickleTree& system, const Refusal& refuse)
{
    const std::vector<PickleNodeId>& items = system[system.root].items;
    for (size_t i = 0; i + 1 < items.size(); i += 2) {
        if (system[items[i]].text == "little_endian" && system[items[i + 1]].integer != 1)
            refuse.unsupported("its numbers are big-endian");
    }
}

} // namespace

size_t torchLegacyMagicLength(std::string_view beginning)
{
    size_t length = 2; // the protocol
    if (beginning.size() < length || beginning[0] != '\x80')
        return 0;
    constexpr size_t frame = 9; // from protocol 4 on
    if (beginning.size() > length && beginning[length] == '\x95')
        length += frame;
    if (beginning.size() < length || !beginning.substr(length).starts_with(magicNumber))
        return 0;
    return length + magicNumber.size();
}

WeightFile decodeTorchLegacy(std::shared_ptr<const std::string> bytes, WeightNumbers numbers, const Refusal& refuse)
{
    Stream stream(*bytes, refuse);
    const PickleTree protocol = stream.nextPickle();
    if (protocol[protocol.root].integer != knownProtocol)
        refuse.unsupported("it has another protocol than 1001");
    checkSystem(stream.nextPickle(), refuse);
    const PickleTree object = stream.nextPickle();
    const auto found = stream.storages(object);
    const auto load = [&](const PickledStorage& storage, bool needed) {
        const auto entry = found.find(storage.key);
        if (entry == found.end())
            refuse.format("its storage " + inQuotes(storage.key) + " is missing");
        WeightStorage result{.size = static_cast<int64_t>(entry->second.size())};
        if (needed && numbers == WeightNumbers::Keep)
            result.bytes = {bytes, reinterpret_cast<const std::byte*>(entry->second.data())};
        return result;
    };
    WeightFile file = weightsOf(object, load, refuse);
    file.container = WeightContainer::TorchLegacy;
    return file;
}

} // namespace melscope
