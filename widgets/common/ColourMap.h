// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QStringList>

#include <array>

namespace melscope {

/// 256 colours from low to high. Thread: any (the maps are constants once made).
class ColourMap
{
public:
    static constexpr int entryCount = 256;

    /// "magma" (the default), "viridis", "inferno", "cividis", "grey" for levels, all of rising lightness, and for
    /// differences "diverging" (blue, white, red; its middle is zero) and "diverging-dark" (the same around black). In the order in which a menu shows them.
    static QStringList names();
    static QString labelOf(const QString& name); ///< for people, translated

    /// An unknown name gives magma.
    static const ColourMap& named(const QString& name);

    const std::array<QRgb, entryCount>& entries() const { return m_entries; }
    /// `position` 0 (low) to 1 (high); outside and not-a-number are clamped.
    QRgb at(double position) const;

private:
    explicit ColourMap(std::initializer_list<QRgb> controlPoints);

    std::array<QRgb, entryCount> m_entries;
};

} // namespace melscope
