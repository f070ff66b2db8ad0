// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ChainParts.h"
#include "runs/RunLabelSafety.h"
#include "runs/TrainingQueue.h"
#include "support/ErrorOf.h"
#include "support/FakeEngine.h"
#include "support/ReportRecorder.h"
#include "support/TinyDataset.h"
#include "support/TinyRun.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace melscope;
using namespace melscope::test;
namespace fs = std::filesystem;

class TestLabelSafety : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void labelSafetyTestsEveryKeptFold()
    {
        const QTemporaryDir temporary;
        const fs::path folder(temporary.path().toStdString());
        const auto store = std::make_shared<RunStore>(folder / "store");
        ReportRecorder recorder;
        TrainingQueue queue(store, recorder.sink(), [] { return std::make_shared<FakeEngine>(FakeScript{}); });
        const std::string id = queue.add(tinyRun(tinyDataset(folder / "data"), 2, {}, 1)).id;
        queue.waitUntilIdle();
        const RunRecord run = store->find(id);
        FakeEngine engine; // of every fold's 4 clips two change under every augmentation
        int last = 0, total = 0;
        const auto count = [&](int done, int all) {
            last = done;
            total = all;
            return true;
        };
        const LabelSafety safety = measureLabelSafety(*store, run, nullptr, {.draws = 3}, engine, count);
        QCOMPARE(safety.augmentations.size(), eachAlone(store->recipe(run.id).augmentation).size());
        QVERIFY(!safety.augmentations.empty());
        QCOMPARE(safety.draws, 3);
        for (const ChangedShare& cell : safety.overall) {
            QCOMPARE(cell.clips, 8);
            QCOMPARE(cell.share, 0.5);
        }
        QCOMPARE(total, 8);
        QVERIFY(last > 4);
        const std::string csv = toCsv(safety);
        QCOMPARE(std::ranges::count(csv, '\n'), 2 + std::ssize(safety.classes));
        QVERIFY(csv.find("\nall,8,0.5,") != std::string::npos);
        const auto cancelled = errorOf([&] { measureLabelSafety(*store, run, nullptr, {}, engine, [](int, int) { return false; }); });
        QCOMPARE(cancelled->kind(), ErrorKind::Cancelled);
        const auto empty = errorOf([&] { measureLabelSafety(*store, run, nullptr, {.chain = AugmentationChain()}, engine, count); });
        QCOMPARE(empty->kind(), ErrorKind::Empty);
    }
};

QTEST_APPLESS_MAIN(TestLabelSafety)
#include "tst_label_safety.moc"
