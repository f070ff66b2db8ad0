// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/CodePatch.h"

#include "common/ColourMap.h"

#include <algorithm>

namespace melscope {

QImage codePatch(const TokenSet& set, int code)
{
    constexpr float low = -2.0f;
    constexpr float high = 3.0f;
    const std::span<const float> patch = set.meanPatch(code);
    if (std::ranges::all_of(patch, [](float value) { return value == 0.0f; }))
        return {};
    const PatchShape& shape = set.layout.patch;
    const ColourMap& map = ColourMap::named(QStringLiteral("magma"));
    QImage image(shape.frames, shape.mels, QImage::Format_RGB32);
    for (int mel = 0; mel < shape.mels; ++mel) {
        auto* const line = reinterpret_cast<QRgb*>(image.scanLine(shape.mels - 1 - mel));
        for (int frame = 0; frame < shape.frames; ++frame)
            line[frame] = map.at((patch[static_cast<size_t>(mel * shape.frames + frame)] - low) / (high - low));
    }
    return image;
}

} // namespace melscope
