// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/SpectrogramRenderer.h"

#include <QTest>

using namespace melscope;

namespace {

constexpr int mels = 4;
constexpr float floorDb = -80.0F;

/// 4 rows, one frame each 0.1 s, so that everything can be counted.
FrontEnd tinyFrontEnd()
{
    FrontEnd frontEnd;
    frontEnd.sampleRate = 8000;
    frontEnd.hop = 800;
    frontEnd.nFft = frontEnd.winLength = 512;
    frontEnd.mels = mels;
    frontEnd.fMax = 4000.0;
    return frontEnd;
}

SpectrogramGrid silence(FrameIndex frames, int rows = mels)
{
    return {rows, frames, std::vector<float>(static_cast<size_t>(rows * frames), floorDb)};
}

/// The window in which frame i reaches exactly from i to i + 1 tenths of a second after the picture's left edge.
TimeWindow windowOfFrames(FrameIndex frames)
{
    const double start = tinyFrontEnd().secondsOfFrame(-0.5);
    return {static_cast<double>(frames) / 10.0, {start, start + static_cast<double>(frames) / 10.0}};
}

ViewGeometry geometry(FrameIndex frames, double width, double height)
{
    return {windowOfFrames(frames), FrequencyAxis(tinyFrontEnd(), FrequencyAxis::Scale::Mel), width, height};
}

SpectrogramRenderer renderer()
{
    return {ColourMap::named(QStringLiteral("grey")), {floorDb, 0.0F}};
}

} // namespace

class TestSpectrogramRenderer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofDifferencesTheFarthestFromZeroIsDrawn()
    {
        // Four frames in one column and two rows in one line: +1, -3, +2 and silence become -3 everywhere.
        SpectrogramGrid grid{mels, 4, std::vector<float>(mels * 4, 0.0F)};
        for (int mel = 0; mel < mels; mel += 2) {
            grid.row(mel)[0] = 1.0F;
            grid.row(mel)[1] = -3.0F;
            grid.row(mel + 1)[2] = 2.0F;
        }
        const ColourMap& grey = ColourMap::named(QStringLiteral("grey"));
        const ColourScale scale{-4.0F, 4.0F};
        const SpectrogramRenderer renderer{grey, scale, SpectrogramRenderer::Merge::FarthestFromZero};
        const QImage image = renderer.render(grid, geometry(4, 1, 2));
        for (int y = 0; y < 2; ++y)
            QCOMPARE(image.pixel(0, y), grey.entries()[static_cast<size_t>(scale.index(-3.0F))]);
        const SpectrogramRenderer loudest{grey, scale};
        QCOMPARE(loudest.render(grid, geometry(4, 1, 2)).pixel(0, 0), grey.entries()[static_cast<size_t>(scale.index(2.0F))]);
    }

    void everyCellIsABlockOfItsColour()
    {
        SpectrogramGrid grid = silence(5);
        for (int mel = 0; mel < mels; ++mel)
            for (FrameIndex frame = 0; frame < 5; ++frame)
                grid.row(mel)[static_cast<size_t>(frame)] = -static_cast<float>(mel * 5 + frame);
        const QImage image = renderer().render(grid, geometry(5, 50, 40));
        QCOMPARE(image.size(), QSize(50, 40));
        const ColourScale scale{floorDb, 0.0F};
        for (int y = 0; y < 40; ++y)
            for (int x = 0; x < 50; ++x) {
                const int grey = scale.index(grid.at(3 - y / 10, x / 10));
                QVERIFY2(image.pixel(x, y) == qRgb(grey, grey, grey), qPrintable(QStringLiteral("%1, %2").arg(x).arg(y)));
            }
    }

    void noPeakIsLostWhenManyFramesShareAPixel()
    {
        constexpr FrameIndex frames = 100003;
        for (const FrameIndex peak : {FrameIndex(0), FrameIndex(1), FrameIndex(31337), FrameIndex(77777), frames - 1}) {
            SpectrogramGrid grid = silence(frames);
            grid.row(2)[static_cast<size_t>(peak)] = 0.0F;
            const QImage image = renderer().render(grid, geometry(frames, 97, 4));
            int white = 0;
            for (int x = 0; x < image.width(); ++x)
                white += image.pixel(x, 1) == qRgb(255, 255, 255) ? 1 : 0;
            QCOMPARE(white, 1);
            QCOMPARE(image.pixel(static_cast<int>(peak * 97 / frames), 1), qRgb(255, 255, 255));
        }
    }

    void noRowIsLostWhenManyShareAPixel_data()
    {
        QTest::addColumn<int>("scale");
        QTest::newRow("mel") << static_cast<int>(FrequencyAxis::Scale::Mel);
        QTest::newRow("linear") << static_cast<int>(FrequencyAxis::Scale::Linear);
    }

    void noRowIsLostWhenManyShareAPixel()
    {
        QFETCH(int, scale);
        const FrontEnd frontEnd;
        const FrequencyAxis axis(frontEnd, static_cast<FrequencyAxis::Scale>(scale));
        for (int row = 0; row < frontEnd.mels; ++row) {
            SpectrogramGrid grid = silence(3, frontEnd.mels);
            grid.row(row)[1] = 0.0F;
            const double start = frontEnd.secondsOfFrame(-0.5);
            const TimeWindow window{1.0, {start, start + 3.0 * frontEnd.hop / frontEnd.sampleRate}};
            const QImage image = renderer().render(grid, {window, axis, 3, 29});
            bool found = false;
            for (int y = 0; y < image.height(); ++y)
                found |= image.pixel(1, y) == qRgb(255, 255, 255);
            QVERIFY2(found, qPrintable(QStringLiteral("row %1").arg(row)));
        }
    }

    void theLinearAxisPutsARowAtItsFrequency()
    {
        const FrontEnd frontEnd;
        const FrequencyAxis axis(frontEnd, FrequencyAxis::Scale::Linear);
        SpectrogramGrid grid = silence(1, frontEnd.mels);
        grid.row(100)[0] = 0.0F;
        const ViewGeometry view{{1.0, {0.0, 0.001}}, axis, 1, 2000};
        const QImage image = renderer().render(grid, view);
        QCOMPARE(image.pixel(0, static_cast<int>(view.yOfHz(frontEnd.hzOfMel(100)))), qRgb(255, 255, 255));
        QCOMPARE(image.pixel(0, static_cast<int>(view.yOfHz(frontEnd.hzOfMel(98)))), qRgb(0, 0, 0));
        QCOMPARE(image.pixel(0, static_cast<int>(view.yOfHz(frontEnd.hzOfMel(102)))), qRgb(0, 0, 0));
    }

    void timesWithoutAFrameStayTransparent()
    {
        ViewGeometry wide = geometry(5, 100, 4);
        wide.time.visible.end += wide.time.visible.length();
        const QImage image = renderer().render(silence(5), wide);
        QCOMPARE(qAlpha(image.pixel(49, 0)), 255);
        QCOMPARE(qAlpha(image.pixel(51, 0)), 0);
        QCOMPARE(qAlpha(image.pixel(99, 3)), 0);
    }

    void neverMakesAPictureThatIsTooWide()
    {
        QCOMPARE(renderer().render(silence(5), geometry(5, 50000, 2)).width(), SpectrogramRenderer::widest);
    }

    void stopsWhenAsked()
    {
        std::stop_source source;
        source.request_stop();
        QVERIFY(renderer().render(silence(5), geometry(5, 50, 40), source.get_token()).isNull());
        QVERIFY(renderer().render(SpectrogramGrid(), geometry(5, 50, 40)).isNull());
    }

    void tenMinutesAreDrawnInOneFrame()
    {
        const FrontEnd frontEnd;
        const FrameIndex frames = 51680; // 600 s at hop 512
        const SpectrogramGrid grid = silence(frames, frontEnd.mels);
        const ViewGeometry view{TimeWindow::whole(600.0), FrequencyAxis(frontEnd, FrequencyAxis::Scale::Mel), 1200, 600};
        QBENCHMARK { QVERIFY(!renderer().render(grid, view).isNull()); }
    }
};

QTEST_GUILESS_MAIN(TestSpectrogramRenderer)
#include "tst_SpectrogramRenderer.moc"
