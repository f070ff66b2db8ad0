// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/ComparePage.h"
#include "results/TextTableModel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QTableView>
#include <QTest>

using namespace melscope;

namespace {

const std::vector<std::string> classes{"rain", "wind"};

RunRecord run(const std::string& id, int fold)
{
    return {.id = id, .name = "run-" + id, .method = "resnet34", .recipeName = "resnet34-quick", .datasetFingerprint = "print", .classes = classes,
            .results = {{.fold = fold, .count = 8, .correct = 6}}};
}

/// Eight clips, classes in turn; those in `wrong` are taken for the other class.
Predictions predictions(const std::vector<int>& wrong)
{
    Predictions all;
    for (int i = 0; i < 8; ++i) {
        const bool isWrong = std::find(wrong.begin(), wrong.end(), i) != wrong.end();
        all.push_back({.name = "c" + std::to_string(i), .fold = 1, .label = i % 2, .predicted = isWrong ? 1 - i % 2 : i % 2, .probabilities = {0.5F, 0.5F}});
    }
    return all;
}

ComparedRuns compared()
{
    ComparedRuns result{.first = run("a", 1), .second = run("b", 1), .comparison = compareRuns(predictions({0}), predictions({1, 3, 5}), 2, {}, false),
                        .recipes = {{"training.epochs", "10", "20"}}, .firstPredictions = std::make_shared<const Predictions>(predictions({0}))};
    return result;
}

QString labelNamed(const QWidget& page, const QString& name)
{
    for (const QLabel* label : page.findChildren<QLabel*>())
        if (label->accessibleName() == name)
            return label->text();
    return {};
}

QTableView* tableNamed(const QWidget& page, const QString& name)
{
    for (QTableView* table : page.findChildren<QTableView*>())
        if (table->accessibleName() == name)
            return table;
    return nullptr;
}

} // namespace

class TestComparePage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theOtherRunHeldOutTheSameFold()
    {
        ComparePage page;
        QStringList asked;
        connect(&page, &ComparePage::comparisonRequested, this,
                [&](const std::string& first, const std::string& second, bool) { asked << QString::fromStdString(first + second); });
        page.setRuns({run("d", 2), run("a", 1), run("b", 1)});
        page.begin("a");
        QCOMPARE(asked, QStringList{QStringLiteral("ab")});
        page.begin("d"); // nobody else held out fold 2
        QCOMPARE(page.second(), std::string());
        QCOMPARE(asked.size(), 1);
    }

    void everyFigureIsShown()
    {
        ComparePage page;
        page.setRuns({run("a", 1), run("b", 1)});
        page.choose("a", "b");
        page.show(compared());
        QCOMPARE(labelNamed(page, QStringLiteral("Both right")), QStringLiteral("4"));
        QCOMPARE(labelNamed(page, QStringLiteral("Only the first right")), QStringLiteral("3"));
        QCOMPARE(labelNamed(page, QStringLiteral("Only the second right")), QStringLiteral("1"));
        QCOMPARE(labelNamed(page, QStringLiteral("Neither right")), QStringLiteral("0"));
        const QString verdict = labelNamed(page, QStringLiteral("What the comparison says"));
        QVERIFY2(verdict.contains(QStringLiteral("25.0 points")) && verdict.contains(QStringLiteral("p = 0.625")), qPrintable(verdict)); // 2 (1 + 4) / 2^4
        QVERIFY(verdict.contains(QStringLiteral("may well")));
        QVERIFY2(verdict.contains(QStringLiteral("source recordings are not known")), qPrintable(verdict));
        QCOMPARE(page.deciding()->model()->rowCount(), 4);
        const QTableView* byClass = tableNamed(page, QStringLiteral("Differences by class"));
        QCOMPARE(byClass->model()->index(0, 0).data().toString(), QStringLiteral("wind")); // three of four clips apart
        QCOMPARE(byClass->model()->index(0, 6).data().toString(), QStringLiteral("+75.0"));
        const QTableView* recipes = tableNamed(page, QStringLiteral("Differences of the recipes"));
        QCOMPARE(recipes->model()->rowCount(), 1); // what is alike is not there
        QCOMPARE(recipes->model()->index(0, 2).data().toString(), QStringLiteral("20"));
    }

    void anAnswerToAnOlderQuestionIsNotShown()
    {
        ComparePage page;
        page.setRuns({run("a", 1), run("b", 1), run("c", 1)});
        page.choose("a", "c");
        page.show(compared());
        QCOMPARE(page.deciding()->model()->rowCount(), 0);
        page.showFailure("a", "b", QStringLiteral("old"));
        page.showFailure("a", "c", QStringLiteral("They have no clip in common."));
        const auto labels = page.findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) { return label->text() == QStringLiteral("They have no clip in common."); }));
        QVERIFY(std::none_of(labels.begin(), labels.end(), [](const QLabel* label) { return label->text() == QStringLiteral("old"); }));
    }

    void decidingClipsOpenAQueueWithTheMistakeMade()
    {
        ComparePage page;
        page.setRuns({run("a", 1), run("b", 1)});
        page.choose("a", "b");
        page.show(compared());
        TriageQueue queue;
        connect(&page, &ComparePage::triageRequested, this, [&](const TriageQueue& asked) { queue = asked; });
        Q_EMIT page.deciding()->doubleClicked(page.deciding()->model()->index(0, 0));
        QCOMPARE(queue.run, std::string("a"));
        QCOMPARE(queue.clips.size(), size_t{4});
        for (const ListedClip& clip : queue.clips)
            QVERIFY(!clip.prediction.correct());
        QCOMPARE(queue.clips.back().prediction.name, std::string("c0"));
        QCOMPARE(queue.clips.back().note, std::string("right: run-b"));
    }

    void tablesKeepTheirPromises()
    {
        TextTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.show({QStringLiteral("a"), QStringLiteral("b")}, {{QStringLiteral("x"), QStringLiteral("1")}}, {1});
        QCOMPARE(model.index(0, 1).data(Qt::TextAlignmentRole).toInt(), static_cast<int>(Qt::AlignRight | Qt::AlignVCenter));
        QVERIFY(!model.index(0, 0).data(Qt::TextAlignmentRole).isValid());
    }
};

QTEST_MAIN(TestComparePage)
#include "tst_ComparePage.moc"
