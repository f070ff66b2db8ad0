// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/RandomStream.h"
#include "statistics/TSne.h"
#include "support/ErrorOf.h"
#include "tokens/CodeMap.h"

#include <QtTest>

#include <cmath>
#include <numeric>

using namespace melscope;

namespace {

constexpr int groups = 4, perGroup = 20, dim = 12;

/// Codes 0 ... 79 around four far centres, code c in group c % 4.
Codebook groupedCodes()
{
    RandomStream random({.seed = 7});
    std::vector<float> centres(groups * dim), vectors;
    for (float& value : centres)
        value = static_cast<float>(20.0 * random.uniform());
    for (int code = 0; code < groups * perGroup; ++code)
        for (int i = 0; i < dim; ++i)
            vectors.push_back(centres[static_cast<size_t>(code % groups * dim + i)] + static_cast<float>(random.normal()));
    return Codebook::ofCentroids(Codebook::Kind::KMeans, vectors, dim);
}

std::vector<int64_t> unevenUsage()
{
    std::vector<int64_t> usage(groups * perGroup);
    for (size_t code = 0; code < usage.size(); ++code)
        usage[code] = code < 5 ? 0 : static_cast<int64_t>(100 * code);
    return usage;
}

} // namespace

class TestCodeMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void likeCodesAreNeighbours()
    {
        const Codebook codebook = groupedCodes();
        const CodeMap map = codeMap(codebook, unevenUsage(), 2);
        QCOMPARE(map.places.size(), size_t(groups * perGroup));
        for (size_t code = 0; code < map.places.size(); ++code) {
            size_t nearest = code == 0 ? 1 : 0;
            for (size_t other = 0; other < map.places.size(); ++other)
                if (other != code
                    && std::hypot(map.places[other].x - map.places[code].x, map.places[other].y - map.places[code].y)
                           < std::hypot(map.places[nearest].x - map.places[code].x, map.places[nearest].y - map.places[code].y))
                    nearest = other;
            QCOMPARE(nearest % groups, code % groups);
        }
    }

    void areasGrowWithUsage()
    {
        const std::vector<int64_t> usage = unevenUsage();
        const CodeMap map = codeMap(groupedCodes(), usage, 2);
        const double all = static_cast<double>(std::accumulate(usage.begin(), usage.end(), int64_t(0)));
        const double unit = std::pow(map.radii[79], 2) / static_cast<double>(usage[79]);
        for (size_t code = 0; code < usage.size(); ++code)
            if (static_cast<double>(usage[code]) / all > 0.2 / 80.0)
                QVERIFY(std::abs(std::pow(map.radii[code], 2) / unit / static_cast<double>(usage[code]) - 1.0) < 1e-9);
        QVERIFY(map.radii[0] > 0.0); // dead, but to be seen
        QCOMPARE(map.radii[0], map.radii[4]);
    }

    void discsLieApartWithinTheFormat()
    {
        const CodeMap map = codeMap(groupedCodes(), unevenUsage(), 2);
        for (size_t a = 0; a < map.places.size(); ++a) {
            QVERIFY(std::abs(map.places[a].x) + map.radii[a] <= CodeMap::format + 1e-9 && std::abs(map.places[a].y) + map.radii[a] <= 1.0 + 1e-9);
            for (size_t b = 0; b < a; ++b)
                QVERIFY(std::hypot(map.places[a].x - map.places[b].x, map.places[a].y - map.places[b].y) > 0.98 * (map.radii[a] + map.radii[b]));
        }
    }

    void equalCodesAreToldApart()
    {
        const Codebook codebook = Codebook::ofCentroids(Codebook::Kind::KMeans, std::vector<float>(6 * 4, 1.0f), 4);
        const CodeMap map = codeMap(codebook, std::vector<int64_t>(6, 1), 1);
        for (size_t a = 0; a < 6; ++a)
            for (size_t b = 0; b < a; ++b)
                QVERIFY(std::hypot(map.places[a].x - map.places[b].x, map.places[a].y - map.places[b].y) > map.radii[a]);
    }

    void theSameCodesGiveTheSameMap()
    {
        QVERIFY(codeMap(groupedCodes(), unevenUsage(), 1) == codeMap(groupedCodes(), unevenUsage(), 2));
    }

    void itStopsWhenAsked()
    {
        std::stop_source stop;
        const auto error = test::errorOf([&] {
            codeMap(groupedCodes(), unevenUsage(), 1, stop.get_token(), [&](int, int) { stop.request_stop(); });
        });
        QVERIFY(error && error->kind() == ErrorKind::Cancelled);
    }

    void similarCodesComeInTheOrderOfTheirDistance()
    {
        const Codebook codebook = Codebook::ofCentroids(Codebook::Kind::KMeans, {0, 0, 5, 0, 1, 0, 0, 3}, 2);
        QCOMPARE(codesBySimilarity(codebook, 0), (std::vector<int>{0, 2, 3, 1}));
        QCOMPARE(codesBySimilarity(codebook, 1), (std::vector<int>{1, 2, 0, 3}));
    }
};

QTEST_GUILESS_MAIN(TestCodeMap)
#include "tst_code_map.moc"
