// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <string>

namespace melscope {

/// What a FigureSaver writes: the picture, dark on white whatever the theme, or the numbers behind it. GUI thread.
class SavableFigure
{
public:
    virtual ~SavableFigure() = default;

    virtual QString title() const = 0;
    virtual bool isEmpty() const = 0;
    virtual QString savePicture(const QString& path) const = 0; ///< PNG, SVG or PDF, see writePicture()
    /// The numbers as CSV, to be called on a worker: what is asked for holds copies or shared values.
    virtual std::function<std::string()> csv() const = 0;
};

} // namespace melscope
