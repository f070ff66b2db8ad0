// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/CurvePlot.h"
#include "plot/QCustomPlot.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace melscope;

namespace {

std::vector<CurveSample> wave(int points, double height = 1.0, int phase = 0)
{
    std::vector<CurveSample> samples;
    for (int i = 0; i < points; ++i)
        samples.push_back({.step = double(i), .epoch = i / 100.0, .seconds = i * 0.5, .value = height * std::sin((i + phase) * 0.01) + 2.0});
    return samples;
}

bool has(const QImage& image, const QColor& colour)
{
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixel(x, y) == colour.rgb())
                return true;
    return false;
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const CurveId id{"a1", 5, "loss"};

} // namespace

class TestCurvePlot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCurveIsDrawnInItsColour()
    {
        CurvePlot plot(QStringLiteral("Loss"));
        plot.resize(500, 300);
        plot.setCurve(id, {.name = QStringLiteral("run"), .colour = QColor(200, 0, 90)});
        plot.append(id, wave(10'000));
        plot.redrawNow();
        QVERIFY(has(plot.grab().toImage(), QColor(200, 0, 90)));
        plot.setCurve(id, {.name = QStringLiteral("run"), .colour = QColor(200, 0, 90), .visible = false});
        plot.redrawNow();
        QVERIFY(!has(plot.grab().toImage(), QColor(200, 0, 90)));
    }

    void theViewFollowsTheDataAndNotANumberIsSkipped()
    {
        CurvePlot plot(QStringLiteral("Loss"));
        plot.resize(500, 300);
        plot.setCurve(id, {.name = QStringLiteral("run"), .colour = Qt::red});
        const std::vector<CurveSample> samples{{1, 1, 1, 4.0}, {2, 2, 2, std::nan("")}, {3, 3, 3, 2.0}};
        plot.append(id, samples);
        plot.redrawNow();
        QCOMPARE(plot.series(id)->size(), size_t{2});
        QVERIFY(plot.plot()->yAxis->range().contains(4.0) && plot.plot()->yAxis->range().contains(2.0));
        QVERIFY(plot.plot()->yAxis->range().upper < 5.0);
        plot.setAxis(CurveAxis::Time);
        plot.append(id, std::vector<CurveSample>{{4, 4, 60, 1.0}});
        plot.redrawNow();
        QCOMPARE(plot.plot()->xAxis->range().upper, 60.0);
    }

    void nothingIsDrawnWhileHiddenAndAllWhenShown()
    {
        CurvePlot plot(QStringLiteral("Loss"));
        plot.resize(400, 250);
        QCoreApplication::processEvents(); // the first replot of an empty plot, which QCustomPlot asks for itself
        int replots = 0;
        connect(plot.plot(), &QCustomPlot::afterReplot, &plot, [&] { ++replots; });
        plot.setCurve(id, {.name = QStringLiteral("run"), .colour = Qt::red});
        for (const CurveSample& sample : wave(500))
            plot.append(id, {&sample, 1});
        QCoreApplication::processEvents();
        QCOMPARE(replots, 0);
        plot.show();
        QTRY_VERIFY(std::abs(plot.plot()->xAxis->range().upper - 499.0) < 1e-9);
        QVERIFY2(replots < 20, qPrintable(QString::number(replots)));
    }

    void smoothingKeepsTheRawCurveBehind()
    {
        CurvePlot plot(QStringLiteral("Loss"));
        plot.resize(500, 300);
        plot.setCurve(id, {.name = QStringLiteral("run"), .colour = Qt::red});
        plot.append(id, wave(3000));
        plot.setSmoothing(0.9);
        plot.redrawNow();
        int drawn = 0;
        for (int i = 0; i < plot.plot()->graphCount(); ++i)
            drawn += plot.plot()->graph(i)->visible() && plot.plot()->graph(i)->dataCount() > 0 ? 1 : 0;
        QCOMPARE(drawn, 2);
    }

    void theBestEpochIsMarkedAsPeeked()
    {
        CurvePlot plot(QStringLiteral("Accuracy"));
        plot.resize(500, 300);
        plot.setCurve(id, {.name = QStringLiteral("run"), .colour = Qt::red});
        plot.append(id, wave(100));
        plot.setBest(id, 42);
        plot.redrawNow();
        const auto marked = [&] {
            for (int i = 0; i < plot.plot()->legend->itemCount(); ++i)
                if (auto* item = qobject_cast<QCPPlottableLegendItem*>(plot.plot()->legend->item(i)))
                    if (item->plottable()->name().contains(QStringLiteral("peeked")))
                        return static_cast<QCPGraph*>(item->plottable())->data()->at(0)->key;
            return -1.0;
        };
        QCOMPARE(marked(), 42.0);
    }

    void filesAreWhatTheirSuffixSays()
    {
        QTemporaryDir folder;
        CurvePlot plot(QStringLiteral("Loss"));
        plot.resize(400, 250);
        plot.setCurve(id, {.name = QStringLiteral("a \"quoted\" run"), .colour = Qt::red});
        plot.append(id, wave(50));
        for (const auto& [suffix, start] : {std::pair("png", "\x89PNG"), std::pair("svg", "<?xml"), std::pair("pdf", "%PDF")}) {
            const QString path = folder.filePath(QStringLiteral("curves.") + QLatin1String(suffix));
            QCOMPARE(plot.saveTo(path), QString());
            QVERIFY2(contents(path).startsWith(start), suffix);
        }
        const QString csv = folder.filePath(QStringLiteral("curves.csv"));
        const auto write = plot.csvWriter(csv);
        plot.clearCurve(id); // what is written is what was there when it was asked for
        QCOMPARE(write(), QString());
        const QList<QByteArray> lines = contents(csv).split('\n');
        QCOMPARE(lines.size(), 52); // heading, 50 points, the end
        QCOMPARE(lines[1], QByteArray("\"a \"\"quoted\"\" run\",a1,5,loss,0,0,0,2"));
        QVERIFY(plot.saveTo(folder.filePath(QStringLiteral("curves.doc"))).contains(QStringLiteral(".csv")));
        QVERIFY(!plot.csvWriter(folder.filePath(QStringLiteral("missing/curves.csv")))().isEmpty());
    }

    void aHundredCurvesOfAHundredThousandPoints()
    {
        CurvePlot plot(QStringLiteral("Loss"));
        plot.resize(1000, 600);
        for (int i = 0; i < 100; ++i) {
            const CurveId one{std::to_string(i), 1, "loss"};
            plot.setCurve(one, {.name = QString::number(i), .colour = QColor::fromHsv(i * 3, 200, 180)});
            plot.append(one, wave(100'000, 0.5 + i * 0.01, i * 37));
        }
        plot.redrawNow();
        std::vector<double> times;
        for (int i = 0; i < 15; ++i) {
            QElapsedTimer clock;
            clock.start();
            plot.redrawNow();
            times.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        }
        std::sort(times.begin(), times.end());
        qInfo("100 curves x 100,000 points: repaint median %.1f ms, fastest %.1f ms", times[7], times[0]);
        // Drawing every point takes seconds; the bound is wide because the machine may be busy.
        QVERIFY(times[0] < 500.0);
    }
};

QTEST_MAIN(TestCurvePlot)
#include "tst_CurvePlot.moc"
