// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/CurvePlot.h"
#include "plot/QCustomPlot.h"

#include <QFileInfo>
#include <QSaveFile>
#include <QSvgGenerator>

namespace melscope {
namespace {

QString quoted(const QString& text)
{
    return QLatin1Char('"') + QString(text).replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

QByteArray number(double value)
{
    return QByteArray::number(value, 'g', 17);
}

} // namespace

QString CurvePlot::saveTo(const QString& path)
{
    redrawNow();
    const QString suffix = QFileInfo(path).suffix().toLower();
    const QString failure = tr("%1 could not be written: check that the folder is there and has room.").arg(path);
    if (suffix == QLatin1String("png"))
        return m_plot->toPixmap(0, 0, 2.0).save(path, "PNG") ? QString() : failure;
    if (suffix == QLatin1String("pdf"))
        return m_plot->savePdf(path, 0, 0, QCP::epAllowCosmetic, QStringLiteral("Melscope"), m_title) ? QString() : failure;
    if (suffix == QLatin1String("svg")) {
        QSvgGenerator svg;
        svg.setFileName(path);
        svg.setSize(m_plot->size());
        svg.setViewBox(m_plot->rect());
        svg.setTitle(m_title);
        QCPPainter painter;
        if (!painter.begin(&svg))
            return failure;
        painter.setMode(QCPPainter::pmVectorized);
        m_plot->toPainter(&painter, m_plot->width(), m_plot->height());
        return painter.end() ? QString() : failure;
    }
    if (suffix != QLatin1String("csv"))
        return tr("%1 has no suffix that is known here: use .png, .svg, .pdf or .csv.").arg(path);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return failure;
    file.write("name,run,fold,quantity,step,epoch,seconds,value\n");
    for (const auto& [id, curve] : m_curves) {
        if (!curve.look.visible)
            continue;
        const QByteArray key = quoted(curve.look.name).toUtf8() + ',' + QByteArray::fromStdString(id.run) + ','
                               + QByteArray::number(id.fold) + ',' + QByteArray::fromStdString(id.quantity) + ',';
        for (size_t i = 0; i < curve.series.size(); ++i) {
            const CurveSample sample = curve.series.at(i);
            file.write(key + number(sample.step) + ',' + number(sample.epoch) + ',' + number(sample.seconds) + ','
                       + number(sample.value) + '\n');
        }
    }
    return file.commit() ? QString() : failure;
}

} // namespace melscope
