// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/ClassInformation.h"
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
        QCOMPARE(statistics.silence.counts, (std::vector<int64_t>{0, 1, 0, 1, 1, 1})); // two rows, the lower first, of three columns
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
        QCOMPARE(statistics.classInformation, (std::vector<double>{1.0, 1.0}));
        QCOMPARE(statistics.byClass.at(0, 0), int64_t(2));
        QCOMPARE(statistics.byClass.at(0, 1), int64_t(0));
    }

    void codesThatIgnoreTheClassTellNothing()
    {
        const TokenStatistics statistics = tokenStatistics(tinyTokens(2, {{0, 1}, {1, 0}}));
        QVERIFY(near(statistics.mutualInformation, 0.0));
    }

    void whatACodeTellsIsTheDivergenceOfItsClasses()
    {
        // Classes 3 : 1 over all; code 0 has the first alone, code 1 both alike, code 2 is never used.
        CountTable byClass(3, 2);
        byClass.counts = {4, 0, 2, 2, 0, 0};
        const std::vector<double> bits = classInformation(byClass);
        QVERIFY(near(bits[0], std::log2(4.0 / 3.0)));
        QVERIFY(near(bits[1], 0.5 * std::log2(0.5 / 0.75) + 0.5 * std::log2(0.5 / 0.25)));
        QCOMPARE(bits[2], 0.0);
        QVERIFY(near((bits[0] + bits[1]) / 2.0, mutualInformationBits(byClass)));
    }

    void chanceIsWhatOtherLabelsWouldTell()
    {
        // Every clip has a code of its own: any labels are told in full, so all of the information may be chance.
        QVERIFY(near(tokenStatistics(tinyTokens(4, {{0, 0}, {1, 1}, {2, 2}, {3, 3}})).chanceInformation, 1.0));
        // Clips that are all alike tell nothing under any labels.
        QVERIFY(near(tokenStatistics(tinyTokens(2, {{0, 1}, {0, 1}, {0, 1}, {0, 1}})).chanceInformation, 0.0));
        // Of two codes in 200 clips, chance leaves (2 - 1) (2 - 1) / (2 n ln 2) bits in the mean (Miller 1955); all of the code's one bit is true.
        std::vector<std::vector<int32_t>> clips;
        for (int clip = 0; clip < 200; ++clip)
            clips.push_back({clip % 2, -1});
        const TokenStatistics many = tokenStatistics(tinyTokens(2, clips));
        QVERIFY(near(many.mutualInformation, 1.0));
        const double expected = 1.0 / (2.0 * 200.0 * std::log(2.0));
        QVERIFY2(many.chanceInformation > expected / 3.0 && many.chanceInformation < expected * 3.0, qPrintable(QString::number(many.chanceInformation)));
    }

    void bandAndTimeAreToldByCodesThatKeepToThem()
    {
        const TokenStatistics byBand = tokenStatistics(tinyTokens(2, {{0, 1, 0, 1}}));
        QVERIFY(near(byBand.rowInformation, 1.0));
        QVERIFY(near(byBand.columnInformation, 0.0));
        const TokenStatistics byTime = tokenStatistics(tinyTokens(2, {{0, 0, 1, 1}}));
        QVERIFY(near(byTime.rowInformation, 0.0));
        QVERIFY(near(byTime.columnInformation, 1.0));
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
        QCOMPARE(json["chance_information_bits"].get<double>(), statistics.chanceInformation);
        QCOMPARE(json["band_information_bits"].get<double>(), statistics.rowInformation);
        QCOMPARE(QString::fromStdString(silenceCsv(statistics)).section(QStringLiteral("\r\n"), 0, 1), QStringLiteral("row,column,silent,clips\r\n0,0,0,1"));
        QCOMPARE(json["code_table"][2]["usage"].get<int64_t>(), int64_t(3));
        QCOMPARE(json["code_table"][2]["top_class"].get<std::string>(), std::string("rain"));
        QCOMPARE(json["bigrams"][0]["count"].get<int64_t>(), int64_t(2));
        QCOMPARE(QString::fromStdString(bigramCsv(statistics)), QStringLiteral("code,next,count\r\n2,2,2\r\n0,1,1\r\n1,0,1\r\n"));
        const QStringList lines = QString::fromStdString(codeTableCsv(statistics, set)).split(QStringLiteral("\r\n"));
        QCOMPARE(lines[0], QStringLiteral("code,usage,share,top_class,top_class_share,class_information_bits,row 0,row 1,column 0,column 1,column 2,class rain,class wind"));
        QCOMPARE(lines[3], QStringLiteral("2,3,0.5,rain,1,0,0,3,1,1,1,3,0"));
    }
};

QTEST_GUILESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
