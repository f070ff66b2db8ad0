// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/AccuracyCells.h"
#include "runs/AccuracyTable.h"
#include "support/ErrorOf.h"
#include "training/Method.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace melscope;
using melscope::test::errorOf;

class TestTable : public QObject
{
    Q_OBJECT

private:
    static FoldRecord fold(int number, int correct, int count = 80, int ttaCorrect = 0, int epochs = 40)
    {
        return {.fold = number, .count = count, .correct = correct, .ttaCorrect = ttaCorrect, .ttaViews = ttaCorrect > 0 ? 5 : 0,
                .epochsTrained = epochs, .seconds = 100.0};
    }

    static RunRecord run(const std::string& id, std::vector<FoldRecord> results, uint64_t seed = 0)
    {
        static double clock = 1.0;
        return {.id = id, .name = "run-" + id, .method = "resnet34", .recipeName = "resnet34-quick", .recipeDigest = "digest",
                .state = RunState::Finished, .datasetName = "ESC-10", .datasetFingerprint = "print", .datasetFolds = {1, 2, 3, 4, 5},
                .folds = {1, 2, 3, 4, 5}, .seed = seed, .parameters = 21'283'530, .epochs = 40, .createdAt = ++clock,
                .results = std::move(results)};
    }

    static AccuracyRow only(const std::vector<RunRecord>& runs)
    {
        const std::vector<AccuracyRow> rows = accuracyTable(runs);
        if (rows.size() != methods().size())
            throw std::runtime_error("not one row a method");
        return rows.front();
    }

    static QStringList lines(const std::string& text) { return QString::fromStdString(text).split(u'\n', Qt::SkipEmptyParts); }

private Q_SLOTS:
    void wilsonAgreesWithThePublishedTable_data()
    {
        QTest::addColumn<double>("percent");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        // The seven published figures with n = 400, intervals to one decimal.
        QTest::newRow("resnet34") << 80.5 << 76.3 << 84.1;
        QTest::newRow("resnet34 TTA") << 83.5 << 79.5 << 86.8;
        QTest::newRow("efficientnet-b0") << 81.5 << 77.4 << 85.0;
        QTest::newRow("simclr") << 82.5 << 78.5 << 85.9;
        QTest::newRow("cnn-beats") << 74.5 << 70.0 << 78.5;
        QTest::newRow("transformer-beats") << 40.0 << 35.3 << 44.9;
        QTest::newRow("beats-frozen") << 94.5 << 91.8 << 96.3;
        QTest::newRow("beats-finetuned") << 95.25 << 92.7 << 96.9;
    }

    void wilsonAgreesWithThePublishedTable()
    {
        QFETCH(const double, percent);
        QFETCH(const double, low);
        QFETCH(const double, high);
        const Interval interval = wilsonInterval(static_cast<int>(std::lround(4.0 * percent)), 400);
        QVERIFY2(std::abs(100.0 * interval.low - low) <= 0.05, std::to_string(100.0 * interval.low).c_str());
        QVERIFY2(std::abs(100.0 * interval.high - high) <= 0.05, std::to_string(100.0 * interval.high).c_str());
    }

    void halvesAreRoundedUpAsInTheWindow()
    {
        QCOMPARE(percentTenths(73.0 / 80.0), 91.3);
        QCOMPARE(percentTenths(57.0 / 80.0), 71.3);
        QCOMPARE(percentTenths(0.75), 75.0);
        QCOMPARE(percentTenths(73.0 / 80.0 - 72.0 / 80.0), percentTenths(74.0 / 80.0 - 73.0 / 80.0)); // each a clip of 80
        QVERIFY(toMarkdown(accuracyTable({run("a", {fold(5, 73)})})).find("91.3 %") != std::string::npos);
    }

    void wilsonStaysInsideAtTheEnds()
    {
        QCOMPARE(wilsonInterval(0, 0).low, 0.0);
        QCOMPARE(wilsonInterval(0, 0).high, 1.0);
        QCOMPARE(wilsonInterval(0, 10).low, 0.0);
        QCOMPARE(wilsonInterval(10, 10).high, 1.0);
        QVERIFY(wilsonInterval(10, 10).low > 0.6 && wilsonInterval(10, 10).low < 0.8); // 0.7225
        QCOMPARE(wilsonIntervalOfShare(0.5, 10).low, wilsonInterval(5, 10).low);
    }

    void meanAndDeviationOfKnownNumbers()
    {
        const std::array values{2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0};
        QCOMPARE(meanAndDeviation(values).mean, 5.0);
        QCOMPARE(meanAndDeviation(values).deviation, std::sqrt(32.0 / 7.0));
        QVERIFY(std::isnan(meanAndDeviation(std::array{1.0}).deviation));
        QVERIFY(std::isnan(meanAndDeviation({}).mean));
    }

    void nothingRunGivesSevenEmptyRowsAndAdvice()
    {
        RunRecord empty = run("a", {});
        empty.state = RunState::Failed;
        const std::vector<AccuracyRow> rows = accuracyTable({empty});
        QCOMPARE(rows.size(), size_t{7});
        for (size_t i = 0; i < rows.size(); ++i) {
            QCOMPARE(rows[i].method, methods()[i].id);
            QCOMPARE(rows[i].count, 0);
            QCOMPARE(rows[i].publishedAccuracy, methods()[i].publishedAccuracy);
        }
        QVERIFY(accuracyHeading(rows).find("melscope train") != std::string::npos);
        const std::string text = toMarkdown(rows);
        const auto available = std::ranges::count(methods(), true, &Method::available);
        QCOMPARE(QString::fromStdString(text).count(QStringLiteral("this version cannot run it")), 7 - available);
        QCOMPARE(QString::fromStdString(text).count(QStringLiteral("not run yet")), available);
    }

    void oneFoldIsSaidPlainly()
    {
        const std::vector<AccuracyRow> rows = accuracyTable({run("a", {fold(5, 70, 80, 72)})});
        QVERIFY(accuracyHeading(rows).starts_with("Only fold 5 of 5 was run"));
        const AccuracyRow& row = rows.front();
        QCOMPARE(row.accuracy, 70.0 / 80.0);
        QCOMPARE(row.interval.low, wilsonInterval(70, 80).low);
        QVERIFY(std::isnan(row.overFolds.deviation));
        QCOMPARE(row.ttaAccuracy, 72.0 / 80.0);
        QCOMPARE(row.ttaViews, 5);
        QCOMPARE(row.selection, std::string("last epoch"));
        const QString line = lines(toMarkdown(rows)).at(2);
        QVERIFY2(line.contains(QStringLiteral("| 87.5 % | 78.5–93.1 % | 80 | 5 (1 of 5) | 0 | 90.0 %")), qPrintable(line));
    }

    void allFoldsArePooledWithTheirDeviation()
    {
        const std::vector<AccuracyRow> rows = accuracyTable({run("a", {fold(1, 70), fold(2, 72), fold(3, 74), fold(4, 76), fold(5, 68)})});
        QVERIFY(accuracyHeading(rows).starts_with("All 5 folds"));
        QCOMPARE(rows.front().count, 400);
        QCOMPARE(rows.front().accuracy, 360.0 / 400.0);
        QCOMPARE(rows.front().overFolds.mean, 0.9);
        QCOMPARE(rows.front().overFolds.deviation, std::sqrt(10.0 * 4.0 / 4.0) / 80.0);
        QCOMPARE(rows.front().ttaViews, 0);
        const QString line = lines(toMarkdown(rows)).at(2);
        QVERIFY2(line.contains(QStringLiteral("90.0 ± 4.0 % | 86.7–92.6 % | 400 | all 5")), qPrintable(line));
    }

    void seedsDoNotMakeClipsMore()
    {
        const AccuracyRow row = only({run("a", {fold(5, 60)}, 0), run("b", {fold(5, 70)}, 1), run("c", {fold(5, 65)}, 2)});
        QCOMPARE(row.seeds, (std::vector<uint64_t>{0, 1, 2}));
        QCOMPARE(row.count, 240);
        QCOMPARE(row.distinctClips, 80);
        QCOMPARE(row.accuracy, 65.0 / 80.0);
        QCOMPARE(row.interval.low, wilsonInterval(65, 80).low);
        QVERIFY(std::isnan(row.overFolds.deviation)); // still one fold
        QCOMPARE(row.runs.size(), size_t{3});
        QCOMPARE(row.runs.front(), std::string("c")); // newest first
    }

    void aRepeatedRunCountsOnceAndACompleteOneBeforeAStopped()
    {
        const RunRecord complete = run("a", {fold(5, 70)});
        const RunRecord again = run("b", {fold(5, 70)});
        const RunRecord stopped = run("c", {fold(5, 20, 80, 0, 17)});
        const AccuracyRow row = only({complete, again, stopped});
        QCOMPARE(row.count, 80);
        QCOMPARE(row.accuracy, 70.0 / 80.0);
        QCOMPARE(row.runs, std::vector<std::string>{"b"});
        QCOMPARE(only({stopped}).selection, std::string("stopped at epoch 17 of 40"));
        QCOMPARE(only({run("d", {fold(1, 60), fold(2, 20, 80, 0, 17)})}).selection, std::string("fold 2 stopped at epoch 17 of 40"));
    }

    void changedRecipesAndOtherDataHaveRowsOfTheirOwn()
    {
        const RunRecord plain = run("a", {fold(5, 70)});
        RunRecord changed = run("b", {fold(5, 40)});
        changed.recipeDigest = "other";
        changed.recipeChanges = "training.epochs=5";
        RunRecord moved = run("c", {fold(5, 50)});
        moved.datasetFingerprint = "another";
        const std::vector<AccuracyRow> rows = accuracyTable({plain, changed, moved});
        QCOMPARE(rows.size(), size_t{9});
        std::vector<std::string> recipes;
        for (const AccuracyRow& row : rows)
            if (row.count > 0) {
                QCOMPARE(row.count, 80);
                recipes.push_back(row.recipe);
            }
        std::sort(recipes.begin(), recipes.end());
        QCOMPARE(recipes, (std::vector<std::string>{"resnet34-quick (training.epochs=5)", "resnet34-quick [as in run a]",
                                                    "resnet34-quick [as in run c]"}));
    }

    void rowsOnOtherFoldsAreNotCalledComparable()
    {
        RunRecord other = run("b", {fold(1, 60)});
        other.recipeName = "resnet34-published";
        const std::string heading = accuracyHeading(accuracyTable({run("a", {fold(5, 70)}), other}));
        QVERIFY2(heading.find("not comparable") != std::string::npos, heading.c_str());
    }

    void weightsAreNamedAndKeepRowsApart()
    {
        RunRecord scratch = run("a", {fold(5, 60)});
        RunRecord imageNet = run("b", {fold(5, 70)});
        scratch.method = imageNet.method = "efficientnet-b0";
        scratch.recipeName = imageNet.recipeName = "efficientnet-b0-quick";
        imageNet.recipeDigest = "another";
        imageNet.weights = "b0.pth";
        imageNet.weightsSha256 = "7f5810bc";
        imageNet.trainedOn = "ImageNet";
        std::vector<AccuracyRow> rows = accuracyTable({scratch, imageNet});
        std::erase_if(rows, [](const AccuracyRow& row) { return row.count == 0; });
        QCOMPARE(rows.size(), size_t{2});
        QSet<QString> texts;
        for (const AccuracyRow& row : rows) {
            QCOMPARE(row.recipe, std::string("efficientnet-b0-quick")); // told apart by the weights alone
            texts.insert(QString::fromStdString(weightsText(row)));
        }
        QCOMPARE(texts, (QSet<QString>{QStringLiteral("none, from scratch"), QStringLiteral("b0.pth, trained on: ImageNet")}));
        QVERIFY(toMarkdown(rows).find("| b0.pth, trained on: ImageNet |") != std::string::npos);
        QVERIFY(toCsv(rows).find(",b0.pth,7f5810bc,ImageNet,b\n") != std::string::npos);
        QVERIFY(toCsv(rows).find(",,,none,a\n") != std::string::npos);
    }

    void csvIsQuotedAndEveryLineAsLong()
    {
        RunRecord odd = run("a", {fold(5, 70)});
        odd.datasetName = "my \"best\", clips";
        const std::vector<AccuracyRow> rows = accuracyTable({odd});
        const QStringList text = lines(toCsv(rows));
        QCOMPARE(text.size(), 8);
        QVERIFY2(text.at(1).contains(QStringLiteral("\"my \"\"best\"\", clips\"")), qPrintable(text.at(1)));
        QVERIFY(text.at(1).contains(QStringLiteral(",0.875,")));
        QCOMPARE(text.at(1).count(u','), text.at(0).count(u',') + 1); // the one inside the quotes
        for (int i = 2; i < text.size(); ++i) {
            QCOMPARE(text.at(i).count(u','), text.at(0).count(u','));
            QVERIFY(text.at(i).contains(methods()[static_cast<size_t>(i - 1)].available ? QStringLiteral("not run,,,,,,,")
                                                                                       : QStringLiteral("unavailable,,,,,,,")));
        }
        odd.datasetName = "a|b";
        QVERIFY(toMarkdown(accuracyTable({odd})).find("a\\|b") != std::string::npos);
    }

    void confusionCountsTrueByPredicted()
    {
        const Predictions predictions{{.label = 0, .predicted = 1, .ttaPredicted = 0}, {.label = 0, .predicted = 1, .ttaPredicted = 1},
                                      {.label = 2, .predicted = 2, .ttaPredicted = 2}};
        const std::vector<std::string> classes{"rain", "wind", "dog"};
        const ConfusionMatrix matrix = confusionMatrix(predictions, classes, false);
        QCOMPARE(matrix.counts, (std::vector<std::vector<int>>{{0, 2, 0}, {0, 0, 0}, {0, 0, 1}}));
        QCOMPARE(confusionMatrix(predictions, classes, true).counts, (std::vector<std::vector<int>>{{1, 1, 0}, {0, 0, 0}, {0, 0, 1}}));
        for (const int label : {-1, 3})
            QCOMPARE(errorOf([&] { confusionMatrix({{.name = "x", .label = label}}, classes, false); })->kind(), ErrorKind::InvalidValue);
    }
};

QTEST_APPLESS_MAIN(TestTable)
#include "tst_table.moc"
