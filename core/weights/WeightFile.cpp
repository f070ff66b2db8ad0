// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/WeightFile.h"

#include "base/Files.h"
#include "weights/Refusal.h"
#include "weights/Safetensors.h"
#include "weights/TorchLegacy.h"
#include "weights/TorchZip.h"

#include <fstream>

namespace melscope {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view zipMagic("PK\x03\x04", 4);

/// What a file's first bytes say it is. Without a magic number of its own, a safetensors file is one whose header, which must
/// be JSON, begins where it should.
WeightContainer containerOf(std::string_view beginning, const fs::path& path)
{
    constexpr size_t headerAt = 8;
    if (beginning.empty())
        throw Error(ErrorKind::Empty, path.string() + " is empty. Copy or download it again.", path);
    if (beginning.starts_with(zipMagic))
        return WeightContainer::TorchZip;
    if (torchLegacyMagicLength(beginning) > 0)
        return WeightContainer::TorchLegacy;
    if (beginning.size() > headerAt && beginning[headerAt] == '{')
        return WeightContainer::Safetensors;
    throw Error(ErrorKind::Format, path.string() + " is not a weight file: it begins neither like a PyTorch file (.pt, .pth, .bin) "
                "nor like safetensors. Choose another file.", path);
}

std::string beginningOf(const fs::path& path)
{
    std::error_code failure;
    if (fs::is_directory(path, failure))
        throw Error(ErrorKind::Format, path.string() + " is a folder. Choose a weight file in it.", path);
    std::ifstream file(path, std::ios::binary);
    std::string bytes(32, '\0');
    if (!file)
        return readFile(path); // throws with the system's reason
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<size_t>(file.gcount()));
    return bytes;
}

WeightFile decode(std::string bytes, const fs::path& path, WeightContainer container, WeightNumbers numbers)
{
    const Refusal refuse(path, "PyTorch file");
    if (container == WeightContainer::TorchZip)
        return decodeTorchZip(bytes, numbers, refuse);
    auto shared = std::make_shared<const std::string>(std::move(bytes));
    if (container == WeightContainer::TorchLegacy)
        return decodeTorchLegacy(std::move(shared), numbers, refuse);
    return decodeSafetensors(std::move(shared), path, numbers);
}

} // namespace

const char* toString(WeightContainer container)
{
    switch (container) {
    case WeightContainer::TorchZip: return "PyTorch zip";
    case WeightContainer::TorchLegacy: return "PyTorch legacy stream";
    case WeightContainer::Safetensors: return "safetensors";
    }
    return "";
}

WeightFile readWeightFile(const fs::path& path, WeightNumbers numbers)
{
    const WeightContainer container = containerOf(beginningOf(path), path);
    try {
        if (container == WeightContainer::TorchZip)
            return readTorchZip(path, numbers, Refusal(path, "PyTorch file"));
        return decode(readFile(path), path, container, numbers);
    } catch (const std::bad_alloc&) {
        throw Error(ErrorKind::OutOfMemory, path.string() + " does not fit into memory. Close other programs, or choose a smaller file.", path);
    }
}

WeightFile decodeWeightFile(std::string bytes, const fs::path& path, WeightNumbers numbers)
{
    const WeightContainer container = containerOf(bytes, path);
    return decode(std::move(bytes), path, container, numbers);
}

} // namespace melscope
