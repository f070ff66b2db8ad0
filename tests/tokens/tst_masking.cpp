// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/Masking.h"

#include <QtTest>

#include <algorithm>

using namespace melscope;

class TestMasking : public QObject
{
    Q_OBJECT

private:
    const TokenLayout m_layout{.patch = {}, .rows = 8, .columns = 26};

    std::vector<bool> draw(Masking::Strategy strategy, double share, uint64_t seed) const
    {
        RandomStream random({.seed = seed});
        return drawMask({.strategy = strategy, .share = share}, m_layout, random);
    }

    /// Share of hidden tokens both of whose neighbours in time are seen: those that interpolation finds.
    double betweenSeen(const std::vector<bool>& mask) const
    {
        int hidden = 0;
        int between = 0;
        for (int row = 0; row < m_layout.rows; ++row)
            for (int column = 1; column + 1 < m_layout.columns; ++column) {
                const auto at = [&](int c) { return mask[static_cast<size_t>(m_layout.tokenAt(row, c))]; };
                hidden += at(column) ? 1 : 0;
                between += at(column) && !at(column - 1) && !at(column + 1) ? 1 : 0;
            }
        return static_cast<double>(between) / hidden;
    }

private Q_SLOTS:
    void theShareIsHidden_data()
    {
        QTest::addColumn<int>("strategy");
        QTest::addColumn<double>("share");
        QTest::newRow("random 40 %") << int(Masking::Strategy::Random) << 0.4;
        QTest::newRow("block 65 %") << int(Masking::Strategy::Block) << 0.65;
        QTest::newRow("block 99 %") << int(Masking::Strategy::Block) << 0.99;
    }

    void theShareIsHidden()
    {
        QFETCH(int, strategy);
        QFETCH(double, share);
        for (uint64_t seed = 0; seed < 20; ++seed)
            QCOMPARE(std::ranges::count(draw(Masking::Strategy(strategy), share, seed), true), std::lround(share * 208));
    }

    void theStreamAloneDecides()
    {
        for (const auto strategy : {Masking::Strategy::Random, Masking::Strategy::Block}) {
            QVERIFY(draw(strategy, 0.5, 1) == draw(strategy, 0.5, 1));
            QVERIFY(draw(strategy, 0.5, 1) != draw(strategy, 0.5, 2));
        }
    }

    void everyTokenIsHiddenAsOften()
    {
        for (const auto strategy : {Masking::Strategy::Random, Masking::Strategy::Block}) {
            std::vector<int> times(208);
            for (uint64_t seed = 0; seed < 400; ++seed) {
                const std::vector<bool> mask = draw(strategy, 0.5, seed);
                for (size_t token = 0; token < mask.size(); ++token)
                    times[token] += mask[token] ? 1 : 0;
            }
            QVERIFY(std::ranges::min(times) > 140); // of 200 expected, corners included
            QVERIFY(std::ranges::max(times) < 260);
        }
    }

    void blocksLeaveLessToInterpolate()
    {
        double random = 0.0;
        double block = 0.0;
        for (uint64_t seed = 0; seed < 50; ++seed) {
            random += betweenSeen(draw(Masking::Strategy::Random, 0.4, seed)) / 50.0;
            block += betweenSeen(draw(Masking::Strategy::Block, 0.4, seed)) / 50.0;
        }
        QVERIFY(std::abs(random - 0.36) < 0.03); // both neighbours seen: 0.6 squared
        QVERIFY(block < random / 3.0);
    }
};

QTEST_GUILESS_MAIN(TestMasking)
#include "tst_masking.moc"
