// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectrogram/FrequencyAxis.h"
#include "spectrogram/Spectrogram.h"
#include "spectrogram/TimelinePlot.h"
#include "spectrogram/ViewGeometry.h"

#include <memory>

namespace melscope {

/// A spectrogram over the shared time axis with its frequency axis, cross-hair and read-out.
class SpectrogramView : public TimelinePlot
{
    Q_OBJECT

public:
    explicit SpectrogramView(Timeline& timeline, QWidget* parent = nullptr);
    ~SpectrogramView() override;

    /// Null shows nothing. The picture of before stays until the new one is drawn.
    void setSpectrogram(std::shared_ptr<const Spectrogram> spectrogram);
    const std::shared_ptr<const Spectrogram>& spectrogram() const { return m_spectrogram; }

    void setColourMap(const QString& name);
    const QString& colourMap() const { return m_colourMap; }
    void setScale(ColourScale scale);
    ColourScale scale() const { return m_scale; }
    void setFrequencyScale(FrequencyAxis::Scale scale);
    FrequencyAxis::Scale frequencyScale() const { return m_frequencyScale; }

    /// Of the plot area in logical pixels.
    ViewGeometry geometryInPixels() const;
    /// "1.234 s, 440 Hz, -23.4 dB" at a point of the widget; empty outside the picture.
    QString readOutAt(QPointF point) const;
    /// The value drawn there, in the spectrogram's unit; nothing where it has no frame.
    std::optional<float> valueAt(double seconds, double hz) const;
    QSize sizeHint() const override;

Q_SIGNALS:
    void painted(quint64 request);          ///< the picture of this request is on the screen
    void readOutChanged(const QString& text); ///< empty when the pointer leaves
    void pointed(double seconds, double hz);  ///< what is under the pointer, after readOutChanged

protected:
    PictureTask pictureTask(QSize devicePixels) override;
    quint64 pictureTag() const override;
    void picturePainted(quint64 request) override { Q_EMIT painted(request); }
    void paintGutter(QPainter& painter, const QRect& gutter) override;
    void paintOver(QPainter& painter) override;
    void pointerMoved(QPointF point) override;
    void pointerLeft() override;

private:
    std::shared_ptr<const Spectrogram> m_spectrogram;
    QString m_colourMap = QStringLiteral("magma");
    ColourScale m_scale;
    FrequencyAxis::Scale m_frequencyScale = FrequencyAxis::Scale::Mel;
    std::optional<double> m_pointerY;
};

} // namespace melscope
