// SPDX-License-Identifier: GPL-3.0-or-later
#include "ExampleClips.h"
#include "dataset/ClipBrowser.h"
#include "dataset/ProblemsModel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTimer>

using namespace melscope;
using test::exampleDataset;
using test::exampleFigures;

namespace {

std::vector<std::pair<int, ClipFigures>> numbered(const std::vector<ClipFigures>& figures)
{
    std::vector<std::pair<int, ClipFigures>> result;
    for (const ClipFigures& value : figures)
        result.emplace_back(static_cast<int>(result.size()), value);
    return result;
}

std::vector<int> clipsOf(const DatasetModel& model)
{
    std::vector<int> clips;
    for (int row = 0; row < model.rowCount(); ++row)
        clips.push_back(model.clipOf(row));
    return clips;
}

/// The longest time for which the event loop did not come round.
class StallMeter : public QTimer
{
public:
    StallMeter()
    {
        m_clock.start();
        connect(this, &QTimer::timeout, this, [this] {
            m_longest = std::max(m_longest, m_clock.restart());
        });
        start(1);
    }
    qint64 longest() const { return m_longest; }

private:
    QElapsedTimer m_clock;
    qint64 m_longest = 0;
};

} // namespace

class TestDatasetModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheModelRules()
    {
        DatasetModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy arranged(&model, &DatasetModel::arranged);
        model.setDataset(exampleDataset(50));
        model.addFigures(numbered(exampleFigures(50)));
        model.sort(static_cast<int>(ClipColumn::Duration), Qt::DescendingOrder);
        QTRY_COMPARE(arranged.count(), 2);
        model.setFilter({.fold = 2});
        QTRY_COMPARE(arranged.count(), 3);
        QVERIFY(model.rowCount() > 0 && model.rowCount() < 50);
        model.setProblemClips(std::vector<char>(50, char(1)));
        model.thumbnailArrived(model.clipOf(0));
        model.setDataset(nullptr);
        QCOMPARE(model.rowCount(), 0);

        ProblemsModel problems;
        QAbstractItemModelTester problemsTester(&problems, QAbstractItemModelTester::FailureReportingMode::QtTest);
        problems.setProblems({{.kind = Problem::Kind::Silent, .file = "/x/a.wav", .message = "a.wav is silent."}});
        QCOMPARE(problems.index(0, 1).data().toString(), QStringLiteral("a.wav"));
        QCOMPARE(problems.index(0, 2).data().toString(), QStringLiteral("a.wav is silent."));
    }

    void cellsSayWhatIsKnown()
    {
        DatasetModel model;
        auto dataset = exampleDataset(3);
        model.setDataset(dataset);
        const auto cell = [&](int row, ClipColumn column) { return model.index(row, static_cast<int>(column)).data().toString(); };
        QCOMPARE(cell(1, ClipColumn::Name), QString::fromStdString(dataset->clips[1].name));
        QCOMPARE(cell(1, ClipColumn::Class), QString::fromStdString(dataset->classes[static_cast<size_t>(dataset->clips[1].label)]));
        QVERIFY(cell(1, ClipColumn::Duration).isEmpty());
        QSignalSpy changed(&model, &DatasetModel::dataChanged);
        model.addFigures({{0, {.known = true, .readable = true, .measured = true, .rate = 44100, .channels = 2, .seconds = 5.0f, .rmsDb = -21.28f}},
                          {1, {.known = true, .readable = false}}});
        QCOMPARE(changed.count(), 1);
        QCOMPARE(cell(0, ClipColumn::Duration), QStringLiteral("5.00 s"));
        QCOMPARE(cell(0, ClipColumn::Rate), QStringLiteral("44.1 kHz"));
        QCOMPARE(cell(0, ClipColumn::Channels), QStringLiteral("stereo"));
        QCOMPARE(cell(0, ClipColumn::Level), QStringLiteral("−21.3 dB"));
        QCOMPARE(cell(1, ClipColumn::Duration), QStringLiteral("unreadable"));
        QVERIFY(cell(1, ClipColumn::Level).isEmpty());
    }

    void onlyTheNewestWishArrives()
    {
        DatasetModel model;
        auto dataset = exampleDataset(20000);
        model.setDataset(dataset);
        QSignalSpy arranged(&model, &DatasetModel::arranged);
        for (int column = 1; column < clipColumnCount; ++column)
            model.sort(column);
        model.sort(static_cast<int>(ClipColumn::Source));
        model.setFilter({.label = 4});
        QTRY_COMPARE(arranged.count(), 1);
        ClipArrangement expected{.dataset = dataset, .figures = std::vector<ClipFigures>(20000), .hasProblem = {}, .filter = {.label = 4},
                                 .order = {ClipColumn::Source, false}};
        QCOMPARE(clipsOf(model), arrangedClips(expected));
        for (const int clip : {clipsOf(model).front(), clipsOf(model).back()})
            QCOMPARE(model.clipOf(model.rowOf(clip)), clip);
        QCOMPARE(model.rowOf(-1), -1);
    }

    void theCurrentClipSurvivesSortingAndFiltering()
    {
        ClipBrowser browser;
        browser.resize(900, 500);
        browser.show();
        browser.setDataset(exampleDataset(400));
        auto* table = browser.findChild<QTableView*>();
        QSignalSpy current(&browser, &ClipBrowser::currentClipChanged), arranged(browser.model(), &DatasetModel::arranged);
        browser.setCurrentClip(123);
        QCOMPARE(current.count(), 1);
        table->sortByColumn(static_cast<int>(ClipColumn::Name), Qt::DescendingOrder);
        QTRY_COMPARE(arranged.count(), 1);
        QCOMPARE(browser.model()->clipOf(table->currentIndex().row()), 123);
        QVERIFY(browser.model()->rowOf(123) != 123);
        const int otherLabel = (browser.model()->dataset()->clips[123].label + 1) % 10;
        browser.setFilter({.label = otherLabel});
        QTRY_COMPARE(arranged.count(), 2);
        QCOMPARE(browser.currentClip(), 123);
        browser.clearFilter();
        QTRY_COMPARE(arranged.count(), 3);
        QCOMPARE(browser.model()->clipOf(table->currentIndex().row()), 123);
        QVERIFY(table->selectionModel()->isRowSelected(browser.model()->rowOf(123)));
        QCOMPARE(current.count(), 1);
    }

    void keysStepThroughTheRowsInSight()
    {
        ClipBrowser browser;
        browser.resize(900, 500);
        browser.show();
        browser.setDataset(exampleDataset(60));
        QSignalSpy arranged(browser.model(), &DatasetModel::arranged), activated(&browser, &ClipBrowser::clipActivated);
        browser.setFilter({.fold = 3});
        QTRY_COMPARE(arranged.count(), 1);
        auto* table = browser.findChild<QTableView*>();
        const std::vector<int> clips = clipsOf(*browser.model());
        QTest::keyClick(table, Qt::Key_N);
        QCOMPARE(browser.currentClip(), clips[0]);
        QTest::keyClick(table, Qt::Key_N);
        QTest::keyClick(table, Qt::Key_N);
        QCOMPARE(browser.currentClip(), clips[2]);
        QTest::keyClick(table, Qt::Key_P);
        QCOMPARE(browser.currentClip(), clips[1]);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated.first().first().toInt(), clips[1]);
    }

    void searchAndFiltersNarrowTheRows()
    {
        ClipBrowser browser;
        browser.show();
        auto dataset = exampleDataset(400);
        browser.setDataset(dataset);
        const auto countText = [&] {
            for (const QLabel* label : browser.findChildren<QLabel*>())
                if (label->text().contains(QStringLiteral("clips")))
                    return label->text();
            return QString();
        };
        QCOMPARE(countText(), QStringLiteral("400 clips"));
        QTest::keyClicks(browser.findChild<QLineEdit*>(), QStringLiteral("rain q"));
        QTRY_VERIFY(!browser.model()->filter().text.empty());
        QTRY_COMPARE(browser.model()->rowCount(), 0);
        QCOMPARE(countText(), QStringLiteral("0 of 400 clips"));
        browser.findChild<QLineEdit*>()->clear();
        browser.findChildren<QComboBox*>().first()->setCurrentIndex(3);
        const auto expected = std::count_if(dataset->clips.begin(), dataset->clips.end(), [](const Clip& clip) { return clip.label == 2; });
        QTRY_COMPARE(browser.model()->rowCount(), static_cast<int>(expected));
        QCOMPARE(countText(), QStringLiteral("%1 of 400 clips").arg(expected));
    }

    void aHiddenClipIsShownByClearingTheFilter()
    {
        ClipBrowser browser;
        browser.setDataset(exampleDataset(400));
        browser.setFilter({.text = "no clip has this"});
        QTRY_COMPARE(browser.model()->rowCount(), 0);
        browser.setCurrentClip(77);
        QTRY_COMPARE(browser.model()->rowCount(), 400);
        QCOMPARE(browser.currentClip(), 77);
        QCOMPARE(browser.findChild<QTableView*>()->currentIndex().row(), 77);
    }

    void aHundredThousandClipsDoNotBlock()
    {
        constexpr int count = 100000;
        auto dataset = exampleDataset(count, 50);
        auto figures = numbered(exampleFigures(count));
        ClipBrowser browser;
        browser.resize(1200, 700);
        browser.show();
        QSignalSpy arranged(browser.model(), &DatasetModel::arranged);
        StallMeter stalls;
        QElapsedTimer clock;
        clock.start();
        browser.setDataset(dataset);
        QTRY_COMPARE(arranged.count(), 1);
        const qint64 opened = clock.restart();
        browser.model()->addFigures(figures);
        for (const ClipColumn column : {ClipColumn::Name, ClipColumn::Duration, ClipColumn::Class}) {
            browser.findChild<QTableView*>()->sortByColumn(static_cast<int>(column), Qt::AscendingOrder);
            const int before = static_cast<int>(arranged.count());
            QVERIFY(QTest::qWaitFor([&] { return arranged.count() > before; }, 20000));
        }
        browser.setFilter({.text = "rain 1-"});
        QTRY_COMPARE_WITH_TIMEOUT(arranged.count(), 5, 20000);
        const qint64 arrangedIn = clock.elapsed();
        QVERIFY(browser.model()->rowCount() > 100 && browser.model()->rowCount() < count / 2);
        qInfo("100,000 clips: shown in %lld ms, three sorts and a search in %lld ms, longest stall %lld ms", opened, arrangedIn, stalls.longest());
        QVERIFY2(stalls.longest() < 1000, qPrintable(QString::number(stalls.longest())));
    }
};

QTEST_MAIN(TestDatasetModel)
#include "tst_DatasetModel.moc"
