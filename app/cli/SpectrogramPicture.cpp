// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/SpectrogramPicture.h"

#include "base/Error.h"
#include "base/Files.h"
#include "common/ColourMap.h"

#include <QBuffer>
#include <QImage>

#include <algorithm>

namespace melscope::cli {

std::string spectrogramPng(const SpectrogramGrid& grid, const std::string& colourMap)
{
    const ColourMap& colours = ColourMap::named(QString::fromStdString(colourMap));
    const auto [low, high] = std::ranges::minmax(grid.values);
    const float range = high > low ? high - low : 1.0F;
    QImage image(static_cast<int>(grid.frames), grid.mels, QImage::Format_RGB32);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (image.isNull() || !buffer.open(QIODevice::WriteOnly))
        throw Error(ErrorKind::OutOfMemory, "The picture of a spectrogram of " + std::to_string(grid.frames) + " frames would be too large; save it as .npy.");
    for (int mel = 0; mel < grid.mels; ++mel) {
        auto* const line = reinterpret_cast<QRgb*>(image.scanLine(grid.mels - 1 - mel));
        std::ranges::transform(grid.row(mel), line, [&, low = low](float value) { return colours.at((value - low) / range); });
    }
    if (!image.save(&buffer, "PNG"))
        throw Error(ErrorKind::Unsupported, "The picture of the spectrogram cannot be encoded as PNG.");
    return bytes.toStdString();
}

void writeSpectrogramPicture(const std::filesystem::path& path, const SpectrogramGrid& grid, const std::string& colourMap)
{
    writeFileAtomically(path, spectrogramPng(grid, colourMap));
}

} // namespace melscope::cli
