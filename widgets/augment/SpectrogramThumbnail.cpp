// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/SpectrogramThumbnail.h"

#include "augment/Augmentation.h"
#include "spectrogram/SpectrogramRenderer.h"

#include <cmath>

namespace melscope {
namespace {

constexpr double visibleRangeDb = 80.0;
constexpr double stepDb = 10.0;

} // namespace

QImage drawThumbnail(const SpectrogramGrid& grid, const FrontEnd& frontEnd, ColourScale scale)
{
    // From the left edge of the first frame to the right edge of the last: nothing transparent at the sides.
    const double first = frontEnd.secondsOfFrame(-0.5);
    const double last = frontEnd.secondsOfFrame(static_cast<double>(grid.frames) - 0.5);
    const ViewGeometry geometry{{last - first, {first, last}}, FrequencyAxis(frontEnd), static_cast<double>(thumbnailSize.width()),
                                static_cast<double>(thumbnailSize.height())};
    return SpectrogramRenderer{ColourMap::named(QStringLiteral("magma")), scale}.render(grid, geometry);
}

ColourScale steadyScale(float peak, const FrontEnd& frontEnd)
{
    const double decibel = unitsPerDecibel(frontEnd);
    const double high = std::ceil(static_cast<double>(peak) / decibel / stepDb) * stepDb;
    return {static_cast<float>((high - visibleRangeDb) * decibel), static_cast<float>(high * decibel)};
}

} // namespace melscope
