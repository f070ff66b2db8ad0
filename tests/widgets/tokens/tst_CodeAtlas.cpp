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
        shown.panel.setTokens(smallTokens());
        shown.panel.show();
        Q_EMIT shown.panel.job().cancelRequested();
        QVERIFY(!shown.panel.job().isRunning());
        QCoreApplication::processEvents();
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
    }
};

QTEST_MAIN(TestCodeAtlas)
#include "tst_CodeAtlas.moc"
