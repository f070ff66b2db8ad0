// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectral/SpectrogramFiles.h"

#include "base/Error.h"
#include "base/Files.h"
#include "base/NpyFile.h"
#include "spectral/FrontEnd.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string>

namespace melscope {
namespace {

using npy::magic;
using npy::prefixLength;

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& reason)
{
    throw Error(ErrorKind::Format, path.string() + " is not a spectrogram in .npy form: " + reason + ".", path);
}

std::string number(double value, const char* format)
{
    char text[64];
    return {text, static_cast<size_t>(std::snprintf(text, sizeof text, format, value))};
}

} // namespace

void writeNpy(const std::filesystem::path& path, const SpectrogramGrid& grid)
{
    writeFileAtomically(path, encodeNpy(grid.values, {grid.mels, grid.frames}));
}

SpectrogramGrid readNpy(const std::filesystem::path& path)
{
    const std::string bytes = readFile(path);
    if (bytes.size() < prefixLength || std::string_view(bytes).substr(0, magic.size()) != magic)
        refuse(path, "the first bytes are not NumPy's, version 1.0");
    const size_t length = static_cast<uint8_t>(bytes[8]) + 256u * static_cast<uint8_t>(bytes[9]);
    const std::string header = bytes.substr(prefixLength, length);
    const size_t shape = header.find("'shape':");
    if (header.find("'<f4'") == std::string::npos || header.find("'fortran_order': False") == std::string::npos
        || shape == std::string::npos)
        refuse(path, "it does not hold float32 values row after row");
    long long mels = 0;
    long long frames = 0;
    if (std::sscanf(header.c_str() + shape, "'shape': (%lld, %lld)", &mels, &frames) != 2 || mels < 1 || frames < 1)
        refuse(path, "its shape is not (mels, frames)");
    const size_t count = (bytes.size() - std::min(bytes.size(), prefixLength + length)) / sizeof(float);
    if (mels > 1 << 20 || frames > INT64_MAX / mels || static_cast<size_t>(mels * frames) > count)
        throw Error(ErrorKind::Truncated, path.string() + " holds fewer values than its header promises; write it again.", path);
    SpectrogramGrid grid{static_cast<int>(mels), frames, std::vector<float>(static_cast<size_t>(mels * frames))};
    std::memcpy(grid.values.data(), bytes.data() + prefixLength + length, grid.values.size() * sizeof(float));
    return grid;
}

void writeSpectrogramCsv(const std::filesystem::path& path, const SpectrogramGrid& grid, const FrontEnd& frontEnd)
{
    std::string text = "seconds";
    for (int mel = 0; mel < grid.mels; ++mel)
        text += "," + number(frontEnd.hzOfMel(mel), "%.2f");
    text += '\n';
    for (FrameIndex frame = 0; frame < grid.frames; ++frame) {
        text += number(frontEnd.secondsOfFrame(static_cast<double>(frame)), "%.6f");
        for (int mel = 0; mel < grid.mels; ++mel)
            text += "," + number(grid.at(mel, frame), "%.6g");
        text += '\n';
    }
    writeFileAtomically(path, text);
}

} // namespace melscope
