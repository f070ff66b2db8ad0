// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/ThemeColours.h"

#include <algorithm>
#include <cmath>

namespace melscope {
namespace {

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto mix = [share](int from, int to) { return static_cast<int>(std::lround(from + share * (to - from))); };
    return QColor(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()));
}

double relativeLuminance(const QColor& colour)
{
    const auto linear = [](double part) { return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

} // namespace

ThemeColours ThemeColours::light()
{
    return {
        .window = QColor(0xf5f6f8),
        .base = QColor(0xffffff),
        .alternateBase = QColor(0xf8f9fb),
        .text = QColor(0x1d2329),
        .mutedText = QColor(0x59636e),
        .border = QColor(0xd3d8de),
        .accent = QColor(0x0b7370),
        .accentText = QColor(0xffffff),
        .selection = QColor(0xcfe8e6),
        .selectionText = QColor(0x10302f),
        .good = QColor(0x1a7436),
        .warning = QColor(0x8f5500),
        .error = QColor(0xb3261e),
        .plotBackground = QColor(0xffffff),
        .grid = QColor(0xe3e7eb),
        .series = {QColor(0x0072b2), QColor(0xd55e00), QColor(0x009e73), QColor(0xb5528b), QColor(0xe69f00), QColor(0x56b4e9),
                   QColor(0x6b3fa0), QColor(0x4a4f55)},
    };
}

ThemeColours ThemeColours::dark()
{
    return {
        .window = QColor(0x1e2227),
        .base = QColor(0x17191d),
        .alternateBase = QColor(0x1b1e23),
        .text = QColor(0xe4e7eb),
        .mutedText = QColor(0xa0a9b4),
        .border = QColor(0x373d45),
        .accent = QColor(0x4cc9bf),
        .accentText = QColor(0x06201e),
        .selection = QColor(0x1f4f4d),
        .selectionText = QColor(0xf1fbfa),
        .good = QColor(0x66cf86),
        .warning = QColor(0xf0b04f),
        .error = QColor(0xff8a80),
        .plotBackground = QColor(0x14161a),
        .grid = QColor(0x2b3037),
        .series = {QColor(0x56b4e9), QColor(0xe69f00), QColor(0x2fc79a), QColor(0xe08fc0), QColor(0xf0e442), QColor(0xff7f50),
                   QColor(0x6f9bff), QColor(0xb8bec6)},
    };
}

QPalette ThemeColours::palette() const
{
    QPalette palette;
    const QColor button = mixed(window, text, 0.04);
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::AlternateBase, alternateBase);
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::PlaceholderText, mutedText);
    palette.setColor(QPalette::Button, button);
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::BrightText, error);
    palette.setColor(QPalette::ToolTipBase, mixed(base, text, 0.06));
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::Link, accent);
    palette.setColor(QPalette::LinkVisited, accent);
    palette.setColor(QPalette::Highlight, selection);
    palette.setColor(QPalette::HighlightedText, selectionText);
    const bool isDark = relativeLuminance(window) < 0.2;
    palette.setColor(QPalette::Light, isDark ? mixed(window, text, 0.12) : QColor(Qt::white));
    palette.setColor(QPalette::Midlight, mixed(window, text, 0.08));
    palette.setColor(QPalette::Mid, mixed(window, text, 0.2));
    palette.setColor(QPalette::Dark, isDark ? mixed(window, Qt::black, 0.45) : mixed(window, text, 0.32));
    palette.setColor(QPalette::Shadow, isDark ? QColor(Qt::black) : mixed(window, text, 0.5));
    const QColor faded = mixed(window, text, 0.45);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, faded);
    palette.setColor(QPalette::Disabled, QPalette::Base, window);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, mixed(window, text, 0.12));
    return palette;
}

double contrastRatio(const QColor& a, const QColor& b)
{
    const double first = relativeLuminance(a), second = relativeLuminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace melscope
