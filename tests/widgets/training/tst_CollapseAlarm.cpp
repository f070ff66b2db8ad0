// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/CollapseAlarm.h"
#include "training/TrainPage.h"

#include <QTest>
#include <QToolButton>

using namespace melscope;

namespace {

TrainingReport report(const std::string& run, int epoch, double guessed)
{
    TrainingReport made{.run = run, .state = RunState::Running, .fold = 2, .foldCount = 1, .epoch = epoch + 1, .epochs = 40};
    made.stage.name = "masked-1";
    made.newEpochs = {{.fold = 2, .stage = "masked-1", .epoch = epoch, .epochs = 40,
                       .figures = {{"target_codes", 120}, {"target_perplexity", 80}, {"guessed_codes", guessed}}}};
    return made;
}

struct Page
{
    TrainPage page;
    CollapseAlarm& alarm = *page.alarm();

    Page()
    {
        page.setRuns({{.id = "a", .name = "brave-otter-7", .state = RunState::Running}, {.id = "b", .name = "calm-heron-2", .state = RunState::Queued}});
        page.resize(1200, 700);
        page.show();
    }
    void dismiss() const { alarm.findChild<QToolButton*>()->click(); }
};

} // namespace

class TestCollapseAlarm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCollapseIsSaidAboveTheCurves()
    {
        Page shown;
        shown.page.applyReport(report("a", 2, 100));
        QVERIFY(shown.alarm.isHidden());
        shown.page.applyReport(report("a", 3, 2));
        QVERIFY(shown.alarm.isVisible());
        QVERIFY2(shown.alarm.sentence().startsWith(QLatin1String("brave-otter-7, fold 2: The model has collapsed")), qPrintable(shown.alarm.sentence()));
        QCOMPARE(shown.alarm.severity(), ProblemBar::Severity::Warning);
    }

    void itGoesWhenTheRunRecovers()
    {
        Page shown;
        shown.page.applyReport(report("a", 3, 2));
        shown.page.applyReport(report("b", 3, 100)); // another run's health says nothing
        QVERIFY(shown.alarm.isVisible());
        TrainingReport between{.run = "a", .state = RunState::Running};
        shown.page.applyReport(between); // no epoch, no verdict
        QVERIFY(shown.alarm.isVisible());
        shown.page.applyReport(report("a", 4, 50));
        QVERIFY(shown.alarm.isHidden());
    }

    void dismissedItStaysSilentUntilTheRunHasRecovered()
    {
        Page shown;
        shown.page.applyReport(report("a", 3, 2));
        shown.dismiss();
        QVERIFY(shown.alarm.isHidden());
        shown.page.applyReport(report("a", 4, 2));
        QVERIFY(shown.alarm.isHidden());
        shown.page.applyReport(report("a", 5, 60));
        shown.page.applyReport(report("a", 6, 2));
        QVERIFY(shown.alarm.isVisible());
    }

    void aRemovedRunTakesItsAlarmAlong()
    {
        Page shown;
        shown.page.applyReport(report("a", 3, 2));
        shown.page.setRuns({{.id = "b", .name = "calm-heron-2", .state = RunState::Queued}});
        QVERIFY(shown.alarm.isHidden());
    }
};

QTEST_MAIN(TestCollapseAlarm)
#include "tst_CollapseAlarm.moc"
