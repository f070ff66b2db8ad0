// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/CostProbe.h"
#include "engine/Cpu.h"
#include "engine/PeakMemory.h"
#include "engine/TinyFold.h"
#include "support/ErrorOf.h"

#include <QtTest>

#include <sys/mman.h>

#include <cstring>

using namespace melscope;
using melscope::test::errorOf;

class TestCostProbe : public QObject
{
    Q_OBJECT

private:
    static TrainingCost costOf(const TinyFold& fold, const QTemporaryDir& scratch, const std::function<bool(const std::string&)>& goOn)
    {
        return measureCost(fold.job, fold.data(), TinyFold::makeNetwork, {}, scratch.path().toStdString(), goOn);
    }

private Q_SLOTS:
    void initTestCase() { prepareTrainingThread(1); }

    void measuresEveryKindOfEpochAndLeavesNothing_data()
    {
        QTest::addColumn<QString>("headEpochs");
        QTest::newRow("all of the network") << "0";
        QTest::newRow("first the head") << "1";
        QTest::newRow("the head alone") << "4";
    }

    void measuresEveryKindOfEpochAndLeavesNothing()
    {
        QFETCH(QString, headEpochs);
        const QTemporaryDir scratch;
        TinyFold fold;
        fold.job.recipe = TinyFold::recipe("efficientnet-b0").with({{"training.head_epochs", headEpochs.toStdString()}, {"training.ema_epochs", "1"}});
        const TrainingCost cost = costOf(fold, scratch, [](const std::string&) { return true; });
        QVERIFY(cost.secondsPerEpoch > 0.0 && cost.secondsPerFold > cost.secondsPerEpoch);
        QVERIFY(cost.peakMemoryMb > 10.0 && cost.peakMemoryMb < 4096.0);
        QCOMPARE(cost.parameters, countParameters(*TinyFold::makeNetwork(4)));
        QCOMPARE(cost.precision, std::string("fp32"));
        QVERIFY(QDir(scratch.path()).isEmpty());
        QVERIFY(QDir(fold.folder.path()).isEmpty()); // nor where the run would be
    }

    void canBeGivenUp()
    {
        const QTemporaryDir scratch;
        const TinyFold fold;
        QCOMPARE(errorOf([&] { costOf(fold, scratch, [](const std::string&) { return false; }); }).value().kind(), ErrorKind::Cancelled);
        QVERIFY(QDir(scratch.path()).isEmpty());
    }

    void thePeakIsCountedAnew()
    {
        constexpr size_t bytes = 200 << 20;
        const PeakMemory before;
        void* const memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        QVERIFY(memory != MAP_FAILED);
        std::memset(memory, 1, bytes);
        const double with = before.megabytes();
        ::munmap(memory, bytes);
        QCOMPARE_GE(with, 200.0);
        const PeakMemory after;
        if (after.megabytes() >= with)
            QSKIP("This kernel does not let the peak be counted anew.");
        QCOMPARE_LE(after.megabytes(), with - 190.0);
    }
};

QTEST_GUILESS_MAIN(TestCostProbe)
#include "tst_cost_probe.moc"
