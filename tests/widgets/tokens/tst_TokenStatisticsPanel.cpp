// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/Theme.h"
#include "tokens/ClassHeatMap.h"
#include "tokens/CodePairModel.h"
#include "tokens/CodePairTable.h"
#include "tokens/CurrentCode.h"
#include "tokens/DominantClass.h"
#include "tokens/FigureSaver.h"
#include "tokens/FigureTiles.h"
#include "tokens/PositionFigure.h"
#include "tokens/TokenStatisticsPanel.h"
#include "tokens/TokenStatisticsText.h"
#include "tokens/UsageFigure.h"
#include "widgets/tokens/SmallTokens.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QFile>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QtTest>

using namespace melscope;
using namespace melscope::test;

namespace {

constexpr int patience = 20000;

struct ShownPanel
{
    CurrentCode current;
    std::shared_ptr<const LoadedTokens> tokens = smallTokens();
    TokenStatisticsPanel panel{current};
    QAbstractItemModelTester modelTester{&panel.pairTable().pairs(), QAbstractItemModelTester::FailureReportingMode::QtTest};

    ShownPanel()
    {
        panel.resize(700, 400);
        panel.setTokens(tokens);
        panel.show();
    }
    void showTab(QWidget* page) const { panel.findChild<QTabWidget*>()->setCurrentWidget(page); }
};

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestTokenStatisticsPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tilesSayWhatWasCounted()
    {
        const ShownPanel shown;
        const auto& tiles = shown.panel.tiles().tiles();
        // Of the two clips outside the fold left out: 14 tokens of four codes, 2 silent.
        QCOMPARE(tiles[0].value, QStringLiteral("4"));
        QVERIFY2(tiles[0].caption.contains(QLatin1String("of 5 codes used, 1 dead")), qPrintable(tiles[0].caption));
        QCOMPARE(tiles[2].value, QStringLiteral("12.5 %"));
    }

    void pairsComeByCountWithWhatChanceWouldGive()
    {
        ShownPanel shown;
        const CodePairModel& model = shown.panel.pairTable().pairs();
        QCOMPARE(model.rowCount(), 7);
        QCOMPARE(model.pairAt(0), (CodePair{.code = 0, .next = 0, .count = 3}));
        QCOMPARE(model.pairAt(1), (CodePair{.code = 1, .next = 2, .count = 2}));
        // 3 of the 5 followers of code 0, which is 4 of all 10 followers.
        QCOMPARE(model.index(0, CodePairModel::Share).data().toString(), QStringLiteral("60.0 %"));
        QCOMPARE(model.index(0, CodePairModel::Surplus).data().toString(), QStringLiteral("1.5 ×"));
    }

    void pairsCanBeThoseOfTheChosenCode()
    {
        ShownPanel shown;
        shown.current.choose(2);
        shown.panel.findChild<QCheckBox*>(QStringLiteral("onlyChosen"))->setChecked(true);
        QCOMPARE(shown.panel.pairTable().pairs().rowCount(), 2); // 1 -> 2 and 2 -> 1
        shown.current.choose(3);
        QCOMPARE(shown.panel.pairTable().pairs().pairAt(0), (CodePair{.code = 0, .next = 3, .count = 1}));
        shown.panel.findChild<QCheckBox*>(QStringLiteral("onlyChosen"))->setChecked(false);
        shown.panel.findChild<QCheckBox*>(QStringLiteral("repeats"))->setChecked(false);
        QCOMPARE(shown.panel.pairTable().pairs().rowCount(), 5);
    }

    void pointingAtABarLightsItsCode()
    {
        ShownPanel shown;
        UsageFigure& figure = shown.panel.usage();
        QVERIFY(std::abs(figure.barOf(0).height() / figure.barOf(1).height() - 7.0 / 4.0) < 1e-9);
        QVERIFY(figure.barOf(0).left() < figure.barOf(1).left());
        QCOMPARE(figure.barOf(4).height(), 0.0);
        QTest::mouseMove(&figure, figure.barOf(2).center().toPoint());
        QTRY_COMPARE(shown.current.lit(), 2);
        QTest::mouseClick(&figure, Qt::LeftButton, {}, figure.barOf(1).center().toPoint());
        QCOMPARE(shown.current.chosen(), 1);
    }

    void codesStandByTheirClass()
    {
        ShownPanel shown;
        QCOMPARE(shown.panel.classes().order(), (std::vector<int>{0, 1, 2, 3})); // all rain; the dead one is not there
        shown.showTab(&shown.panel.classes());
        QCOMPARE(shown.panel.classes().codeAt(QPointF(shown.panel.classes().width() - 20.0, shown.panel.classes().height() / 2.0)), 3);
    }

    void aDominantClassIsStrongWhereOthersAreFew()
    {
        TokenStatistics statistics;
        statistics.tokens = 8;
        statistics.usage = {4, 4, 0};
        statistics.byClass = CountTable(3, 2);
        statistics.byClass.counts = {4, 0, 2, 2, 0, 0}; // the first class has 6 of 8
        const std::vector<DominantClass> dominant = dominantClasses(statistics);
        QCOMPARE(dominant[0].label, 0);
        QCOMPARE(dominant[0].strength, 1.0);
        QCOMPARE(dominant[1].share, 0.5);
        QCOMPARE(dominant[1].strength, 0.0); // no more than everywhere
        QCOMPARE(dominant[2].label, -1);
    }

    void placesAreCountedInTheClipsThatMayBeLookedAt()
    {
        const ShownPanel shown;
        QCOMPARE(shown.panel.positions().countsOf(0).counts, (std::vector<int64_t>{2, 1, 2, 1, 1, 0, 0, 0}));
    }

    void figuresAreSavedAsPicturesAndNumbers()
    {
        const QTemporaryDir folder;
        ShownPanel shown;
        QSignalSpy saved(&shown.panel.saver(), &FigureSaver::saved);
        for (CodeFigure* figure : std::initializer_list<CodeFigure*>{&shown.panel.usage(), &shown.panel.classes(), &shown.panel.positions()}) {
            shown.showTab(figure);
            const QString png = folder.filePath(figure->title() + QStringLiteral(".png"));
            const QSize drawn = figure->size(); // what is said of the file takes room afterwards
            shown.panel.saver().save(*figure, png);
            const QImage image(png);
            QCOMPARE(image.size(), drawn * 2);
            QCOMPARE(image.pixelColor(1, image.height() - 2), QColor(Qt::white)); // on paper, whatever the theme
        }
        const QString csv = folder.filePath(QStringLiteral("usage.csv"));
        shown.panel.saver().save(shown.panel.usage(), csv);
        QVERIFY(saved.count() == 4 || saved.wait(patience));
        QCOMPARE(contents(csv).toStdString(), codeTableCsv(*shown.tokens->statistics, *shown.tokens->set));
        const QString pairs = folder.filePath(QStringLiteral("pairs.csv"));
        shown.panel.saver().save(shown.panel.pairTable(), pairs);
        QVERIFY(saved.wait(patience));
        QCOMPARE(contents(pairs).toStdString(), bigramCsv(*shown.tokens->statistics));
        QVERIFY(shown.panel.message().contains(QLatin1String("pairs.csv")));
    }

    void thePairsThatAreShownAreAPicture()
    {
        const QTemporaryDir folder;
        ShownPanel shown;
        const auto picture = [&](const char* name) {
            const QString path = folder.filePath(QLatin1String(name));
            shown.panel.saver().save(shown.panel.pairTable(), path);
            return contents(path);
        };
        const QByteArray all = picture("all.svg");
        QVERIFY(all.contains("7 of 7 pairs"));
        QVERIFY(all.contains("60.0 %")); // the share of 0 -> 0
        shown.panel.findChild<QCheckBox*>(QStringLiteral("repeats"))->setChecked(false);
        const QByteArray fewer = picture("fewer.svg");
        QVERIFY(fewer.contains("5 of 5 pairs"));
        QVERIFY(!fewer.contains("60.0 %"));
        picture("all.png");
        QCOMPARE(QImage(folder.filePath(QStringLiteral("all.png"))).pixelColor(1, 1), QColor(Qt::white));
    }

    void theFiguresAboveAreSavedToo()
    {
        const QTemporaryDir folder;
        ShownPanel shown;
        QSignalSpy saved(&shown.panel.saver(), &FigureSaver::saved);
        const QString svg = folder.filePath(QStringLiteral("figures.svg")), csv = folder.filePath(QStringLiteral("figures.csv"));
        shown.panel.saver().save(shown.panel.tiles(), svg);
        for (const FigureTiles::Tile& tile : shown.panel.tiles().tiles())
            QVERIFY2(contents(svg).contains(tile.value.toUtf8()), qPrintable(tile.value));
        shown.panel.saver().save(shown.panel.tiles(), csv);
        QVERIFY(saved.count() == 2 || saved.wait(patience));
        const QByteArray lines = contents(csv);
        QVERIFY(lines.startsWith("figure,value\r\n"));
        // 14 tokens of 4 of the 5 codes: 7, 4, 2 and 1 times; 2 more are silent.
        for (const char* line : {"used_codes,4\r\n", "codes,5\r\n", "tokens,14\r\n", "silent_share,0.125\r\n", "dataset,small\r\n", "held_out,3\r\n"})
            QVERIFY2(lines.contains(line), line);
    }

    void aPairLightsUpOnlyWhileItIsPointedAt()
    {
        ShownPanel shown;
        CodePairTable& table = shown.panel.pairTable();
        shown.showTab(table.parentWidget());
        QTest::mouseMove(table.viewport(), table.visualRect(table.pairs().index(1, CodePairModel::Next)).center());
        QTRY_COMPARE(shown.current.lit(), 2);
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(table.viewport(), &leave);
        QCOMPARE(shown.current.lit(), CurrentCode::none);
    }

    void whatCannotBeWrittenIsSaid()
    {
        ShownPanel shown;
        shown.panel.saver().save(shown.panel.usage(), QStringLiteral("/nowhere/at/all.png"));
        QVERIFY2(shown.panel.message().contains(QLatin1String("/nowhere/at/all.png")), qPrintable(shown.panel.message()));
        shown.panel.saver().save(shown.panel.usage(), QStringLiteral("figure.bmp"));
        QVERIFY(shown.panel.message().contains(QLatin1String(".svg")));
    }

    void withoutTokensItIsEmpty()
    {
        ShownPanel shown;
        shown.panel.setTokens(nullptr);
        shown.current.hover(2);
        shown.panel.grab();
        QVERIFY(shown.panel.tiles().tiles().empty());
        QCOMPARE(shown.panel.pairTable().pairs().rowCount(), 0);
    }
};

QTEST_MAIN(TestTokenStatisticsPanel)
#include "tst_TokenStatisticsPanel.moc"
