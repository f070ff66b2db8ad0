// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/SpectrogramThumbnail.h"

#include "spectrogram/SpectrogramRenderer.h"

namespace melscope {

QImage drawThumbnail(const SpectrogramGrid& grid, const FrontEnd& frontEnd, ColourScale scale)
{
    // From the left edge of the first frame to the right edge of the last: nothing transparent at the sides.
    const double first = frontEnd.secondsOfFrame(-0.5);
    const double last = frontEnd.secondsOfFrame(static_cast<double>(grid.frames) - 0.5);
    const ViewGeometry geometry{{last - first, {first, last}}, FrequencyAxis(frontEnd), static_cast<double>(thumbnailSize.width()),
                                static_cast<double>(thumbnailSize.height())};
    return SpectrogramRenderer{ColourMap::named(QStringLiteral("magma")), scale}.render(grid, geometry);
}

} // namespace melscope
