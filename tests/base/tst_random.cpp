// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/RandomStream.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <set>
#include <vector>

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

    void manyNormalsAtOnceAreNormal()
    {
        std::vector<float> values(1'000'001);
        RandomStream({.seed = 11}).normals(values);
        const auto count = static_cast<double>(values.size());
        double sum = 0.0, squares = 0.0, fourth = 0.0, halves = 0.0, neighbours = 0.0;
        int beyond2 = 0, beyond4 = 0;
        const size_t half = (values.size() + 1) / 2;
        for (size_t i = 0; i < values.size(); ++i) {
            const auto value = static_cast<double>(values[i]);
            sum += value;
            squares += value * value;
            fourth += value * value * value * value;
            beyond2 += std::abs(value) > 2.0;
            beyond4 += std::abs(value) > 4.0;
            neighbours += i > 0 ? value * static_cast<double>(values[i - 1]) : 0.0;
            halves += i >= half ? value * value * static_cast<double>(values[i - half] * values[i - half]) : 0.0;
        }
        // Four standard errors.
        QVERIFY(std::abs(sum / count) < 4.0 / std::sqrt(count));
        QVERIFY(std::abs(squares / count - 1.0) < 4.0 * std::sqrt(2.0 / count));
        QVERIFY(std::abs(fourth / count - 3.0) < 4.0 * std::sqrt(96.0 / count));
        QVERIFY(std::abs(neighbours / count) < 4.0 / std::sqrt(count));
        QVERIFY(std::abs(halves / static_cast<double>(half) - 1.0) < 4.0 * std::sqrt(8.0 / static_cast<double>(half)));
        const auto close = [&](int hits, double share) { return std::abs(hits - share * count) < 4.0 * std::sqrt(share * count); };
        QVERIFY(close(beyond2, std::erfc(2.0 / std::numbers::sqrt2)));
        QVERIFY(close(beyond4, std::erfc(4.0 / std::numbers::sqrt2)));
    }

    void manyNormalsAtOnceFollowTheStream()
    {
        // Box-Muller of the stream's own bits, in double precision; any size, also in the middle of a stream.
        for (const size_t size : {size_t{0}, size_t{1}, size_t{2}, size_t{7}, size_t{1000}, size_t{1025}, size_t{5001}}) {
            RandomStream bulk({.seed = 3, .clip = size});
            RandomStream single({.seed = 3, .clip = size});
            QCOMPARE(bulk.bits(), single.bits());
            std::vector<float> values(size);
            bulk.normals(values);
            const size_t half = (size + 1) / 2;
            for (size_t i = 0; i < half; ++i) {
                const uint64_t bits = single.bits();
                const double uniform = (static_cast<double>(bits >> 1 & 0x7fffffff) + 0.5) * 0x1p-31;
                const auto turn = static_cast<int32_t>(bits >> 32);
                const double radius = std::sqrt(-2.0 * std::log(uniform)) * (turn % 2 ? -1.0 : 1.0);
                const double angle = turn * 0x1p-32 * std::numbers::pi;
                const double tolerance = 1e-3; // single precision next to 1, where the radius vanishes
                QVERIFY(std::abs(static_cast<double>(values[i]) - radius * std::cos(angle)) < tolerance);
                if (half + i < size)
                    QVERIFY(std::abs(static_cast<double>(values[half + i]) - radius * std::sin(angle)) < tolerance);
            }
            QCOMPARE(bulk.bits(), single.bits());
        }
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
