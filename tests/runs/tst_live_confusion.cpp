// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/ReportThrottle.h"
#include "runs/TrainingQueue.h"
#include "support/FakeEngine.h"
#include "support/ReportRecorder.h"
#include "support/TinyDataset.h"
#include "support/TinyRun.h"

#include <QTemporaryDir>
#include <QTest>

#include <numeric>

using namespace melscope;
using namespace melscope::test;

class TestLiveConfusion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theNewestMatrixSurvivesTheThrottle()
    {
        std::vector<TrainingReport> sent;
        ReportThrottle throttle([&](const TrainingReport& report) { sent.push_back(report); }, std::chrono::hours(1));
        const auto offer = [&](const ConfusionCounts& counts) {
            TrainingReport report;
            report.run = "a";
            report.newConfusion = counts;
            throttle.offer(report);
        };
        offer({}); // sent at once: the state is new
        offer({{1, 0}, {0, 1}});
        offer({{2, 0}, {0, 2}});
        offer({});
        QCOMPARE(sent.size(), size_t{1});
        throttle.flush();
        QCOMPARE(sent.size(), size_t{2});
        QCOMPARE(sent.back().newConfusion, (ConfusionCounts{{2, 0}, {0, 2}}));
        offer({});
        throttle.flush();
        QVERIFY(sent.back().newConfusion.empty()); // old news is no news
    }

    void aTrainingFoldTellsItsMatrix()
    {
        const QTemporaryDir folder;
        const auto dataset = tinyDataset(folder.filePath(QStringLiteral("data")).toStdString(), 2, 6);
        ReportRecorder recorder;
        const auto store = std::make_shared<RunStore>(folder.filePath(QStringLiteral("store")).toStdString());
        TrainingQueue queue(store, recorder.sink(), [] { return std::make_shared<FakeEngine>(); });
        const std::string run = queue.add(tinyRun(dataset, 2, {1})).id;
        recorder.wait(run, RunState::Finished);
        ConfusionCounts last;
        for (const TrainingReport& report : recorder.all())
            if (!report.newConfusion.empty())
                last = report.newConfusion;
        QCOMPARE(last, confusionCounts(store->predictions(run), 2)); // of the last epoch, whose weights the result belongs to
        QCOMPARE(std::accumulate(last[0].begin(), last[0].end(), 0), 3); // clips of its class that the fold holds out
    }
};

QTEST_APPLESS_MAIN(TestLiveConfusion)
#include "tst_live_confusion.moc"
