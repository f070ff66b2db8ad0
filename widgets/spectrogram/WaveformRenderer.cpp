// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/WaveformRenderer.h"

#include "spectrogram/SpectrogramRenderer.h"

#include <QPainter>

#include <cmath>

namespace melscope {
namespace {

constexpr float fullScale = 0.9999F;

/// The stroke of one column: its own samples and the first of the next, so that strokes of neighbours touch.
Extremes columnExtremes(const Waveform& waveform, const WaveformPyramid& pyramid, int channel, double from, double to)
{
    const auto first = static_cast<SampleIndex>(std::floor(from));
    const auto last = std::max(static_cast<SampleIndex>(std::floor(to)), first + 1);
    return pyramid.extremes(waveform, channel, first, last + 1);
}

} // namespace

QImage WaveformRenderer::render(const Waveform& waveform, const WaveformPyramid& pyramid, const TimeWindow& time, int width,
                                int height, std::stop_token stop) const
{
    width = std::min(width, SpectrogramRenderer::widest);
    if (width < 1 || height < 1 || waveform.channels < 1 || waveform.length() < 1)
        return {};
    QImage image(width, height, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    const double lane = static_cast<double>(height) / waveform.channels;
    const double samplesPerPixel = time.visible.length() * waveform.sampleRate / width;
    const double firstSample = time.visible.start * waveform.sampleRate;
    for (int channel = 0; channel < waveform.channels; ++channel) {
        const double middle = lane * (channel + 0.5);
        const double reach = lane * 0.5 - 1.0;
        for (int x = 0; x < width; ++x) {
            if (stop.stop_requested())
                return {};
            const double from = firstSample + samplesPerPixel * x;
            if (from >= static_cast<double>(waveform.length()))
                break;
            const Extremes stroke = columnExtremes(waveform, pyramid, channel, from, from + samplesPerPixel);
            const double top = middle - std::clamp(stroke.highest, -1.0F, 1.0F) * reach;
            const double bottom = middle - std::clamp(stroke.lowest, -1.0F, 1.0F) * reach;
            const bool clipped = stroke.highest >= fullScale || stroke.lowest <= -fullScale;
            painter.fillRect(QRectF(x, top - 0.5, 1.0, bottom - top + 1.0), clipped ? clippedColour : colour);
        }
    }
    return image;
}

} // namespace melscope
