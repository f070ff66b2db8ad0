// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Parameter.h"

#include <QAbstractSpinBox>

namespace melscope {

/// A field for one Integer or Real parameter: takes any way of writing a number ("0.001", "1e-3", "44100 Hz"), steps in
/// ratios where the parameter is logarithmic, and says so instead of silently clamping when the text is out of range.
class NumberEdit : public QAbstractSpinBox
{
    Q_OBJECT

public:
    explicit NumberEdit(const Parameter& parameter, QWidget* parent = nullptr);

    double value() const { return m_value; }
    void setValue(double value); ///< silent

    void stepBy(int steps) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void valueEdited(double value);
    void refused(const QString& text); ///< what was typed is no number or outside the range; value() stays

protected:
    StepEnabled stepEnabled() const override;
    void wheelEvent(QWheelEvent* event) override;

private:
    QSize sizeFor(const QString& widest) const;
    bool isWhole() const { return m_parameter.type == Parameter::Type::Integer; }
    QString textOf(double value) const;
    double stepped(double value, int steps) const;
    void takeText();

    Parameter m_parameter;
    QString m_unit;
    double m_value = 0.0;
};

} // namespace melscope
