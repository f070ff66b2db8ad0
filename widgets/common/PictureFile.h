// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSizeF>
#include <QString>

#include <functional>

class QPainter;

namespace melscope {

/// Draws what `draw` paints (in a rectangle of `size` pixels from the origin, background included) into a file: PNG (twice the
/// screen's resolution), SVG or PDF by its suffix. Returns a sentence that says what went wrong, empty where nothing did.
QString writePicture(const QString& path, const QString& title, const QSizeF& size, const std::function<void(QPainter&)>& draw);

} // namespace melscope
