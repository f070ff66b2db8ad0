// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/PictureFile.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace melscope {
namespace {

constexpr double dotsPerInch = 96.0; // what a pixel on the screen stands for on paper

QString text(const char* sentence)
{
    return QCoreApplication::translate("PictureFile", sentence);
}

QByteArray png(const QSizeF& size, const std::function<void(QPainter&)>& draw)
{
    QImage image((size * 2.0).toSize(), QImage::Format_RGB32);
    image.fill(Qt::white);
    image.setDevicePixelRatio(2.0);
    QPainter painter(&image);
    draw(painter);
    painter.end();
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return buffer.data();
}

QByteArray svg(const QString& title, const QSizeF& size, const std::function<void(QPainter&)>& draw)
{
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setTitle(title);
    generator.setSize(size.toSize());
    generator.setViewBox(QRectF(QPointF(), size));
    generator.setResolution(static_cast<int>(dotsPerInch));
    QPainter painter(&generator);
    draw(painter);
    painter.end();
    return buffer.data();
}

QByteArray pdf(const QString& title, const QSizeF& size, const std::function<void(QPainter&)>& draw)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(title);
    writer.setResolution(static_cast<int>(dotsPerInch));
    writer.setPageMargins({});
    writer.setPageSize(QPageSize(size * 72.0 / dotsPerInch, QPageSize::Point));
    QPainter painter(&writer);
    draw(painter);
    painter.end();
    return buffer.data();
}

} // namespace

QString writePicture(const QString& path, const QString& title, const QSizeF& size, const std::function<void(QPainter&)>& draw)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    QByteArray bytes;
    if (suffix == QLatin1String("png"))
        bytes = png(size, draw);
    else if (suffix == QLatin1String("svg"))
        bytes = svg(title, size, draw);
    else if (suffix == QLatin1String("pdf"))
        bytes = pdf(title, size, draw);
    else
        return text(QT_TRANSLATE_NOOP("PictureFile", "%1 has no suffix that is known here: use .png, .svg, .pdf or .csv.")).arg(path);
    QSaveFile file(path);
    if (!bytes.isEmpty() && file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return text(QT_TRANSLATE_NOOP("PictureFile", "%1 could not be written: check that the folder is there and has room.")).arg(path);
}

} // namespace melscope
