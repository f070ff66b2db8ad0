// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Parameter.h"

#include <QWidget>

namespace melscope {

/// The control for one parameter: number field (with a slider where a hand may search for a value), check box or list.
class ParameterEditor : public QWidget
{
    Q_OBJECT

public:
    static ParameterEditor* create(const Parameter& parameter, QWidget* parent);

    virtual Json value() const = 0;
    virtual void setValue(const Json& value) = 0; ///< of the parameter's type; silent

Q_SIGNALS:
    void edited();                     ///< by the user, to an acceptable value
    void sliderReleased();             ///< what was one gesture is over
    void refused(const QString& text); ///< the user typed what the schema does not allow

protected:
    explicit ParameterEditor(QWidget* parent);
};

} // namespace melscope
