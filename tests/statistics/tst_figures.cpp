// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/Calibration.h"
#include "statistics/ClassScores.h"
#include "statistics/ClusteredBootstrap.h"
#include "statistics/PairedTest.h"
#include "statistics/RankingCurves.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace melscope;

namespace {

bool near(double value, double expected, double tolerance = 1e-12)
{
    return std::abs(value - expected) <= tolerance;
}

} // namespace

/// Values from SciPy 1.10.1 and scikit-learn 1.2.1, or from closed forms.
class TestFigures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mcnemarIsTheExactBinomialTest_data()
    {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("second");
        QTest::addColumn<double>("p"); // scipy.stats.binomtest(min, first + second, 0.5).pvalue
        QTest::newRow("no clip decides") << 0 << 0 << 1.0;
        QTest::newRow("one clip") << 1 << 0 << 1.0;
        QTest::newRow("5 : 1") << 5 << 1 << 0.21875;
        QTest::newRow("10 : 3") << 10 << 3 << 0.09228515625;
        QTest::newRow("12 : 30") << 12 << 30 << 0.007915897334896727;
        QTest::newRow("700 : 640") << 700 << 640 << 0.10697992524490965;
        QTest::newRow("1500 : 1300") << 1500 << 1300 << 0.0001684116226437623;
    }

    void mcnemarIsTheExactBinomialTest()
    {
        QFETCH(const int, first);
        QFETCH(const int, second);
        QFETCH(const double, p);
        QVERIFY2(near(mcnemarExact(first, second), p, 1e-9 * p), std::to_string(mcnemarExact(first, second)).c_str());
        QCOMPARE(mcnemarExact(second, first), mcnemarExact(first, second));
    }

    void classScoresAgreeWithScikitLearn()
    {
        const std::vector<ClassScore> scores = classScores({{5, 2, 0, 0}, {1, 6, 1, 0}, {0, 3, 0, 0}, {0, 0, 0, 0}});
        QCOMPARE(scores[0].clips, 7);
        QCOMPARE(scores[1].predicted, 11);
        QVERIFY(near(scores[0].precision, 5.0 / 6.0) && near(scores[1].precision, 6.0 / 11.0) && scores[2].precision == 0.0);
        QVERIFY(near(scores[0].recall, 5.0 / 7.0) && near(scores[1].recall, 0.75) && scores[2].recall == 0.0);
        QVERIFY(near(scores[0].f1, 0.76923076923076923) && near(scores[1].f1, 0.63157894736842105));
        QVERIFY(near(macroF1(scores), 0.46693657219973006)); // the fourth class neither occurs nor is predicted
        QVERIFY(std::isnan(macroF1(classScores({{0, 0}, {0, 0}}))));
    }

    void rankingAreasAgreeWithScikitLearn()
    {
        const std::vector<double> scores{0.9, 0.8, 0.8, 0.7, 0.6, 0.55, 0.5, 0.5, 0.3, 0.1};
        const std::vector<int> positive{1, 1, 0, 1, 0, 1, 0, 0, 1, 0};
        std::vector<RankedClip> clips;
        for (size_t i = 0; i < scores.size(); ++i)
            clips.push_back({scores[i], positive[i] == 1});
        const RankingCurves curves = rankingCurves(clips);
        QVERIFY(near(curves.rocArea, 0.7));
        QVERIFY(near(curves.averagePrecision, 0.7277777777777779));
        QCOMPARE(curves.roc.front(), (CurvePoint{0.0, 0.0}));
        QCOMPARE(curves.roc.back(), (CurvePoint{1.0, 1.0}));
        QCOMPARE(curves.roc.size(), size_t{9}); // two pairs share a score
        QCOMPARE(curves.precisionRecall.back(), (CurvePoint{1.0, 0.5}));
        for (RankedClip& clip : clips)
            clip.score = 0.5;
        QCOMPARE(rankingCurves(clips).rocArea, 0.5);
        QCOMPARE(rankingCurves(clips).averagePrecision, 0.5);
        QVERIFY(std::isnan(rankingCurves(std::vector<RankedClip>{{0.3, true}}).rocArea));
    }

    void calibrationWeighsTheGapOfEveryBin()
    {
        // Nine of ten right at 0.95, two of ten at 0.55: (10 * 0.05 + 10 * 0.35) / 20.
        std::vector<Confidence> predictions;
        for (int i = 0; i < 10; ++i) {
            predictions.push_back({0.95, i < 9});
            predictions.push_back({0.55, i < 2});
        }
        const Calibration calibration = calibrationOf(predictions);
        QVERIFY(near(calibration.expectedError, 0.2));
        QVERIFY(near(calibration.meanConfidence, 0.75) && near(calibration.accuracy, 0.55));
        QCOMPARE(calibration.bins.size(), size_t{10});
        QCOMPARE(calibration.bins[9].count, 10);
        QVERIFY(near(calibration.bins[9].accuracy, 0.9) && near(calibration.bins[5].accuracy, 0.2));
        QVERIFY(std::isnan(calibration.bins[0].accuracy));
        QVERIFY(std::isnan(calibrationOf({}).expectedError));
        // A bin holds its upper end, the first one zero as well.
        const Calibration edges = calibrationOf(std::vector<Confidence>{{0.0, false}, {0.1, false}, {1.0, true}});
        QCOMPARE(edges.bins[0].count, 2);
        QCOMPARE(edges.bins[9].count, 1);
    }

    void theBootstrapKnowsTheBinomialsWidth()
    {
        // Clusters of one clip are clips: the interval is the normal one, 0.8 +- 1.96 sqrt(0.16 / 400), but for 4,000 resamples.
        std::vector<ClusterSum> clips;
        for (int i = 0; i < 400; ++i)
            clips.push_back({i % 5 == 0 ? 0.0 : 1.0, 1});
        const Interval interval = clusteredBootstrap(clips);
        QVERIFY2(near(interval.low, 0.7608, 0.004) && near(interval.high, 0.8392, 0.004), std::to_string(interval.low).c_str());
        QCOMPARE(clusteredBootstrap(clips, bootstrapResamples, 0).low, interval.low);
        QVERIFY(clusteredBootstrap(clips, bootstrapResamples, 1).low != interval.low || clusteredBootstrap(clips, bootstrapResamples, 1).high != interval.high);
    }

    void clipsOfOneRecordingDoNotCountTwice()
    {
        // The same 400 clips, but four a recording and alike: as sure as 100 clips, so twice as wide.
        std::vector<ClusterSum> recordings;
        for (int i = 0; i < 100; ++i)
            recordings.push_back({i % 5 == 0 ? 0.0 : 4.0, 4});
        const Interval interval = clusteredBootstrap(recordings);
        QVERIFY2(near(interval.high - interval.low, 2 * 1.96 * std::sqrt(0.16 / 100.0), 0.01), std::to_string(interval.high - interval.low).c_str());
        QCOMPARE(clusteredBootstrap({}).high, 1.0);
        QCOMPARE(clusteredBootstrap(std::vector<ClusterSum>{{3.0, 3}}).low, 1.0);
    }
};

QTEST_APPLESS_MAIN(TestFigures)
#include "tst_figures.moc"
