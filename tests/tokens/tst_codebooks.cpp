// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/RandomStream.h"
#include "support/ErrorOf.h"
#include "tokens/Codebook.h"
#include "tokens/KMeans.h"

#include <QtTest>

#include <set>

using namespace melscope;

class TestCodebooks : public QObject
{
    Q_OBJECT

private:
    static std::vector<float> normals(size_t count, uint64_t seed)
    {
        std::vector<float> values(count);
        RandomStream({.seed = seed}).normals(values);
        return values;
    }

    /// `perCluster` points around each of the corners 10 e_c, in turn, with deviation 0.1.
    static std::vector<float> corners(int clusters, int dim, int perCluster)
    {
        std::vector<float> points = normals(static_cast<size_t>(clusters * dim * perCluster), 7);
        for (int point = 0; point < clusters * perCluster; ++point)
            for (int d = 0; d < dim; ++d) {
                float& value = points[static_cast<size_t>(point * dim + d)];
                value = 0.1f * value + (d == point % clusters ? 10.0f : 0.0f);
            }
        return points;
    }

private Q_SLOTS:
    void nearestAgreesWithTheDefinition_data()
    {
        QTest::addColumn<int>("vectors");
        QTest::addColumn<int>("dim");
        QTest::newRow("one") << 1 << 5;
        QTest::newRow("a block") << 16 << 16;
        QTest::newRow("not a whole block") << 37 << 19;
        QTest::newRow("patches") << 256 << 256;
    }

    void nearestAgreesWithTheDefinition()
    {
        QFETCH(int, vectors);
        QFETCH(int, dim);
        constexpr size_t points = 50;
        const auto size = static_cast<size_t>(dim);
        const std::vector<float> codes = normals(static_cast<size_t>(vectors) * size, 1);
        const std::vector<float> data = normals(points * size, 2);
        std::vector<int32_t> nearest(points);
        std::vector<float> distances(points);
        NearestVectors(codes, dim).find(data, nearest, distances);
        for (size_t point = 0; point < points; ++point) {
            std::vector<double> all;
            for (size_t code = 0; code < static_cast<size_t>(vectors); ++code) {
                double sum = 0.0;
                for (size_t d = 0; d < size; ++d)
                    sum += std::pow(static_cast<double>(data[point * size + d]) - codes[code * size + d], 2);
                all.push_back(std::sqrt(sum));
            }
            const double smallest = *std::ranges::min_element(all);
            QVERIFY(std::abs(all[static_cast<size_t>(nearest[point])] - smallest) < 1e-5);
            QVERIFY(std::abs(distances[point] - smallest) < 1e-4 * (1.0 + smallest));
        }
    }

    void ofEqualVectorsTheFirstIsFound()
    {
        std::vector<float> codes;
        for (int i = 0; i < 40; ++i)
            codes.insert(codes.end(), {1.0f, 2.0f});
        std::vector<int32_t> nearest(1);
        std::vector<float> distances(1);
        NearestVectors(codes, 2).find(std::vector<float>{1.0f, 2.0f}, nearest, distances);
        QCOMPARE(nearest[0], 0);
        QCOMPARE(distances[0], 0.0f);
    }

    void kMeansFindsSeparateClusters()
    {
        constexpr int clusters = 8, dim = 12, perCluster = 50;
        const std::vector<float> points = corners(clusters, dim, perCluster);
        const KMeansResult result = kMeans(points, dim, {.clusters = clusters, .seed = 3, .threads = 2});
        std::set<int> found;
        for (int cluster = 0; cluster < clusters; ++cluster) {
            const auto centroid = std::span(result.centroids).subspan(static_cast<size_t>(cluster * dim), dim);
            const auto corner = std::ranges::max_element(centroid) - centroid.begin();
            found.insert(static_cast<int>(corner));
            for (int d = 0; d < dim; ++d) // the mean of 50 points is within 5 standard errors
                QVERIFY(std::abs(centroid[static_cast<size_t>(d)] - (d == corner ? 10.0f : 0.0f)) < 5.0f * 0.1f / std::sqrt(50.0f));
        }
        QCOMPARE(found.size(), size_t(clusters));
        QVERIFY(std::abs(result.meanDistance - 0.1 * std::sqrt(dim)) < 0.03);
    }

    void theSeedAloneDecides()
    {
        const std::vector<float> points = normals(5000 * 16, 5);
        KMeansSettings settings{.clusters = 64, .seed = 11, .threads = 1};
        const std::vector<float> one = kMeans(points, 16, settings).centroids;
        settings.threads = 2;
        QVERIFY(kMeans(points, 16, settings).centroids == one);
        settings.threads = 5;
        QVERIFY(kMeans(points, 16, settings).centroids == one);
        settings.seed = 12;
        QVERIFY(kMeans(points, 16, settings).centroids != one);
    }

    void moreIterationsNeverGetWorse()
    {
        const std::vector<float> points = normals(3000 * 8, 6);
        double before = std::numeric_limits<double>::infinity();
        for (const int iterations : {1, 2, 4, 8, 16}) {
            const std::vector<float> centroids = kMeans(points, 8, {.clusters = 32, .iterations = iterations, .seed = 1}).centroids;
            std::vector<int32_t> nearest(3000);
            std::vector<float> distances(3000);
            NearestVectors(centroids, 8).find(points, nearest, distances);
            double squares = 0.0; // what Lloyd's iteration lowers
            for (const float distance : distances)
                squares += distance * distance;
            QVERIFY(squares <= before * (1.0 + 1e-6));
            before = squares;
        }
    }

    void noClusterStaysEmptyWhereThereArePointsForIt()
    {
        // Two far heaps drawn from unevenly, so that k-means++ may well start twice in one.
        std::vector<float> points(400 * 2);
        RandomStream({.seed = 9}).normals(points);
        for (size_t i = 0; i < 40; ++i)
            points[i] += 1000.0f;
        for (uint64_t seed = 0; seed < 10; ++seed) {
            const std::vector<float> centroids = kMeans(points, 2, {.clusters = 50, .seed = seed}).centroids;
            std::vector<int32_t> nearest(400);
            std::vector<float> distances(400);
            NearestVectors(centroids, 2).find(points, nearest, distances);
            QCOMPARE((std::set<int32_t>(nearest.begin(), nearest.end()).size()), size_t(50));
        }
    }

    void equalPointsDoNoHarm()
    {
        const std::vector<float> points(100 * 3, 2.0f);
        const KMeansResult result = kMeans(points, 3, {.clusters = 4});
        QCOMPARE(result.meanDistance, 0.0);
        QVERIFY(std::ranges::all_of(result.centroids, [](float value) { return value == 2.0f; }));
    }

    void sphericalCentroidsHaveUnitLength()
    {
        std::vector<float> points = normals(2000 * 24, 8);
        normaliseLengths(points, 24);
        const KMeansResult result = kMeans(points, 24, {.clusters = 20, .spherical = true, .seed = 2});
        for (int cluster = 0; cluster < 20; ++cluster) {
            double squares = 0.0;
            for (const float value : std::span(result.centroids).subspan(static_cast<size_t>(cluster * 24), 24))
                squares += value * value;
            QVERIFY(std::abs(squares - 1.0) < 1e-5);
        }
    }

    void fewerPointsThanCodesAreRefused()
    {
        const auto error = test::errorOf([] { kMeans(std::vector<float>(10), 2, {.clusters = 6}); });
        QVERIFY(error && error->kind() == ErrorKind::InvalidValue);
        QVERIFY(std::string(error->what()).find("there are 5") != std::string::npos);
    }

    void aStopIsObeyed()
    {
        std::stop_source stop;
        const std::vector<float> points = normals(5000 * 16, 5);
        const auto error = test::errorOf([&] {
            kMeans(points, 16, {.clusters = 64}, stop.get_token(), [&](int done, int) { if (done == 2) stop.request_stop(); });
        });
        QVERIFY(error && error->kind() == ErrorKind::Cancelled);
    }

    void aRandomProjectionComparesDirections()
    {
        const Codebook codebook = Codebook::randomProjection(64, 32, 16, 5);
        QVERIFY(codebook == Codebook::randomProjection(64, 32, 16, 5));
        QVERIFY(!(codebook == Codebook::randomProjection(64, 32, 16, 6)));
        std::vector<float> points = normals(200 * 32, 3);
        std::vector<int32_t> codes(200), scaled(200);
        std::vector<float> distances(200), scaledDistances(200);
        CodeAssigner(codebook).assign(points, codes, distances);
        for (float& value : points)
            value *= 7.0f;
        CodeAssigner(codebook).assign(points, scaled, scaledDistances);
        QCOMPARE(codes, scaled);
        QVERIFY((std::set<int32_t>(codes.begin(), codes.end()).size()) > 20);
        QVERIFY(*std::ranges::max_element(distances) < 2.0f);
    }

    void aCodeIsItsOwnToken()
    {
        std::vector<float> directions = normals(30 * 12, 4);
        normaliseLengths(directions, 12);
        const Codebook codebook = Codebook::ofCentroids(Codebook::Kind::Refined, directions, 12);
        for (float& value : directions)
            value *= 3.0f; // features of any length
        std::vector<int32_t> codes(30);
        std::vector<float> distances(30);
        CodeAssigner(codebook).assign(directions, codes, distances);
        for (int code = 0; code < 30; ++code) {
            QCOMPARE(codes[static_cast<size_t>(code)], code);
            QVERIFY(distances[static_cast<size_t>(code)] < 1e-3f);
        }
    }

    void kindsHaveNames()
    {
        for (const auto kind : {Codebook::Kind::KMeans, Codebook::Kind::RandomProjection, Codebook::Kind::Refined})
            QCOMPARE(codebookKindFrom(toString(kind)), kind);
        QVERIFY(test::errorOf([] { codebookKindFrom("vq"); }));
    }
};

QTEST_GUILESS_MAIN(TestCodebooks)
#include "tst_codebooks.moc"
