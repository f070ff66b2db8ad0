// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/TorchZip.h"

#include "weights/PickledWeights.h"
#include "weights/Unpickler.h"
#include "weights/ZipArchive.h"

namespace melscope {
namespace {

/// The folder that holds data.pkl, with its slash. The stem may be any name.
std::string stemOf(const ZipArchive& archive, const Refusal& refuse)
{
    constexpr std::string_view pickle = "data.pkl";
    std::string stem;
    int found = 0;
    for (const auto& [name, entry] : archive.entries()) {
        if (name == pickle || name.ends_with("/data.pkl")) {
            stem = name.substr(0, name.size() - pickle.size());
            ++found;
        }
    }
    if (found == 0)
        refuse.format("it is a zip archive without data.pkl, so that PyTorch did not write it");
    if (found > 1)
        refuse.format("it has several data.pkl");
    return stem;
}

WeightFile readArchive(const ZipArchive& archive, WeightNumbers numbers, const Refusal& refuse)
{
    const std::string stem = stemOf(archive, refuse);
    if (archive.entries().contains(stem + "constants.pkl"))
        refuse.unsupported("it is a TorchScript program. In Python, load it with torch.jit.load() and save its state_dict()");
    if (archive.entries().contains(stem + "byteorder") && archive.text(stem + "byteorder") != "little")
        refuse.unsupported("its numbers are big-endian");
    const PickleTree tree = unpickle(archive.text(stem + "data.pkl"), refuse);
    const auto load = [&](const PickledStorage& storage, bool needed) {
        const std::string name = stem + "data/" + storage.key;
        const auto entry = archive.entries().find(name);
        if (entry == archive.entries().end())
            refuse.format("its storage " + inQuotes(storage.key) + " is missing");
        int64_t bytes = 0;
        if (__builtin_mul_overflow(storage.elements, elementSize(storage.type), &bytes) || bytes != entry->second.size)
            refuse.format("its storage " + inQuotes(storage.key) + " has " + std::to_string(entry->second.size) + " bytes where "
                          + std::to_string(storage.elements) + " numbers of " + toString(storage.type) + " should be");
        return archive.read(name, needed && numbers == WeightNumbers::Keep);
    };
    WeightFile file = weightsOf(tree, load, refuse);
    file.container = WeightContainer::TorchZip;
    return file;
}

} // namespace

WeightFile readTorchZip(const std::filesystem::path& path, WeightNumbers numbers, const Refusal& refuse)
{
    return readArchive(ZipArchive(path, refuse), numbers, refuse);
}

WeightFile decodeTorchZip(std::string_view bytes, WeightNumbers numbers, const Refusal& refuse)
{
    return readArchive(ZipArchive(bytes, refuse), numbers, refuse);
}

} // namespace melscope
