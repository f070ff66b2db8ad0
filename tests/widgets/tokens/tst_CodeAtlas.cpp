// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/JobBar.h"
#include "tokens/CodeAtlas.h"
#include "tokens/CodeAtlasPanel.h"
#include "tokens/CurrentCode.h"
#include "widgets/tokens/SmallTokens.h"

#include <QAction>
#include <QSignalSpy>
#include <QWheelEvent>
#include <QtTest>

using namespace melscope;
using namespace melscope::test;

namespace {

constexpr int patience = 20000;

struct ShownAtlas
{
    CurrentCode current;
    QAction hear;
    CodeAtlasPanel panel{current, &hear};
    CodeAtlas& atlas = panel.atlas();
    QSignalSpy laidOut{&panel, &CodeAtlasPanel::laidOut};

    ShownAtlas() { panel.resize(640, 420); }
    bool open()
    {
        panel.setTokens(smallTokens());
        panel.show();
        return laidOut.count() > 0 || laidOut.wait(patience);
    }
    void wheel(QPointF point, int steps)
    {
        QWheelEvent event(point, atlas.mapToGlobal(point), {}, {0, 120 * steps}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&atlas, &event);
    }
};

} // namespace

class TestCodeAtlas : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codesAreDiscsWithinThePanel()
    {
        ShownAtlas shown;
        QVERIFY(shown.open());
        for (int code = 0; code < 5; ++code) {
            const QRectF disc = shown.atlas.discOf(code);
            QVERIFY(QRectF(shown.atlas.rect()).contains(disc));
            QCOMPARE(shown.atlas.codeAt(disc.center()), code);
        }
        // Code 0 is used 7 times, code 1 four times.
        const double ratio = shown.atlas.discOf(0).width() / shown.atlas.discOf(1).width();
        QVERIFY(std::abs(ratio * ratio - 7.0 / 4.0) < 1e-6);
        QCOMPARE(shown.atlas.codeAt({1, 1}), CurrentCode::none);
    }

    void pointingLightsAndAClickChooses()
    {
        ShownAtlas shown;
        QVERIFY(shown.open());
        QSignalSpy hovered(&shown.atlas, &CodeFigure::codeHovered);
        const QImage dark = shown.atlas.grab().toImage();
        QTest::mouseMove(&shown.atlas, shown.atlas.discOf(3).center().toPoint());
        QTRY_COMPARE(hovered.count(), 1);
        QCOMPARE(shown.current.lit(), 3);
        QVERIFY(shown.atlas.grab().toImage() != dark);
        QTest::mouseClick(&shown.atlas, Qt::LeftButton, {}, shown.atlas.discOf(1).center().toPoint());
        QCOMPARE(shown.current.chosen(), 1);
    }

    void whatIsUnderThePointerStaysThereInZooming()
    {
        ShownAtlas shown;
        QVERIFY(shown.open());
        const QPointF before = shown.atlas.discOf(2).center();
        const double width = shown.atlas.discOf(2).width();
        shown.wheel(before, 4);
        QVERIFY((shown.atlas.discOf(2).center() - before).manhattanLength() < 1e-6);
        QVERIFY(std::abs(shown.atlas.discOf(2).width() / width - std::pow(1.2, 4)) < 1e-9);
        QTest::mouseDClick(&shown.atlas, Qt::LeftButton);
        QCOMPARE(shown.atlas.discOf(2).width(), width);
    }

    void aDragMovesAndChoosesNothing()
    {
        ShownAtlas shown;
        QVERIFY(shown.open());
        const QPoint from = shown.atlas.discOf(2).center().toPoint();
        shown.wheel(from, 6);
        const QPointF before = shown.atlas.discOf(2).center();
        const QPoint to = from + QPoint(60, 25);
        QTest::mousePress(&shown.atlas, Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, shown.atlas.mapToGlobal(to), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&shown.atlas, &move);
        QTest::mouseRelease(&shown.atlas, Qt::LeftButton, {}, to);
        QCOMPARE(shown.current.chosen(), CurrentCode::none);
        QVERIFY((shown.atlas.discOf(2).center() - before - QPointF(60, 25)).manhattanLength() < 1e-6);
        QTest::mouseClick(&shown.atlas, Qt::LeftButton, {}, shown.atlas.discOf(2).center().toPoint());
        QCOMPARE(shown.current.chosen(), 2); // what is clicked is still chosen
    }

    void theNearestOfTinyDiscsIsPointedAt()
    {
        ShownAtlas shown;
        QVERIFY(shown.open());
        auto map = std::make_shared<CodeMap>();
        map->places = {{0.0, 0.0}, {1.0, 0.0}, {1.0, 0.5}, {-1.0, 0.5}, {-1.0, -0.5}};
        map->radii.assign(5, 1e-4);
        shown.atlas.setMap(map);
        const double pixel = 1.0 / (shown.atlas.discOf(1).center().x() - shown.atlas.discOf(0).center().x());
        map = std::make_shared<CodeMap>(*map);
        map->places[1] = {4.0 * pixel, 0.0};
        shown.atlas.setMap(map);
        const QPointF second = shown.atlas.discOf(1).center();
        QCOMPARE(shown.atlas.codeAt(second - QPointF(1.5, 0.0)), 1); // 2.5 pixels from code 0, and within its reach as well
        QCOMPARE(shown.atlas.codeAt(second - QPointF(2.5, 0.0)), 0);
    }

    void theKeyNamesAllClassesThatItHasRoomFor()
    {
        const auto classes = [](int count) {
            TokenSet set = *smallTokenSet();
            set.heldOut.reset();
            set.classes.clear();
            for (int label = 0; label < count; ++label)
                set.classes.push_back("a class of number " + std::to_string(label));
            set.tokenizer.codebook = Codebook::ofCentroids(Codebook::Kind::KMeans, std::vector<float>(static_cast<size_t>(count) * 128, 0.0f), 128);
            set.meanPatches.assign(static_cast<size_t>(count) * 128, 0.0f);
            set.clips.clear();
            set.labels.clear();
            set.folds.clear();
            set.tokens.clear();
            for (int label = 0; label < count; ++label) { // a code for each
                set.clips.push_back(std::to_string(label));
                set.labels.push_back(label);
                set.folds.push_back(1);
                set.tokens.insert(set.tokens.end(), 8, label);
            }
            set.distances.assign(set.tokens.size(), 0.0f);
            return loadTokens(std::make_shared<const TokenSet>(std::move(set)));
        };
        ShownAtlas shown;
        shown.panel.setTokens(classes(10));
        shown.panel.show();
        QCOMPARE(shown.atlas.namedClasses(), 10); // in two lines and more
        QVERIFY(shown.laidOut.count() > 0 || shown.laidOut.wait(patience));
        for (int code = 0; code < 10; ++code)
            QVERIFY(shown.atlas.discOf(code).bottom() < shown.atlas.height() - 2 * shown.atlas.fontMetrics().height());
        shown.panel.setTokens(classes(60));
        const int named = shown.atlas.namedClasses();
        QVERIFY(named > 4 && named < 60);
    }

    void itIsLaidOutWhenItIsSeen()
    {
        ShownAtlas shown;
        shown.panel.setTokens(smallTokens());
        QVERIFY(!shown.panel.job().isRunning());
        shown.panel.show();
        QVERIFY(shown.panel.job().isRunning());
        QVERIFY(shown.laidOut.wait(patience));
        QVERIFY(!shown.panel.job().isRunning());
    }

    void cancelledItDrawsNothing()
    {
        ShownAtlas shown;
        const auto tokens = smallTokens();
        shown.panel.setTokens(tokens);
        const long holders = tokens.use_count();
        shown.panel.show();
        QVERIFY(shown.panel.job().isRunning());
        Q_EMIT shown.panel.job().cancelRequested();
        QVERIFY(!shown.panel.job().isRunning());
        QTRY_COMPARE_WITH_TIMEOUT(tokens.use_count(), holders, patience); // it has ended, and sent what it had to send
        QCoreApplication::processEvents();
        QCOMPARE(shown.laidOut.count(), 0);
        QVERIFY(!shown.atlas.hasMap());
    }

    void otherTokensTakeTheMapAlong()
    {
        ShownAtlas shown;
        QVERIFY(shown.open());
        shown.panel.setTokens(nullptr);
        shown.panel.grab();
        QVERIFY(!shown.atlas.hasMap());
        QCOMPARE(shown.atlas.codeAt({300, 200}), CurrentCode::none);
        const QImage image = shown.atlas.grab().toImage(); // it says what is missing
        QSet<QRgb> colours;
        for (int x = 0; x < image.width(); ++x)
            colours.insert(image.pixel(x, image.height() / 2));
        QVERIFY(colours.size() > 1);
    }
};

QTEST_MAIN(TestCodeAtlas)
#include "tst_CodeAtlas.moc"
