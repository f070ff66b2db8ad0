// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/SpectrogramRenderer.h"

#include <cmath>
#include <cstring>
#include <vector>

namespace melscope {
namespace {

/// Half-open range of frames or rows that share one pixel.
struct PixelRange
{
    int64_t first = 0;
    int64_t last = 0;
};

double frameOfSeconds(const FrontEnd& frontEnd, double seconds)
{
    const double origin = frontEnd.secondsOfFrame(0.0);
    const double step = frontEnd.secondsOfFrame(1.0) - origin;
    return (seconds - origin) / step;
}

std::vector<PixelRange> columnRanges(const ViewGeometry& geometry, const FrontEnd& frontEnd, int width, FrameIndex frames)
{
    // A frame reaches half a hop to both sides of its centre, so the ranges of neighbouring pixels meet without a gap.
    const auto frameAt = [&](int x) {
        const double seconds = geometry.time.visible.start + geometry.time.visible.length() * x / width;
        return static_cast<int64_t>(std::floor(frameOfSeconds(frontEnd, seconds) + 0.5));
    };
    std::vector<PixelRange> ranges(static_cast<size_t>(width));
    for (int x = 0; x < width; ++x) {
        const int64_t first = frameAt(x);
        const int64_t last = std::max(first + 1, frameAt(x + 1));
        ranges[static_cast<size_t>(x)] = {std::max<int64_t>(first, 0), std::min<int64_t>(last, frames)};
    }
    return ranges;
}

std::vector<PixelRange> rowRanges(const FrequencyAxis& axis, int height, int rows)
{
    const auto rowAt = [&](int y) {
        const double position = 1.0 - static_cast<double>(y) / height;
        // Edges that fall exactly between two rows must not be pushed below by rounding.
        return static_cast<int64_t>(std::floor(axis.rowOfPosition(position) + 1e-9));
    };
    std::vector<PixelRange> ranges(static_cast<size_t>(height));
    for (int y = 0; y < height; ++y) {
        const int64_t bottom = std::clamp<int64_t>(rowAt(y + 1), 0, rows - 1);
        const int64_t top = std::clamp<int64_t>(std::max(bottom + 1, rowAt(y)), 1, rows);
        ranges[static_cast<size_t>(y)] = {bottom, top};
    }
    return ranges;
}

/// Of two values that share a pixel, the one that is drawn; `nothing` gives way to every value.
struct Loudest
{
    static constexpr float nothing = -INFINITY;
    float operator()(float a, float b) const { return std::max(a, b); }
};

struct FarthestFromZero
{
    static constexpr float nothing = 0.0F;
    float operator()(float a, float b) const { return std::abs(b) > std::abs(a) ? b : a; }
};

template <typename Merge>
void decimateRow(std::span<const float> row, const std::vector<PixelRange>& columns, float* target, Merge merge)
{
    for (size_t x = 0; x < columns.size(); ++x) {
        float merged = Merge::nothing;
        for (int64_t frame = columns[x].first; frame < columns[x].last; ++frame)
            merged = merge(merged, row[static_cast<size_t>(frame)]);
        target[x] = merged;
    }
}

template <typename Merge>
QImage renderMerging(const SpectrogramRenderer& renderer, const SpectrogramGrid& grid, const ViewGeometry& geometry, std::stop_token stop,
                     Merge merge)
{
    const int width = std::clamp(static_cast<int>(std::lround(geometry.width)), 1, SpectrogramRenderer::widest);
    const int height = std::clamp(static_cast<int>(std::lround(geometry.height)), 1, SpectrogramRenderer::widest);
    QImage image(width, height, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull() || grid.mels < 1 || grid.frames < 1)
        return {};
    const std::vector<PixelRange> columns = columnRanges(geometry, geometry.frequency.frontEnd(), width, grid.frames);
    const std::vector<PixelRange> rows = rowRanges(geometry.frequency, height, grid.mels);
    std::vector<float> decimated(static_cast<size_t>(grid.mels) * static_cast<size_t>(width));
    for (int mel = 0; mel < grid.mels; ++mel) {
        if (stop.stop_requested())
            return {};
        decimateRow(grid.row(mel), columns, decimated.data() + static_cast<size_t>(mel) * static_cast<size_t>(width), merge);
    }

    const std::array<QRgb, ColourMap::entryCount>& colours = renderer.map.entries();
    std::vector<float> merged(static_cast<size_t>(width));
    for (int y = 0; y < height; ++y) {
        if (stop.stop_requested())
            return {};
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        const PixelRange range = rows[static_cast<size_t>(y)];
        const PixelRange above = y > 0 ? rows[static_cast<size_t>(y) - 1] : PixelRange{};
        if (above.first == range.first && above.last == range.last) {
            std::memcpy(line, image.constScanLine(y - 1), static_cast<size_t>(width) * sizeof(QRgb));
            continue;
        }
        const float* source = decimated.data() + static_cast<size_t>(range.first) * static_cast<size_t>(width);
        std::copy_n(source, width, merged.begin());
        for (int64_t row = range.first + 1; row < range.last; ++row) {
            source += width;
            for (int x = 0; x < width; ++x)
                merged[static_cast<size_t>(x)] = merge(merged[static_cast<size_t>(x)], source[x]);
        }
        for (int x = 0; x < width; ++x) {
            const PixelRange column = columns[static_cast<size_t>(x)];
            line[x] = column.first < column.last ? colours[static_cast<size_t>(renderer.scale.index(merged[static_cast<size_t>(x)]))] : 0U;
        }
    }
    return image;
}

} // namespace

QImage SpectrogramRenderer::render(const SpectrogramGrid& grid, const ViewGeometry& geometry, std::stop_token stop) const
{
    return merge == Merge::Loudest ? renderMerging(*this, grid, geometry, stop, Loudest())
                                   : renderMerging(*this, grid, geometry, stop, FarthestFromZero());
}

} // namespace melscope
