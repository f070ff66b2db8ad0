// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunBox.h"
#include "runs/RunChoices.h"

#include <QAbstractItemModelTester>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace melscope;

namespace {

RunRecord run(const std::string& id, const std::string& name = {})
{
    return {.id = id, .name = name.empty() ? "run-" + id : name, .recipeName = "resnet34-quick", .results = {{.fold = 5, .count = 80, .correct = 60}}};
}

RunRecord unfinished(const std::string& id)
{
    return {.id = id, .name = "run-" + id, .recipeName = "resnet34-quick"};
}

QStringList texts(const QAbstractItemModel& model)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts << model.index(row, 0).data().toString();
    return texts;
}

} // namespace

class TestRunBox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theModelListsTheRunsWithResultsAfterItsLead()
    {
        RunChoices choices;
        QAbstractItemModelTester tester(&choices, QAbstractItemModelTester::FailureReportingMode::Fatal);
        choices.setRuns({unfinished("c"), run("b", "calm-heron-2"), unfinished("d"), run("a", "brave-otter-7")});
        const QString heron = QStringLiteral("calm-heron-2 · resnet34-quick · fold 5 · 75.0 %"), otter = QStringLiteral("brave-otter-7 · resnet34-quick · fold 5 · 75.0 %");
        QCOMPARE(texts(choices), (QStringList{heron, otter}));
        QCOMPARE(choices.idAt(1), std::string("a"));
        QCOMPARE(choices.idAt(2), std::string());
        QCOMPARE(choices.rowOf("c"), -1);
        choices.setLead("live", QStringLiteral("epoch 1"));
        choices.setLead("live", QStringLiteral("epoch 2"));
        QCOMPARE(texts(choices), (QStringList{QStringLiteral("epoch 2"), heron, otter}));
        QCOMPARE(choices.rowOf("a"), 2);
        choices.setRuns({run("a", "brave-otter-7")}); // the lead stays
        QCOMPARE(texts(choices), (QStringList{QStringLiteral("epoch 2"), otter}));
        choices.setLead({});
        QCOMPARE(texts(choices), QStringList{otter});
    }

    void theChoiceIsKeptWhereverItsRunMovesTo()
    {
        RunBox box(RunBox::WhenGone::First);
        box.setRuns({run("b"), run("a")});
        box.choose("a");
        QSignalSpy told(&box, &RunBox::currentIndexChanged);
        box.setRuns({run("d"), unfinished("c"), run("b"), run("a")});
        QCOMPARE(box.run(), std::string("a"));
        QCOMPARE(box.currentIndex(), 2);
        box.setLead("live", QStringLiteral("training"));
        QCOMPARE(box.run(), std::string("a"));
        box.setRuns({run("a", "renamed")});
        QCOMPARE(box.run(), std::string("a"));
        QVERIFY(box.currentText().startsWith(QLatin1String("renamed")));
        box.setLead({});
        QCOMPARE(box.run(), std::string("a"));
        QCOMPARE(told.size(), 0); // nobody has chosen anything
        box.setRuns({run("c"), run("a")});
        box.choose("c");
        QCOMPARE(told.size(), 1);
    }

    void withoutTheChosenRunTheFirstOrNoneIsChosen()
    {
        RunBox first(RunBox::WhenGone::First), none(RunBox::WhenGone::None);
        for (RunBox* box : {&first, &none}) {
            QCOMPARE(box->run(), std::string());
            box->setRuns({run("c"), run("b"), run("a")});
            QCOMPARE(box->run(), box == &first ? std::string("c") : std::string());
            box->choose("b");
            box->setRuns({run("c"), run("a")});
            QCOMPARE(box->run(), box == &first ? std::string("c") : std::string());
            box->choose("a");
            box->choose("nobody");
            QCOMPARE(box->run(), box == &first ? std::string("a") : std::string());
            box->setRuns({});
            QCOMPARE(box->currentIndex(), -1);
        }
    }

    void aLeadThatGoesLeavesTheFirstRun()
    {
        RunBox box(RunBox::WhenGone::First);
        box.setRuns({run("b"), run("a")});
        box.setLead("live", QStringLiteral("training"));
        box.choose("live");
        QCOMPARE(box.currentText(), QStringLiteral("training"));
        box.setLead("live", QStringLiteral("training, epoch 2"));
        QCOMPARE(box.currentText(), QStringLiteral("training, epoch 2"));
        box.setLead({});
        QCOMPARE(box.run(), std::string("b"));
    }

    void keysChooseAndTheListIsMeasuredOnce()
    {
        RunBox box(RunBox::WhenGone::First);
        box.setRuns({run("b"), run("a")});
        box.show();
        QTest::keyClick(&box, Qt::Key_Down);
        QCOMPARE(box.run(), std::string("a"));
        box.showPopup();
        QVERIFY(qobject_cast<QListView*>(box.view())->uniformItemSizes());
        box.hidePopup();
    }
};

QTEST_MAIN(TestRunBox)
#include "tst_RunBox.moc"
