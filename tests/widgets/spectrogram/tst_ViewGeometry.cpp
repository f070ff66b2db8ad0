// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/ColourScale.h"
#include "spectrogram/Ticks.h"
#include "spectrogram/ViewGeometry.h"

#include <QTest>

#include <cmath>

using namespace melscope;

class TestViewGeometry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void colourScaleIsLinearAndClamped()
    {
        const ColourScale scale{-80.0F, 0.0F};
        QCOMPARE(scale.index(-80.0F), 0);
        QCOMPARE(scale.index(0.0F), 255);
        QCOMPARE(scale.index(-200.0F), 0);
        QCOMPARE(scale.index(50.0F), 255);
        QCOMPARE(scale.index(-INFINITY), 0);
        QCOMPARE(scale.index(NAN), 0);
        QCOMPARE(scale.index(-40.0F), 128);
        for (int i = 0; i < ColourMap::entryCount; ++i)
            QCOMPARE(scale.index(scale.value(i)), i);
    }

    void zoomKeepsTheAnchorWhereItIs()
    {
        const TimeWindow zoomed = TimeWindow::whole(10.0).zoomed(4.0, 3.0);
        QCOMPARE(zoomed.visible.length(), 2.5);
        QCOMPARE((3.0 - zoomed.visible.start) / zoomed.visible.length(), 0.3);
        QCOMPARE(zoomed.zoomed(0.25, 3.0).visible, (TimeSpan{0.0, 10.0}));
    }

    void zoomAndPanStayInsideTheClip()
    {
        const TimeWindow whole = TimeWindow::whole(10.0);
        QCOMPARE(whole.zoomed(0.1, 5.0).visible, (TimeSpan{0.0, 10.0}));
        QCOMPARE(whole.zoomed(1e9, 5.0).visible.length(), TimeWindow::shortest);
        QCOMPARE(whole.zoomed(2.0, 0.0).panned(-3.0).visible, (TimeSpan{0.0, 5.0}));
        QCOMPARE(whole.zoomed(2.0, 0.0).panned(99.0).visible, (TimeSpan{5.0, 10.0}));
    }

    void everyFrequencyAxisInvertsItself_data()
    {
        QTest::addColumn<int>("scale");
        QTest::newRow("mel") << static_cast<int>(FrequencyAxis::Scale::Mel);
        QTest::newRow("linear") << static_cast<int>(FrequencyAxis::Scale::Linear);
        QTest::newRow("logarithmic") << static_cast<int>(FrequencyAxis::Scale::Logarithmic);
    }

    void everyFrequencyAxisInvertsItself()
    {
        QFETCH(int, scale);
        for (const std::string& preset : FrontEnd::presetNames()) {
            const FrequencyAxis axis(FrontEnd::preset(preset), static_cast<FrequencyAxis::Scale>(scale));
            QVERIFY(std::abs(axis.positionOfHz(axis.lowestHz())) < 1e-6);
            QVERIFY(std::abs(axis.positionOfHz(axis.highestHz()) - 1.0) < 1e-6);
            double before = -1.0;
            for (double position = 0.05; position < 1.0; position += 0.1) {
                const double hz = axis.hzOfPosition(position);
                QVERIFY(hz > before);
                before = hz;
                QVERIFY2(std::abs(axis.positionOfHz(hz) - position) < 1e-6, preset.c_str());
                QVERIFY(std::abs(axis.rowOfPosition(position) - FrontEnd::preset(preset).melOfHz(hz) - 0.5) < 1e-5);
            }
        }
    }

    void axesDivideAsTheirNamesSay()
    {
        const FrontEnd frontEnd;
        const FrequencyAxis linear(frontEnd, FrequencyAxis::Scale::Linear);
        QCOMPARE(linear.positionOfHz(11025.0), 0.5);
        const FrequencyAxis logarithmic(frontEnd, FrequencyAxis::Scale::Logarithmic);
        const double octave = logarithmic.positionOfHz(200.0) - logarithmic.positionOfHz(100.0);
        QVERIFY(std::abs(logarithmic.positionOfHz(8000.0) - logarithmic.positionOfHz(4000.0) - octave) < 1e-9);
        const FrequencyAxis mel(frontEnd, FrequencyAxis::Scale::Mel);
        QCOMPARE(mel.rowOfPosition(0.0), 0.0);
        QCOMPARE(mel.rowOfPosition(1.0), 128.0);
    }

    void geometryInvertsItself()
    {
        const ViewGeometry geometry{TimeWindow::whole(5.0).zoomed(3.0, 2.0), FrequencyAxis(), 731.0, 417.0};
        for (const double x : {0.0, 12.5, 400.0, 731.0})
            QVERIFY(std::abs(geometry.xOfSeconds(geometry.secondsOfX(x)) - x) < 1e-9);
        for (const double y : {1.0, 12.5, 400.0, 416.0})
            QVERIFY(std::abs(geometry.yOfHz(geometry.hzOfY(y)) - y) < 1e-4);
        QVERIFY(geometry.yOfHz(10000.0) < geometry.yOfHz(100.0));
    }

    void ticksAreRoundAndNotTooMany()
    {
        const Ticks ticks = Ticks::linear(-83.0, -2.0, 9);
        QCOMPARE(ticks.step, 10.0);
        QCOMPARE(ticks.values, (QList<double>{-80, -70, -60, -50, -40, -30, -20, -10}));
        QCOMPARE(Ticks::time(0.0, 600.0, 6).step, 120.0);
        QCOMPARE(Ticks::time(0.0, 0.01, 5).step, 0.002);
        QCOMPARE(timeText(125.0, 5.0), QStringLiteral("2:05"));
        QCOMPARE(timeText(0.25, 0.05), QStringLiteral("0.25"));
        QCOMPARE(frequencyText(440.0), QStringLiteral("440"));
        QCOMPARE(frequencyText(12500.0), QStringLiteral("12.5k"));
    }

    void frequencyTicksKeepTheirDistance()
    {
        for (const FrequencyAxis::Scale scale :
             {FrequencyAxis::Scale::Mel, FrequencyAxis::Scale::Linear, FrequencyAxis::Scale::Logarithmic}) {
            const FrequencyAxis axis(FrontEnd(), scale);
            const std::vector<double> ticks = axis.ticks(0.06);
            QVERIFY(ticks.size() >= 4);
            for (size_t i = 1; i < ticks.size(); ++i)
                QVERIFY(axis.positionOfHz(ticks[i]) - axis.positionOfHz(ticks[i - 1]) >= 0.06);
        }
    }
};

QTEST_GUILESS_MAIN(TestViewGeometry)
#include "tst_ViewGeometry.moc"
