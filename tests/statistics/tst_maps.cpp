// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/NearestNeighbours.h"
#include "statistics/PrincipalComponents.h"
#include "statistics/TSne.h"
#include "support/ErrorOf.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace melscope;
using melscope::test::errorOf;

namespace {

constexpr size_t rows = 150, columns = 8, groups = 5;

/// 150 points in 8 dimensions around 5 centres: numbers of Knuth's generator, so that any language can make them.
FeatureMatrix points()
{
    uint64_t state = 12345;
    const auto next = [&] {
        state = state * 6364136223846793005ull + 1442695040888963407ull;
        return static_cast<double>(state >> 11) / 9007199254740992.0;
    };
    std::array<double, groups * columns> centres{};
    for (double& value : centres)
        value = 4.0 * next();
    FeatureMatrix matrix{.rows = rows, .columns = columns, .values = {}};
    for (size_t row = 0; row < rows; ++row)
        for (size_t column = 0; column < columns; ++column)
            matrix.values.push_back(static_cast<float>(centres[row % groups * columns + column] + 1.6 * (next() - 0.5)));
    return matrix;
}

/// x and y of scikit-learn 1.2.1: TSNE(init='pca', perplexity=20, learning_rate='auto', method='exact', random_state=0), to 0.1.
constexpr std::array<float, 2 * rows> referenceMap{
    -25.5, -0.1, -10.0, 27.9, 5.8, 6.2, -2.4, -25.6, 34.3, -2.1, -25.5, -2.9, -10.0, 27.4, 7.5, 5.9, -1.1, -23.5, 33.2, -2.7,
    -26.5, -1.6, -9.4, 26.5, 7.6, 5.2, -1.1, -25.0, 33.0, -1.0, -27.3, -1.6, -10.9, 26.3, 8.2, 5.2, 0.5, -24.8, 33.2, -0.5,
    -23.3, -1.0, -11.4, 27.4, 6.3, 3.5, -1.2, -25.5, 33.4, 0.5, -23.5, -1.0, -9.8, 26.5, 7.1, 4.9, -0.8, -26.4, 33.0, -2.7,
    -25.6, -2.0, -8.9, 28.5, 8.2, 4.1, -1.8, -24.9, 32.8, -0.6, -26.1, -1.3, -8.5, 27.6, 6.7, 6.3, 0.1, -24.8, 32.2, -1.1, -23.5,
    -2.6, -9.1, 28.6, 8.1, 5.3, -0.5, -26.5, 33.5, 0.6, -24.3, -2.1, -9.8, 28.0, 5.5, 5.8, -2.3, -24.1, 33.3, -3.8, -23.9, -3.0,
    -9.4, 29.1, 5.6, 4.7, -2.5, -26.0, 33.2, -1.5, -26.8, -2.4, -9.4, 28.5, 7.4, 4.6, -1.4, -25.6, 34.3, -1.6, -24.7, -2.9, -9.8,
    26.6, 6.4, 4.6, -1.6, -25.8, 34.9, -0.5, -25.2, -2.5, -9.7, 29.2, 6.2, 5.2, -1.4, -26.3, 33.7, -1.0, -26.0, -1.1, -10.9,
    27.6, 8.2, 5.6, -0.9, -23.9, 33.3, -1.2, -25.8, -2.1, -10.5, 29.1, 5.9, 6.5, -0.0, -24.2, 35.0, -2.3, -23.5, -2.1, -11.6,
    27.1, 6.7, 7.0, -2.9, -25.5, 34.3, -3.4, -25.0, -2.8, -11.5, 27.3, 8.0, 6.1, -0.4, -26.6, 34.4, -1.2, -24.2, -0.7, -10.3,
    27.8, 7.2, 4.9, -2.4, -24.2, 32.5, -2.1, -26.8, -1.6, -8.4, 28.1, 5.8, 4.1, 0.2, -26.7, 33.5, 0.3, -23.7, -1.4, -10.9, 28.8,
    6.9, 4.0, -1.3, -24.5, 33.6, -0.5, -25.7, -1.3, -8.7, 27.2, 6.1, 3.4, -0.5, -25.7, 34.3, -1.0, -24.9, -0.9, -10.7, 28.7, 6.7,
    5.7, 0.4, -25.5, 35.1, -1.4, -23.8, -2.2, -11.3, 27.8, 6.9, 6.4, 0.2, -24.9, 33.4, -1.9, -24.0, -1.8, -10.9, 26.3, 7.5, 3.6,
    -2.0, -26.2, 34.1, -0.1, -26.6, -2.1, -11.6, 28.7, 8.6, 5.4, -1.2, -27.0, 34.6, -1.5, -24.3, -0.5, -9.2, 29.3, 5.9, 6.2,
    -0.4, -24.8, 34.0, -3.0, -25.0, -2.0, -9.6, 27.5, 5.6, 5.2, 0.6, -24.8, 32.4, -2.2, -25.0, -0.9, -11.2, 27.7, 7.8, 3.9, -0.6,
    -24.3, 34.0, -3.0, -26.2, -0.7, -8.5, 26.6, 5.9, 4.3, -2.8, -25.3, 32.4, -1.5};

std::vector<PlanePoint> reference()
{
    std::vector<PlanePoint> result;
    for (size_t row = 0; row < rows; ++row)
        result.push_back({static_cast<double>(referenceMap[2 * row]), static_cast<double>(referenceMap[2 * row + 1])});
    return result;
}

FeatureMatrix asFeatures(const std::vector<PlanePoint>& plane)
{
    FeatureMatrix matrix{.rows = plane.size(), .columns = 2, .values = {}};
    for (const PlanePoint& point : plane)
        for (const double value : {point.x, point.y})
            matrix.values.push_back(static_cast<float>(value));
    return matrix;
}

/// Mean share of the ten nearest neighbours that two maps have in common.
double sharedNeighbours(const FeatureMatrix& a, const FeatureMatrix& b)
{
    int shared = 0;
    for (int row = 0; row < static_cast<int>(a.rows); ++row) {
        const auto second = nearestNeighbours(b, row, 10);
        for (const Neighbour& one : nearestNeighbours(a, row, 10))
            shared += std::any_of(second.begin(), second.end(), [&](const Neighbour& other) { return other.row == one.row; }) ? 1 : 0;
    }
    return shared / (10.0 * static_cast<double>(a.rows));
}

} // namespace

class TestMaps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void componentsAgreeWithScikitLearn()
    {
        const PrincipalComponents found = principalComponents(points(), 3);
        const std::array explained{0.3979475, 0.24178879, 0.15542625};
        const std::array seventh{0.5774515, 2.3167284, 0.31309983}, fortySecond{1.7083905, 3.258919, 0.59344673};
        for (size_t i = 0; i < 3; ++i) {
            QVERIFY2(std::abs(found.explained[i] - explained[i]) < 1e-6, std::to_string(found.explained[i]).c_str());
            QVERIFY(std::abs(std::abs(static_cast<double>(found.projection.row(7)[i])) - seventh[i]) < 1e-4);
            QVERIFY(std::abs(std::abs(static_cast<double>(found.projection.row(42)[i])) - fortySecond[i]) < 1e-4);
        }
    }

    void aLineHasOneComponent()
    {
        FeatureMatrix line{.rows = 20, .columns = 3, .values = {}};
        for (int i = 0; i < 20; ++i)
            for (const float direction : {1.0F, 2.0F, -2.0F})
                line.values.push_back(5.0F + direction * static_cast<float>(i));
        const PrincipalComponents found = principalComponents(line, 2);
        QVERIFY(std::abs(found.explained[0] - 1.0) < 1e-9 && found.explained[1] < 1e-9);
        QVERIFY(std::abs(std::abs(found.projection.row(1)[0] - found.projection.row(0)[0]) - 3.0F) < 1e-4F); // |(1, 2, -2)|
        QCOMPARE(principalComponents(line, 9).projection.columns, size_t{3});
        const FeatureMatrix constant{.rows = 4, .columns = 2, .values = std::vector<float>(8, 1.0F)};
        QCOMPARE(principalComponents(constant, 2).explained, (std::vector<double>{0.0, 0.0}));
    }

    void theMapHasTheReferencesNeighbourhoods()
    {
        const FeatureMatrix features = points();
        QVERIFY(std::abs(trustworthiness(features, reference(), 10) - 0.9854770755885998) < 1e-6); // scikit-learn's own figure
        // The descent is chaotic: the last bits of the arithmetic decide which of many nearly equal maps it ends in. Among those that
        // a hair's breadth of perplexity leads to there must be the reference's own.
        double trust = 0.0, shared = 0.0;
        for (int i = 0; i < 16; ++i) {
            const auto map = tSne(features, {.perplexity = 20.0 + 1e-4 * i});
            trust = std::max(trust, trustworthiness(features, map, 10));
            shared = std::max(shared, sharedNeighbours(asFeatures(map), asFeatures(reference())));
        }
        QVERIFY2(trust > 0.9844, std::to_string(trust).c_str());  // its exact and its Barnes-Hut map differ by 0.0001
        QVERIFY2(shared > 0.85, std::to_string(shared).c_str()); // those two share 0.94
    }

    void aMapIsRepeatable()
    {
        const TSneSettings one{.perplexity = 20.0, .iterations = 300, .threads = 1};
        TSneSettings two = one;
        two.threads = 2;
        QCOMPARE(tSne(points(), one), tSne(points(), one));
        QCOMPARE(tSne(points(), one), tSne(points(), two));
    }

    void aMapCanBeCancelled()
    {
        std::stop_source stop;
        int last = 0;
        const auto error = errorOf([&] {
            tSne(points(), {}, stop.get_token(), [&](int done, int) {
                last = done;
                stop.request_stop();
            });
        });
        QVERIFY(error);
        QCOMPARE(error->kind(), ErrorKind::Cancelled);
        QCOMPARE(last, 10);
    }

    void oddInputsHaveMapsToo()
    {
        QCOMPARE(tSne({}).size(), size_t{0});
        QCOMPARE(tSne({.rows = 2, .columns = 1, .values = {1.0F, 2.0F}}).size(), size_t{2});
        for (const PlanePoint& point : tSne({.rows = 40, .columns = 3, .values = std::vector<float>(120, 1.0F)}))
            QVERIFY(std::isfinite(point.x) && std::isfinite(point.y));
        QCOMPARE(errorOf([] { tSne({.rows = 3, .columns = 1, .values = {1.0F, NAN, 2.0F}}); })->kind(), ErrorKind::InvalidValue);
    }

    void neighboursComeByDistanceAndMayBeRefused()
    {
        const FeatureMatrix line{.rows = 5, .columns = 1, .values = {0.0F, 10.0F, 1.0F, 3.0F, -1.0F}};
        const auto two = nearestNeighbours(line, 0, 2);
        QCOMPARE(two.size(), size_t{2});
        QCOMPARE(two[0].row, 2); // as far as row 4, which comes later
        QCOMPARE(two[1].row, 4);
        QCOMPARE(two[0].distance, 1.0);
        QCOMPARE(nearestNeighbours(line, 0, 1, [](int row) { return row != 2 && row != 4; }).front().row, 3);
        QCOMPARE(nearestNeighbours(line, 0, 9).size(), size_t{4});
    }

    void standardisedColumnsWeighAlike()
    {
        const FeatureMatrix scaled = standardised({.rows = 4, .columns = 2, .values = {1000.0F, 7.0F, 3000.0F, 7.0F, 1000.0F, 7.0F, 3000.0F, 7.0F}});
        QCOMPARE(scaled.values, (std::vector<float>{-1.0F, 0.0F, 1.0F, 0.0F, -1.0F, 0.0F, 1.0F, 0.0F}));
    }
};

QTEST_APPLESS_MAIN(TestMaps)
#include "tst_maps.moc"
