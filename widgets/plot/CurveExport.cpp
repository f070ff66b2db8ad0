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

QString failureOf(const QString& path)
{
    return CurvePlot::tr("%1 could not be written: check that the folder is there and has room.").arg(path);
}

struct CsvCurve
{
    QByteArray key; ///< the columns that are the same in all its lines
    std::vector<CurveSample> samples;
};

bool write(const std::vector<CsvCurve>& curves, const QString& path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.write("name,run,fold,quantity,step,epoch,seconds,value\n");
    for (const CsvCurve& curve : curves)
        for (const CurveSample& sample : curve.samples)
            file.write(curve.key + number(sample.step) + ',' + number(sample.epoch) + ',' + number(sample.seconds) + ',' + number(sample.value)
                       + '\n');
    return file.commit();
}

} // namespace

QString CurvePlot::saveTo(const QString& path)
{
    redrawNow();
    const QString suffix = QFileInfo(path).suffix().toLower();
    const QString failure = failureOf(path);
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
    return tr("%1 has no suffix that is known here: use .png, .svg, .pdf or .csv.").arg(path);
}

std::function<QString()> CurvePlot::csvWriter(const QString& path) const
{
    std::vector<CsvCurve> curves;
    for (const auto& [id, curve] : m_curves) {
        if (!curve.look.visible)
            continue;
        CsvCurve& copy = curves.emplace_back();
        copy.key = quoted(curve.look.name).toUtf8() + ',' + QByteArray::fromStdString(id.run) + ',' + QByteArray::number(id.fold) + ','
                   + QByteArray::fromStdString(id.quantity) + ',';
        copy.samples.reserve(curve.series.size());
        for (size_t i = 0; i < curve.series.size(); ++i)
            copy.samples.push_back(curve.series.at(i));
    }
    return [path, curves = std::move(curves)] { return write(curves, path) ? QString() : failureOf(path); };
}

} // namespace melscope
