// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "dataset/DatasetFiles.h"
#include "dataset/DatasetScan.h"
#include "dataset/DemoDataset.h"
#include "dataset/Folds.h"
#include "spectral/SpectrogramExtractor.h"

#include <QTemporaryDir>
#include <QtTest>

#include <limits>
#include <numeric>
#include <set>
#include <thread>

using namespace melscope;
using namespace melscope::test;
namespace fs = std::filesystem;

class TestDemo : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    fs::path m_root = fs::path(m_folder.path().toStdString()) / "demo";

    using Features = std::vector<std::vector<double>>;

    /// 1-nearest-neighbour, every fold held out once.
    static double nearestNeighbour(const Dataset& dataset, const Features& features)
    {
        int right = 0;
        for (size_t i = 0; i < features.size(); ++i) {
            double nearest = std::numeric_limits<double>::infinity();
            int guess = -1;
            for (size_t k = 0; k < features.size(); ++k) {
                if (dataset.clips[k].fold == dataset.clips[i].fold)
                    continue;
                double distance = 0.0;
                for (size_t d = 0; d < features[i].size(); ++d)
                    distance += (features[i][d] - features[k][d]) * (features[i][d] - features[k][d]);
                if (distance < nearest) {
                    nearest = distance;
                    guess = dataset.clips[k].label;
                }
            }
            right += guess == dataset.clips[i].label ? 1 : 0;
        }
        return right / static_cast<double>(features.size());
    }

    /// Per band: spread and mean change between frames, both in dB, and the skewness of the band's values over time.
    static std::vector<double> temporalFeatures(const SpectrogramGrid& grid)
    {
        std::vector<double> features;
        for (int mel = 0; mel < grid.mels; mel += 4) {
            const std::span<const float> row = grid.row(mel);
            const double mean = std::accumulate(row.begin(), row.end(), 0.0) / static_cast<double>(row.size());
            double square = 0.0, cube = 0.0, change = 0.0;
            for (size_t i = 0; i < row.size(); ++i) {
                square += (row[i] - mean) * (row[i] - mean) / static_cast<double>(row.size());
                cube += std::pow(row[i] - mean, 3) / static_cast<double>(row.size());
                change += i > 0 ? std::abs(row[i] - row[i - 1]) / static_cast<double>(row.size()) : 0.0;
            }
            const double spread = std::sqrt(square);
            features.insert(features.end(), {spread, 2.0 * change, 3.0 * cube / std::pow(spread + 0.1, 3)});
        }
        return features;
    }

private Q_SLOTS:
    void initTestCase() { writeDemoDataset(m_root, 0, 2); }

    void itIsADatasetInTheEsc50LayoutWithoutLeaks()
    {
        const Dataset dataset = openDataset(m_root);
        QCOMPARE(dataset.layout, std::string("esc50"));
        QCOMPARE(dataset.classes, demoClasses());
        QCOMPARE(dataset.clips.size(), size_t(400));
        QCOMPARE(dataset.folds, (std::vector<int>{1, 2, 3, 4, 5}));
        QVERIFY(dataset.problems.empty());
        QVERIFY(findLeaks(dataset).empty());
        std::map<std::pair<int, int>, int> counts;
        std::map<std::string, int> takesOf;
        for (const Clip& clip : dataset.clips) {
            ++counts[{clip.label, clip.fold}];
            ++takesOf[clip.source];
        }
        QCOMPARE(counts.size(), size_t(50));
        for (const auto& [key, count] : counts)
            QCOMPARE(count, 8);
        for (const auto& [source, takes] : takesOf)
            QVERIFY(takes >= 2 && takes <= 4);
        const ScanResult scan = scanDataset(dataset, true, 2);
        QVERIFY2(scan.problems.empty(), scan.problems.empty() ? "" : scan.problems[0].message.c_str());
        for (const ClipFacts& facts : scan.facts) {
            QCOMPARE(facts.info.sampleRate, 44100);
            QCOMPARE(facts.info.frames, SampleIndex(220500));
        }
    }

    void equalSeedsGiveEqualBytesWhateverTheThreads()
    {
        for (int label = 0; label < 10; ++label) {
            Waveform here = synthesiseDemoClip(label, 17, 3);
            Waveform there;
            std::jthread([&] { there = synthesiseDemoClip(label, 17, 3); }).join();
            QVERIFY(here == there);
            QVERIFY(here != synthesiseDemoClip(label, 17, 4));
            QVERIFY(here != synthesiseDemoClip(label, 18, 3));
            QVERIFY(std::all_of(here.samples.begin(), here.samples.end(), [](float s) { return std::abs(s) <= 1.0f; }));
        }
        QCOMPARE(errorOf([] { synthesiseDemoClip(10, 0, 0); }).first, std::string("invalid-value"));
    }

    void writingGoesOnWhereItStopped()
    {
        const fs::path first = m_root / "audio/1-1000-A-0.wav";
        const fs::path second = m_root / "audio/1-1000-B-0.wav";
        const std::string wanted = sha256OfFile(first);
        const auto untouched = fs::last_write_time(second);
        fs::resize_file(first, 1000);
        fs::remove(m_root / "meta/esc50.csv");
        std::stop_source stopped;
        stopped.request_stop();
        QCOMPARE(errorOf([&] { writeDemoDataset(m_root, 0, 2, stopped.get_token()); }).first, std::string("cancelled"));
        QVERIFY(!fs::exists(m_root / "meta/esc50.csv"));
        writeDemoDataset(m_root, 0, 1);
        QCOMPARE(sha256OfFile(first), wanted);
        QCOMPARE(fs::last_write_time(second), untouched);
        QCOMPARE(openDataset(m_root).clips.size(), size_t(400));
    }

    void somebodyElsesFolderIsLeftAlone()
    {
        const fs::path other = fs::path(m_folder.path().toStdString()) / "other";
        writeTone(other / "audio/mine.wav");
        QCOMPARE(errorOf([&] { writeDemoDataset(other); }).first, std::string("invalid-value"));
        QVERIFY(fs::exists(other / "audio/mine.wav"));
    }

    void meanBandEnergiesAreNotEnoughButTimeTells()
    {
        const Dataset dataset = openDataset(m_root);
        const SpectrogramExtractor extractor(FrontEnd::preset("esc"));
        Features means;
        Features temporal;
        for (const Clip& clip : dataset.clips) {
            const SpectrogramGrid grid = extractor.compute(extractor.prepare(readAudioFile(clip.path), true));
            means.emplace_back();
            for (int mel = 0; mel < grid.mels; ++mel)
                means.back().push_back(std::accumulate(grid.row(mel).begin(), grid.row(mel).end(), 0.0)
                                       / static_cast<double>(grid.frames));
            temporal.push_back(temporalFeatures(grid));
        }
        const double byMeans = nearestNeighbour(dataset, means);
        const double byTime = nearestNeighbour(dataset, temporal);
        qInfo("1-NN, leave one fold out: mean band energies %.3f, temporal statistics %.3f", byMeans, byTime);
        QVERIFY(byMeans < 0.85);
        QVERIFY(byMeans > 0.2); // twice chance: nor is it noise
        QVERIFY(byTime > byMeans + 0.15);
    }
};

QTEST_APPLESS_MAIN(TestDemo)
#include "tst_demo.moc"
