// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectrogram/ColourScale.h"
#include "spectrogram/FrequencyAxis.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;

namespace melscope {

/// How the spectrogram is shown: frequency axis, colours, range. Changes nothing of the numbers.
class DisplayPanel : public QWidget
{
    Q_OBJECT

public:
    explicit DisplayPanel(QWidget* parent = nullptr);

    FrequencyAxis::Scale frequencyScale() const;
    QString colourMap() const;
    bool isAutomatic() const;
    ColourScale scale() const;

    void setScale(ColourScale scale); ///< emits nothing
    void setAutomatic(bool automatic);
    void setUnit(const QString& unit);
    QComboBox* axes() const { return m_axes; }
    QComboBox* maps() const { return m_maps; }

Q_SIGNALS:
    void frequencyScaleChanged();
    void colourMapChanged();
    void automaticChanged(bool automatic);
    void scaleEdited(melscope::ColourScale scale);

private:
    QDoubleSpinBox* makeLimit(const QString& name, const QString& help);

    QComboBox* m_axes;
    QComboBox* m_maps;
    QCheckBox* m_automatic;
    QDoubleSpinBox* m_low;
    QDoubleSpinBox* m_high;
};

} // namespace melscope
