// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/Theme.h"

#include <QApplication>
#include <QPainter>
#include <QPixmapCache>
#include <QPointer>
#include <QProxyStyle>
#include <QStyleHints>
#include <QStyleOption>

namespace melscope {
namespace {

// Qt says what the system prefers only from 6.5 on; before that the palette the platform starts with tells.
bool systemIsDark(bool initialPaletteIsDark)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const Qt::ColorScheme scheme = QGuiApplication::styleHints()->colorScheme();
    if (scheme != Qt::ColorScheme::Unknown)
        return scheme == Qt::ColorScheme::Dark;
#endif
    return initialPaletteIsDark;
}

/// Fusion draws the outline of an empty check box darker than the window: on a dark window that is nothing at all.
class OutlinedFusion : public QProxyStyle
{
public:
    OutlinedFusion() : QProxyStyle(QStringLiteral("Fusion")) {}

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override
    {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        const bool isBox = element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck;
        if (!isBox || !Theme::instance().isDark())
            return;
        QColor outline = option->palette.color(QPalette::WindowText);
        outline.setAlphaF(0.45f);
        painter->save();
        painter->setPen(outline);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
    }
};

} // namespace

Theme& Theme::instance()
{
    static QPointer<Theme> theme;
    if (!theme)
        theme = new Theme(qApp);
    return *theme;
}

Theme::Theme(QObject* parent) : QObject(parent)
{
    const QPalette palette = QGuiApplication::palette();
    m_systemIsDark = palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] { refresh(); });
#endif
}

void Theme::apply(Mode mode)
{
    m_mode = mode;
    if (!dynamic_cast<OutlinedFusion*>(QApplication::style()))
        QApplication::setStyle(new OutlinedFusion);
    refresh();
}

void Theme::refresh()
{
    m_dark = m_mode == Mode::Dark || (m_mode == Mode::System && systemIsDark(m_systemIsDark));
    m_colours = m_dark ? ThemeColours::dark() : ThemeColours::light();
    QApplication::setPalette(m_colours.palette());
    QPixmapCache::clear();
    Q_EMIT changed();
}

} // namespace melscope
