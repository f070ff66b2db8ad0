// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "support/ErrorOf.h"
#include "training/LabelSafety.h"

#include <QtTest>

using namespace melscope;

class TestLabelSafety : public QObject
{
    Q_OBJECT

private:
    /// Class 0: three clips, one of which changes under half of its draws of the second augmentation. Class 1: one clip that always
    /// changes under it, and back to what it is. Class 2: none.
    static std::vector<AugmentedLabels> labels()
    {
        return {{.clip = 0, .label = 0, .plain = 0, .drawn = {{0, 0}, {0, 0}}},
                {.clip = 1, .label = 0, .plain = 0, .drawn = {{0, 0}, {2, 0}}},
                {.clip = 2, .label = 0, .plain = 0, .drawn = {{0, 0}, {0, 0}}},
                {.clip = 3, .label = 1, .plain = 2, .drawn = {{2, 2}, {1, 1}}}};
    }

private Q_SLOTS:
    void countsChangesByClassAndInAll()
    {
        const LabelSafety safety = labelSafety(labels(), {"dog", "rain", "wind"}, {"nothing", "mask"});
        QCOMPARE(safety.draws, 2);
        for (const ChangedShare& cell : {safety.overall[0], safety.byClass[0][0], safety.byClass[1][0]})
            QCOMPARE(cell.share, 0.0);
        QCOMPARE(safety.overall[1].clips, 4);
        QCOMPARE(safety.overall[1].share, (0.5 + 1.0) / 4.0);
        QCOMPARE(safety.byClass[0][1].clips, 3);
        QCOMPARE(safety.byClass[0][1].share, 0.5 / 3.0);
        QCOMPARE(safety.byClass[1][1].share, 1.0);
    }

    void intervalsAreOverClipsNotDraws()
    {
        const LabelSafety safety = labelSafety(labels(), {"dog", "rain", "wind"}, {"nothing", "mask"});
        QCOMPARE(safety.overall[0].interval.high, wilsonInterval(0, 4).high);
        QCOMPARE(safety.byClass[1][1].interval.low, wilsonInterval(1, 1).low);
    }

    void aClassWithoutClipsSaysNothing()
    {
        const LabelSafety safety = labelSafety(labels(), {"dog", "rain", "wind"}, {"nothing", "mask"});
        QCOMPARE(safety.byClass[2][1].clips, 0);
        QCOMPARE(safety.byClass[2][1].interval.low, 0.0);
        QCOMPARE(safety.byClass[2][1].interval.high, 1.0);
    }

    void aChangeMayMendAPrediction()
    {
        const LabelSafety safety = labelSafety(labels(), {"dog", "rain", "wind"}, {"nothing", "mask"});
        QCOMPARE(safety.accuracy, 0.75);
        QCOMPARE(safety.accuracyUnder[0], 0.75);
        QCOMPARE(safety.accuracyUnder[1], (1.0 + 0.5 + 1.0 + 1.0) / 4.0);
    }

    void sharesAreTheNearestNumbersToTheirFractions()
    {
        std::vector<AugmentedLabels> many;
        for (int clip = 0; clip < 80; ++clip)
            many.push_back({.clip = clip, .label = 0, .plain = clip < 73 ? 0 : 1, .drawn = {{0, clip < 11 ? 1 : 0, 1}}});
        const LabelSafety safety = labelSafety(many, {"dog", "rain"}, {"mask"});
        QVERIFY(safety.accuracy == 73.0 / 80.0);
        QVERIFY(safety.accuracyUnder[0] == (80.0 + 69.0) / 240.0);
        // Of the 73: the third draw always, the second of eleven. Of the 7 that are taken for rain: the first two.
        QVERIFY(safety.overall[0].share == (73.0 + 11.0 + 14.0) / 240.0);
    }

    void withoutClipsThereIsNoTable()
    {
        const auto error = test::errorOf([] { labelSafety({}, {"dog"}, {"mask"}); });
        QVERIFY(error);
        QCOMPARE(error->kind(), ErrorKind::Empty);
    }
};

QTEST_APPLESS_MAIN(TestLabelSafety)
#include "tst_label_safety.moc"
