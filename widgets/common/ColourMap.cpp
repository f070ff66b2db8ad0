// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/ColourMap.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

namespace melscope {

// Control points are evenly spaced samples of the published maps (magma, viridis, inferno: CC0 by van der Walt and Smith;
// cividis: Nunez, Anderton, Renslow 2018); straight lines between them stay within a few levels of the originals.
ColourMap::ColourMap(std::initializer_list<QRgb> controlPoints)
{
    const std::vector<QRgb> points(controlPoints);
    const double segments = static_cast<double>(points.size() - 1);
    for (int i = 0; i < entryCount; ++i) {
        const double position = segments * i / (entryCount - 1);
        const auto left = std::min(static_cast<size_t>(position), points.size() - 2);
        const double share = position - static_cast<double>(left);
        const auto mix = [&](int a, int b) { return static_cast<int>(std::lround(a + share * (b - a))); };
        const QRgb low = points[left], high = points[left + 1];
        m_entries[static_cast<size_t>(i)] = qRgb(mix(qRed(low), qRed(high)), mix(qGreen(low), qGreen(high)), mix(qBlue(low), qBlue(high)));
    }
}

QStringList ColourMap::names()
{
    return {QStringLiteral("magma"),   QStringLiteral("viridis"), QStringLiteral("inferno"),
            QStringLiteral("cividis"), QStringLiteral("grey"),    QStringLiteral("diverging"),
            QStringLiteral("diverging-dark")};
}

QString ColourMap::labelOf(const QString& name)
{
    static const std::map<QString, const char*> labels{
        {QStringLiteral("magma"), QT_TRANSLATE_NOOP("ColourMap", "Magma")},
        {QStringLiteral("viridis"), QT_TRANSLATE_NOOP("ColourMap", "Viridis")},
        {QStringLiteral("inferno"), QT_TRANSLATE_NOOP("ColourMap", "Inferno")},
        {QStringLiteral("cividis"), QT_TRANSLATE_NOOP("ColourMap", "Cividis")},
        {QStringLiteral("grey"), QT_TRANSLATE_NOOP("ColourMap", "Grey")},
        {QStringLiteral("diverging"), QT_TRANSLATE_NOOP("ColourMap", "Diverging")},
        {QStringLiteral("diverging-dark"), QT_TRANSLATE_NOOP("ColourMap", "Diverging, dark")}};
    const auto found = labels.find(name);
    return found == labels.end() ? name : QCoreApplication::translate("ColourMap", found->second);
}

const ColourMap& ColourMap::named(const QString& name)
{
    static const std::map<QString, ColourMap> maps{
        {QStringLiteral("magma"),
         ColourMap({0x000004, 0x140e36, 0x3b0f70, 0x641a80, 0x8c2981, 0xb73779, 0xde4968, 0xf7705c, 0xfe9f6d, 0xfecf92, 0xfcfdbf})},
        {QStringLiteral("viridis"),
         ColourMap({0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151, 0xbddf26, 0xfde725})},
        {QStringLiteral("inferno"),
         ColourMap({0x000004, 0x160b39, 0x420a68, 0x6a176e, 0x932667, 0xbc3754, 0xdd513a, 0xf37819, 0xfca50a, 0xf6d746, 0xfcffa4})},
        {QStringLiteral("cividis"),
         ColourMap({0x00204d, 0x00336f, 0x39486b, 0x575c6d, 0x707173, 0x8a8779, 0xa69d75, 0xc4b56c, 0xe4cf5b, 0xffea46})},
        {QStringLiteral("grey"), ColourMap({0x000000, 0xffffff})},
        {QStringLiteral("diverging"), ColourMap({0x0b3c7d, 0x2f6fb5, 0x6fa8d8, 0xb5d4ea, 0xf7f7f7, 0xf6c4a6, 0xe48763, 0xc4453a, 0x7d0f24})},
        {QStringLiteral("diverging-dark"), ColourMap({0x9fdcff, 0x4a9fe0, 0x24639f, 0x14304c, 0x0b0d10, 0x4d1f1b, 0x9e3c2d, 0xe36a4a, 0xffc09c})}};
    const auto found = maps.find(name);
    return found == maps.end() ? maps.at(QStringLiteral("magma")) : found->second;
}

QRgb ColourMap::at(double position) const
{
    if (!(position > 0.0))
        return m_entries.front();
    return m_entries[static_cast<size_t>(std::lround(std::min(position, 1.0) * (entryCount - 1)))];
}

} // namespace melscope
