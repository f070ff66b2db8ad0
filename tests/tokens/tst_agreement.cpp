// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/RandomStream.h"
#include "support/ErrorOf.h"
#include "tokens/TinyTokens.h"
#include "tokens/TokenAgreement.h"

#include <QtTest>

#include <numeric>

using namespace melscope;

class TestAgreement : public QObject
{
    Q_OBJECT

private:
    static std::vector<int32_t> draws(size_t count, int codes, uint64_t seed)
    {
        RandomStream random({.seed = seed});
        std::vector<int32_t> tokens;
        for (size_t i = 0; i < count; ++i)
            tokens.push_back(static_cast<int32_t>(random.below(codes)));
        return tokens;
    }

private Q_SLOTS:
    void otherNamesForTheSameGroupsAgree()
    {
        const std::vector<int32_t> a = draws(1000, 8, 1);
        std::vector<int32_t> b;
        for (const int32_t token : a)
            b.push_back((token * 3 + 5) % 8);
        const TokenAgreement agreement = tokenAgreement(a, 8, b, 8);
        QVERIFY(std::abs(agreement.adjusted - 1.0) < 1e-9);
        QCOMPARE(agreement.movedShare, 0.0);
        QCOMPARE(agreement.counterpart[1], 0);
    }

    void chanceAgreesByZero()
    {
        // Plain mutual information of 16 x 16 codes over 400 places is far from 0 by chance alone.
        double sum = 0.0;
        for (uint64_t seed = 0; seed < 20; ++seed) {
            const TokenAgreement agreement = tokenAgreement(draws(400, 16, 2 * seed), 16, draws(400, 16, 2 * seed + 1), 16);
            QVERIFY(agreement.mutualInformation > 0.2);
            sum += agreement.adjusted;
        }
        QVERIFY2(std::abs(sum / 20.0) < 0.01, qPrintable(QString::number(sum / 20.0)));
    }

    void expectationIsTheMeanOverAllOrders()
    {
        // {0 0 1 1} against {0 0 1 2}: the mean over the 24 orders of b is the expectation that the adjustment takes away.
        const std::vector<int32_t> a{0, 0, 1, 1};
        const std::vector<int32_t> b{0, 0, 1, 2};
        std::vector<size_t> order{0, 1, 2, 3};
        double expected = 0.0;
        do {
            CountTable table(2, 3);
            for (size_t i = 0; i < 4; ++i)
                ++table.at(a[i], b[order[i]]);
            expected += mutualInformationBits(table) / 24.0;
        } while (std::ranges::next_permutation(order).found);
        const TokenAgreement agreement = tokenAgreement(a, 2, b, 3);
        const double bound = (1.0 + 1.5) / 2.0;
        QVERIFY(std::abs(agreement.adjusted - (agreement.mutualInformation - expected) / (bound - expected)) < 1e-12);
    }

    void silenceOfEitherIsNotCompared()
    {
        const TokenAgreement agreement = tokenAgreement(std::vector<int32_t>{0, silentToken, 1, 1}, 2, std::vector<int32_t>{1, 1, silentToken, 0}, 2);
        QCOMPARE(agreement.compared, int64_t(2));
    }

    void whatMovedIsCounted()
    {
        const TokenAgreement agreement = tokenAgreement(std::vector<int32_t>{0, 0, 0, 0, 1, 1}, 3, std::vector<int32_t>{2, 2, 2, 0, 1, 1}, 3);
        QCOMPARE(agreement.counterpart, (std::vector<int>{2, 1, -1}));
        QCOMPARE(agreement.keptShare[0], 0.75);
        QVERIFY(std::abs(agreement.movedShare - 1.0 / 6.0) < 1e-12);
    }

    void setsOfOtherClipsAreRefused()
    {
        const TokenSet a = test::tinyTokens(2, {{0, 1}});
        TokenSet b = a;
        QVERIFY(std::abs(tokenAgreement(a, b).adjusted - 1.0) < 1e-9);
        b.clips[0] = "other.wav";
        const auto error = test::errorOf([&] { tokenAgreement(a, b); });
        QVERIFY(error && error->kind() == ErrorKind::InvalidValue);
    }
};

QTEST_GUILESS_MAIN(TestAgreement)
#include "tst_agreement.moc"
