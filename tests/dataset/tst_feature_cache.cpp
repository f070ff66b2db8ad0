// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/CacheFolder.h"
#include "dataset/DatasetFiles.h"
#include "dataset/FeatureCache.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <fcntl.h>
#include <numeric>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace melscope;
using namespace melscope::test;
namespace fs = std::filesystem;

class TestFeatureCache : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    fs::path m_root = fs::path(m_folder.path().toStdString());
    fs::path m_features = m_root / "cache/features";
    Dataset m_dataset;
    FrontEnd m_frontEnd;

    std::vector<fs::path> files() const
    {
        std::vector<fs::path> found;
        for (const auto& entry : fs::directory_iterator(m_features))
            found.push_back(entry.path());
        return found;
    }

    /// How many clips were computed to open the cache: none where a file served.
    int computedOnOpening()
    {
        int computed = 0;
        const auto cache = FeatureCache::open(m_dataset, m_frontEnd, 2, {}, [&](int done, int) { computed = done; });
        return agrees(*cache) ? computed : -1;
    }

    bool agrees(const FeatureCache& cache) const
    {
        const SpectrogramExtractor extractor(m_frontEnd);
        for (int i = 0; i < cache.clips(); ++i) {
            if (!cache.usable(i))
                continue;
            const SpectrogramGrid grid
                = extractor.compute(extractor.prepare(readAudioFile(m_dataset.clips[static_cast<size_t>(i)].path), true));
            if (!std::equal(grid.values.begin(), grid.values.end(), cache.values(i).begin(), cache.values(i).end()))
                return false;
        }
        return true;
    }

    /// Opens five caches, each of which the other process builds at the same time.
    bool buildsFiveGoodCaches()
    {
        const FrontEnd before = m_frontEnd;
        bool good = true;
        for (int i = 0; i < 5; ++i) {
            m_frontEnd.hop = 100 + 10 * i;
            good = good && agrees(*FeatureCache::open(m_dataset, m_frontEnd, 1));
        }
        m_frontEnd = before;
        return good;
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("MELSCOPE_CACHE_DIR", (m_folder.path() + QStringLiteral("/cache")).toUtf8());
        for (int i = 0; i < 6; ++i)
            writeTone(m_root / "data/tone" / (std::to_string(i) + ".wav"), 0.3 + 0.1 * i, 16000, 0.1f * static_cast<float>(i + 1));
        writeText(m_root / "data/tone/broken.wav", "no sound");
        m_dataset = openDataset(m_root / "data");
        m_frontEnd.sampleRate = 16000;
        m_frontEnd.clipSeconds = 0.5;
        m_frontEnd.nFft = m_frontEnd.winLength = 512;
        m_frontEnd.hop = 160;
        m_frontEnd.mels = 32;
        m_frontEnd.fMax = 8000;
    }

    void init() { fs::remove_all(m_features); }

    void gridsEqualDirectComputationAndTroubleIsListed()
    {
        const auto cache = FeatureCache::open(m_dataset, m_frontEnd, 3);
        QCOMPARE(cache->clips(), 7);
        QCOMPARE(cache->rows(), 32);
        QCOMPARE(cache->columns(), m_frontEnd.frames());
        QVERIFY(agrees(*cache));
        QCOMPARE(cache->problems().size(), size_t(1));
        QCOMPARE(cache->problems()[0].kind, Problem::Kind::NotAudio);
        QVERIFY(cache->problems()[0].unusable);
        int usable = 0;
        for (int i = 0; i < cache->clips(); ++i)
            usable += cache->usable(i) ? 1 : 0;
        QCOMPARE(usable, 6);
        const auto again = FeatureCache::open(m_dataset, m_frontEnd, 1);
        QCOMPARE(again->problems(), cache->problems());
        QVERIFY(agrees(*again));
        QCOMPARE(files().size(), size_t(1));
    }

    void aFileServesUntilDataOrFrontEndChange()
    {
        QCOMPARE(computedOnOpening(), 7);
        QCOMPARE(computedOnOpening(), 0);
        const FrontEnd before = m_frontEnd;
        m_frontEnd.hop = 200;
        QCOMPARE(computedOnOpening(), 7);
        m_frontEnd = before;
        QCOMPARE(computedOnOpening(), 0);
        writeTone(m_dataset.clips[0].path, 0.45, 16000, 0.9f);
        QCOMPARE(computedOnOpening(), 7);
    }

    void samplesAreThoseTheGridsAreComputedFrom()
    {
        const auto samples = FeatureCache::openSamples(m_dataset, m_frontEnd, 3);
        const auto grids = FeatureCache::open(m_dataset, m_frontEnd, 3);
        QCOMPARE(samples->rows(), 1);
        QCOMPARE(SampleIndex(samples->columns()), m_frontEnd.clipLength());
        QCOMPARE(samples->problems(), grids->problems());
        const SpectrogramExtractor extractor(m_frontEnd);
        for (int i = 0; i < samples->clips(); ++i) {
            QCOMPARE(samples->usable(i), grids->usable(i));
            const SpectrogramGrid grid = extractor.compute(samples->values(i));
            QVERIFY(!grids->usable(i) || std::equal(grid.values.begin(), grid.values.end(), grids->values(i).begin(), grids->values(i).end()));
        }
        QCOMPARE(files().size(), size_t(2));
    }

    void samplesServeEveryFrontEndOfTheirRateAndLength()
    {
        const auto computed = [&](const FrontEnd& frontEnd) {
            int count = 0;
            FeatureCache::openSamples(m_dataset, frontEnd, 2, {}, [&](int done, int) { count = done; });
            return count;
        };
        QCOMPARE(computed(m_frontEnd), 7);
        QCOMPARE(computed(m_frontEnd.with("mels", 40)), 0);
        QCOMPARE(computed(m_frontEnd.with("clip_seconds", 0.25)), 7);
        QCOMPARE(computed(m_frontEnd.with({{"sample_rate", 20000}, {"clip_seconds", 0.4}})), 7); // as many samples, others
        writeTone(m_dataset.clips[1].path, 0.45, 16000, 0.8f);
        QCOMPARE(computed(m_frontEnd), 7);
    }

    void whatIsDerivedFromGridsIsKeptByItsKey()
    {
        const auto grids = FeatureCache::open(m_dataset, m_frontEnd, 2);
        int computed = 0;
        size_t largest = 0;
        // Of every mel row the mean and its negative.
        DerivedFeatures features{.noun = "means", .key = "first", .rows = m_frontEnd.mels, .columns = 2, .batch = 4,
                                 .compute = [&](const auto& from, const auto& to) {
                                     computed += static_cast<int>(from.size());
                                     largest = std::max(largest, from.size());
                                     for (size_t i = 0; i < from.size(); ++i)
                                         for (size_t mel = 0; mel < static_cast<size_t>(m_frontEnd.mels); ++mel) {
                                             const auto row = from[i].subspan(mel * static_cast<size_t>(grids->columns()), static_cast<size_t>(grids->columns()));
                                             to[i][2 * mel] = std::accumulate(row.begin(), row.end(), 0.0f) / static_cast<float>(row.size());
                                             to[i][2 * mel + 1] = -to[i][2 * mel];
                                         }
                                 }};
        const auto open = [&] { return FeatureCache::openDerived(m_dataset, m_frontEnd, *grids, features, 2, [](int, int) { return true; }); };
        const auto cache = open();
        QCOMPARE(computed, 6);
        QCOMPARE(largest, size_t(4));
        QCOMPARE(cache->problems(), grids->problems());
        for (int clip = 0; clip < cache->clips(); ++clip) {
            QCOMPARE(cache->usable(clip), grids->usable(clip));
            const auto all = grids->values(clip);
            const float mean = std::accumulate(all.begin(), all.end(), 0.0f) / static_cast<float>(all.size());
            float meanOfMeans = 0.0f;
            for (size_t mel = 0; mel < static_cast<size_t>(m_frontEnd.mels); ++mel)
                meanOfMeans -= cache->values(clip)[2 * mel + 1] / static_cast<float>(m_frontEnd.mels);
            QVERIFY(std::abs(mean - meanOfMeans) < 1e-3f);
        }
        open();
        QCOMPARE(computed, 6);
        features.key = "second";
        open();
        QCOMPARE(computed, 12);
        m_frontEnd.hop = 200;
        FeatureCache::openDerived(m_dataset, m_frontEnd, *grids, features, 2, [](int, int) { return true; });
        m_frontEnd.hop = 160;
        QCOMPARE(computed, 18);
    }

    void derivingCanBeCancelled()
    {
        const auto grids = FeatureCache::open(m_dataset, m_frontEnd, 2);
        const DerivedFeatures features{.noun = "means", .rows = 1, .columns = 1, .batch = 2, .compute = [](const auto&, const auto&) {}};
        int asked = 0;
        const auto open = [&] {
            FeatureCache::openDerived(m_dataset, m_frontEnd, *grids, features, 1, [&](int done, int total) {
                ++asked;
                return done < total / 2;
            });
        };
        QCOMPARE(errorOf(open).first, std::string("cancelled"));
        QCOMPARE(asked, 3);
        QCOMPARE(files().size(), size_t(1)); // the grids'
    }

    void aDamagedFileIsMadeAnew_data()
    {
        QTest::addColumn<int>("position"); // from the end where negative
        QTest::newRow("header") << 9;
        QTest::newRow("first grid") << 4096 + 40;
        QTest::newRow("last grid") << 4096 + 32 * 50 * 4 * 6 + 100;
        QTest::newRow("problems") << -3;
    }

    void aDamagedFileIsMadeAnew()
    {
        QFETCH(int, position);
        QCOMPARE(computedOnOpening(), 7);
        {
            std::fstream file(files().at(0), std::ios::in | std::ios::out | std::ios::binary);
            file.seekg(position, position < 0 ? std::ios::end : std::ios::beg);
            const auto value = static_cast<char>(file.get() ^ 0x10);
            file.seekp(position, position < 0 ? std::ios::end : std::ios::beg);
            file.put(value);
        }
        QCOMPARE(computedOnOpening(), 7);
        fs::resize_file(files().at(0), fs::file_size(files().at(0)) - 1);
        QCOMPARE(computedOnOpening(), 7);
        QCOMPARE(computedOnOpening(), 0);
    }

    void cancellingLeavesNoFile()
    {
        std::stop_source stop;
        const auto open = [&] {
            FeatureCache::open(m_dataset, m_frontEnd, 1, stop.get_token(), [&](int, int) { stop.request_stop(); });
        };
        QCOMPARE(errorOf(open).first, std::string("cancelled"));
        QVERIFY(files().empty());
    }

    void twoProcessesMayBuildTheSameFile()
    {
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            bool good = false;
            try {
                good = buildsFiveGoodCaches();
            } catch (const Error&) {
            }
            ::_exit(good ? 0 : 1);
        }
        QVERIFY(buildsFiveGoodCaches());
        int status = -1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QCOMPARE(status, 0);
        QCOMPARE(files().size(), size_t(5));
    }

    void trimmingTakesTheLongestUnusedButNothingInUse()
    {
        const fs::path folder = m_root / "trim";
        const auto now = fs::file_time_type::clock::now();
        for (int age = 0; age < 4; ++age) {
            writeText(folder / (std::to_string(age) + ".grids"), std::string(1000, 'x'));
            fs::last_write_time(folder / (std::to_string(age) + ".grids"), now - std::chrono::hours(age));
        }
        writeText(folder / "9.grids.part77-0", "left by a killed process");
        const int held = ::open((folder / "3.grids").c_str(), O_RDONLY);
        QCOMPARE(::flock(held, LOCK_SH), 0);
        trimCacheFolder(folder, 2500);
        QVERIFY(!fs::exists(folder / "9.grids.part77-0"));
        QVERIFY(fs::exists(folder / "3.grids")); // the oldest, in use
        QVERIFY(!fs::exists(folder / "2.grids"));
        QVERIFY(!fs::exists(folder / "1.grids"));
        QVERIFY(fs::exists(folder / "0.grids"));
        ::close(held);
    }
};

QTEST_APPLESS_MAIN(TestFeatureCache)
#include "tst_feature_cache.moc"
