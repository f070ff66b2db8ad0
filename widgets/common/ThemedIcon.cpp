// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/ThemedIcon.h"

#include "common/Theme.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace melscope {
namespace {

QString filePath(const QString& name)
{
    return QStringLiteral(":/melscope/icons/") + name + QStringLiteral(".svg");
}

class ThemedIconEngine : public QIconEngine
{
public:
    ThemedIconEngine(QString name, QColor fixed) : m_name(std::move(name)), m_fixed(std::move(fixed)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        QFile file(filePath(m_name));
        if (!file.open(QIODevice::ReadOnly))
            return;
        QSvgRenderer(file.readAll().replace("#000000", colour(mode, state).name().toLatin1())).render(painter, rect);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        const QString key = QStringLiteral("melscope-icon/%1/%2x%3/%4").arg(m_name).arg(size.width()).arg(size.height())
                                .arg(colour(mode, state).rgba(), 0, 16);
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

    QIconEngine* clone() const override { return new ThemedIconEngine(*this); }
    QString key() const override { return QStringLiteral("melscope"); }
    bool isNull() override { return !QFile::exists(filePath(m_name)); }

private:
    QColor colour(QIcon::Mode mode, QIcon::State state) const
    {
        const QPalette palette = QGuiApplication::palette();
        if (mode == QIcon::Disabled)
            return palette.color(QPalette::Disabled, QPalette::ButtonText);
        if (m_fixed.isValid())
            return m_fixed;
        if (mode == QIcon::Selected)
            return palette.color(QPalette::HighlightedText);
        return state == QIcon::On ? Theme::colours().accent : palette.color(QPalette::ButtonText);
    }

    QString m_name;
    QColor m_fixed; ///< invalid: follow the theme
};

} // namespace

QIcon themedIcon(const QString& name)
{
    return themedIcon(name, QColor());
}

QIcon themedIcon(const QString& name, const QColor& colour)
{
    return QFile::exists(filePath(name)) ? QIcon(new ThemedIconEngine(name, colour)) : QIcon();
}

QStringList themedIconNames()
{
    QStringList names;
    for (const QString& file : QDir(QStringLiteral(":/melscope/icons")).entryList({QStringLiteral("*.svg")}))
        names << file.chopped(4);
    return names;
}

} // namespace melscope
