// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/TinyTokens.h"
#include "tokens/TokenOccurrences.h"
#include "tokens/TokenStatisticsText.h"

#include <QtTest>

using namespace melscope;
using test::tinyTokens;

class TestStatistics : public QObject
{
    Q_OBJECT

private:
    static bool near(double a, double b) { return std::abs(a - b) < 1e-12; }

private Q_SLOTS:
    void evenUseHasThePerplexityOfTheCodes()
    {
        // 4 codes, each in one of four columns of both rows; two more are never used.
        const TokenStatistics statistics = tokenStatistics(tinyTokens(6, {{0, 0, 1, 1, 2, 2, 3, 3}}));
        QCOMPARE(statistics.tokens, int64_t(8));
        QVERIFY(near(statistics.entropy, 2.0));
        QVERIFY(near(statistics.perplexity, 4.0));
        QCOMPARE(statistics.usedCodes, 4);
        QCOMPARE(statistics.deadCodes(), (std::vector<int>{4, 5}));
        QVERIFY(near(statistics.majorityAccuracy, 0.25));
        QVERIFY(near(statistics.bigramAccuracy, 1.0)); // after 0 always comes 1, ...
    }

    void oneCodeForAllHasPerplexityOne()
    {
        const TokenStatistics statistics = tokenStatistics(tinyTokens(4, {{1, 1, 1, 1}}));
        QVERIFY(near(statistics.perplexity, 1.0));
        QVERIFY(near(statistics.majorityAccuracy, 1.0));
    }

    void silenceIsCountedAndLeftOut()
    {
        const TokenStatistics statistics = tokenStatistics(tinyTokens(2, {{0, -1, -1, -1, 1, -1}}));
        QCOMPARE(statistics.tokens, int64_t(2));
        QCOMPARE(statistics.silent, int64_t(4));
        QVERIFY(near(statistics.silentShare(), 4.0 / 6.0));
        QCOMPARE(std::ranges::max(statistics.bigrams.counts), int64_t(0)); // silence lies between the two
        const TokenStatistics nothing = tokenStatistics(tinyTokens(2, {{-1, -1}}));
        QCOMPARE(nothing.perplexity, 0.0);
        QCOMPARE(nothing.bigramAccuracy, 0.0);
    }

    void positionsAreCounted()
    {
        // Row 0: codes 0, 1, 0; row 1: always 2.
        const TokenStatistics statistics = tokenStatistics(tinyTokens(3, {{0, 2, 1, 2, 0, 2}}));
        QCOMPARE(statistics.byRow.at(0, 0), int64_t(2));
        QCOMPARE(statistics.byRow.at(2, 1), int64_t(3));
        QCOMPARE(statistics.byRow.at(2, 0), int64_t(0));
        QCOMPARE(statistics.byColumn.at(0, 0), int64_t(1));
        QCOMPARE(statistics.byColumn.at(0, 2), int64_t(1));
        QCOMPARE(statistics.byColumn.at(1, 1), int64_t(1));
        QCOMPARE(statistics.bigrams.at(2, 2), int64_t(2)); // within a row, never from one row to the next
        QCOMPARE(statistics.bigrams.at(0, 1), int64_t(1));
        QCOMPARE(statistics.bigrams.at(0, 2), int64_t(0));
    }

    void aCodePerClassTellsTheClass()
    {
        const TokenStatistics statistics = tokenStatistics(tinyTokens(2, {{0, 0}, {1, 1}}));
        QVERIFY(near(statistics.mutualInformation, 1.0));
        QVERIFY(near(statistics.classEntropy, 1.0));
        QCOMPARE(statistics.byClass.at(0, 0), int64_t(2));
        QCOMPARE(statistics.byClass.at(0, 1), int64_t(0));
    }

    void codesThatIgnoreTheClassTellNothing()
    {
        const TokenStatistics statistics = tokenStatistics(tinyTokens(2, {{0, 1}, {1, 0}}));
        QVERIFY(near(statistics.mutualInformation, 0.0));
    }

    void onlyTheClipsAskedForAreCounted()
    {
        const TokenSet set = tinyTokens(2, {{0, 0}, {1, 1}, {0, 0}});
        const std::vector<int> one{1};
        QCOMPARE(tokenStatistics(set, one).usage, (std::vector<int64_t>{0, 2}));
        QCOMPARE(tokenStatistics(set).usage, (std::vector<int64_t>{4, 2}));
    }

    void occurrencesAreSortedByDistance()
    {
        TokenSet set = tinyTokens(3, {{0, 1, 0, -1}, {0, 1, 1, 0}});
        set.distances = {0.5f, 0.2f, 0.1f, 0.0f, 0.3f, 0.2f, 0.9f, 0.1f};
        const TokenOccurrences occurrences(set);
        const auto places = occurrences.places(0);
        QCOMPARE(places.size(), size_t(4));
        QCOMPARE(places[0], (TokenPlace{.clip = 0, .token = 2, .distance = 0.1f}));
        QCOMPARE(places[1], (TokenPlace{.clip = 1, .token = 3, .distance = 0.1f}));
        QCOMPARE(places[2], (TokenPlace{.clip = 1, .token = 0, .distance = 0.3f}));
        QCOMPARE(*occurrences.medoid(1), (TokenPlace{.clip = 0, .token = 1, .distance = 0.2f}));
        QVERIFY(!occurrences.medoid(2));
        QVERIFY(occurrences.places(2).empty());
    }

    void tablesSayTheSame()
    {
        const TokenSet set = tinyTokens(3, {{0, 2, 1, 2, 0, 2}});
        const TokenStatistics statistics = tokenStatistics(set);
        const Json json = toJson(statistics, set);
        QCOMPARE(json["perplexity"].get<double>(), statistics.perplexity);
        QCOMPARE(json["code_table"][2]["usage"].get<int64_t>(), int64_t(3));
        QCOMPARE(json["code_table"][2]["top_class"].get<std::string>(), std::string("rain"));
        QCOMPARE(json["bigrams"][0]["count"].get<int64_t>(), int64_t(2));
        QCOMPARE(QString::fromStdString(bigramCsv(statistics)), QStringLiteral("code,next,count\r\n2,2,2\r\n0,1,1\r\n1,0,1\r\n"));
        const QStringList lines = QString::fromStdString(codeTableCsv(statistics, set)).split(QStringLiteral("\r\n"));
        QCOMPARE(lines[0], QStringLiteral("code,usage,share,top_class,top_class_share,row 0,row 1,column 0,column 1,column 2,class rain,class wind"));
        QCOMPARE(lines[3], QStringLiteral("2,3,0.5,rain,1,0,3,1,1,1,3,0"));
    }
};

QTEST_GUILESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
