// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/RandomStream.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

using namespace melscope;

class TestRandom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalKeysGiveEqualNumbers()
    {
        RandomStream a({.seed = 1, .epoch = 2, .clip = 3, .index = 4});
        RandomStream b({.seed = 1, .epoch = 2, .clip = 3, .index = 4});
        for (int i = 0; i < 100; ++i)
            QCOMPARE(a.bits(), b.bits());
    }

    void everyPartOfTheKeyAndItsPlaceMatter()
    {
        std::set<uint64_t> first;
        for (const RandomKey& key : {RandomKey{}, RandomKey{.seed = 1}, RandomKey{.epoch = 1}, RandomKey{.clip = 1}, RandomKey{.index = 1},
                                     RandomKey{.seed = 1, .epoch = 1}, RandomKey{.clip = 1, .index = 1}})
            first.insert(RandomStream(key).bits());
        QCOMPARE(first.size(), size_t{7});
    }

    void uniformHasItsMeanAndVariance()
    {
        RandomStream random({.seed = 7});
        constexpr int count = 100'000;
        double sum = 0.0, squares = 0.0;
        for (int i = 0; i < count; ++i) {
            const double value = random.uniform();
            QVERIFY(value >= 0.0 && value < 1.0);
            sum += value;
            squares += value * value;
        }
        // Four standard errors of mean and second moment.
        QVERIFY(std::abs(sum / count - 0.5) < 4.0 * std::sqrt(1.0 / 12.0 / count));
        QVERIFY(std::abs(squares / count - 1.0 / 3.0) < 4.0 * std::sqrt(4.0 / 45.0 / count));
    }

    void normalHasItsMoments()
    {
        RandomStream random({.seed = 8});
        constexpr int count = 100'000;
        double sum = 0.0, squares = 0.0, fourth = 0.0;
        for (int i = 0; i < count; ++i) {
            const double value = random.normal();
            sum += value;
            squares += value * value;
            fourth += value * value * value * value;
        }
        QVERIFY(std::abs(sum / count) < 4.0 / std::sqrt(count));
        QVERIFY(std::abs(squares / count - 1.0) < 4.0 * std::sqrt(2.0 / count));
        QVERIFY(std::abs(fourth / count - 3.0) < 4.0 * std::sqrt(96.0 / count));
    }

    void betaHasItsMoments_data()
    {
        QTest::addColumn<double>("alpha");
        for (const double alpha : {0.02, 0.2, 1.0, 2.0, 50.0})
            QTest::addRow("%g", alpha) << alpha;
    }
    void betaHasItsMoments()
    {
        QFETCH(const double, alpha);
        RandomStream random({.seed = 10});
        constexpr int count = 100'000;
        double sum = 0.0, squares = 0.0, fourth = 0.0;
        for (int i = 0; i < count; ++i) {
            const double value = random.beta(alpha);
            QVERIFY(value >= 0.0 && value <= 1.0);
            const double square = (value - 0.5) * (value - 0.5);
            sum += value;
            squares += square;
            fourth += square * square;
        }
        const double variance = 1.0 / (4.0 * (2.0 * alpha + 1.0));
        const double fourthMoment = variance * variance * 3.0 * (2.0 * alpha + 1.0) / (2.0 * alpha + 3.0);
        QVERIFY(std::abs(sum / count - 0.5) < 4.0 * std::sqrt(variance / count));
        QVERIFY(std::abs(squares / count - variance) < 4.0 * std::sqrt((fourthMoment - variance * variance) / count));
        QVERIFY(std::abs(fourth / count - fourthMoment) < 0.03 * fourthMoment);
    }

    void belowIsEven()
    {
        RandomStream random({.seed = 9});
        std::array<int, 6> hits{};
        constexpr int count = 60'000;
        for (int i = 0; i < count; ++i)
            ++hits.at(static_cast<size_t>(random.below(6)));
        double chiSquare = 0.0;
        for (const int hit : hits)
            chiSquare += (hit - count / 6.0) * (hit - count / 6.0) / (count / 6.0);
        QVERIFY(chiSquare < 20.5); // 99.9 % of chi-square with 5 degrees of freedom
    }

    void permutationHoldsEveryNumberOnceAndDiffersBySeed()
    {
        auto order = RandomStream({.seed = 1}).permutation(500);
        QVERIFY(order != RandomStream({.seed = 2}).permutation(500));
        std::sort(order.begin(), order.end());
        for (int64_t i = 0; i < 500; ++i)
            QCOMPARE(order[static_cast<size_t>(i)], i);
    }
};

QTEST_APPLESS_MAIN(TestRandom)
#include "tst_random.moc"
