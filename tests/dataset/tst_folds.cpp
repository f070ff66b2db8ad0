// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "base/RandomStream.h"
#include "dataset/DatasetFiles.h"
#include "dataset/DatasetFingerprint.h"
#include "dataset/Folds.h"

#include <QTemporaryDir>
#include <QtTest>

#include <set>

using namespace melscope;
using namespace melscope::test;

class TestFolds : public QObject
{
    Q_OBJECT

private:
    /// `sources` recordings a class, each cut into one to four clips.
    static Dataset cuttings(int classes, int sources, uint64_t seed)
    {
        Dataset dataset;
        RandomStream random({seed, 0, 0, 0});
        for (int label = 0; label < classes; ++label) {
            dataset.classes.push_back("class" + std::to_string(label));
            for (int source = 0; source < sources; ++source)
                for (int64_t cut = 0, cuts = 1 + random.below(4); cut < cuts; ++cut)
                    dataset.clips.push_back({"c" + std::to_string(dataset.clips.size()), {}, label, 0,
                                             std::to_string(label) + "-" + std::to_string(source), {}});
        }
        return dataset;
    }

private Q_SLOTS:
    void foldsAreEvenGroupedAndRepeatable()
    {
        for (uint64_t seed = 0; seed < 20; ++seed) {
            Dataset dataset = cuttings(7, 20, seed);
            Dataset again = dataset;
            makeFolds(dataset, 5, seed);
            makeFolds(again, 5, seed);
            QCOMPARE(dataset, again);
            QVERIFY(!dataset.foldsAreOwn);
            QCOMPARE(dataset.folds, (std::vector<int>{1, 2, 3, 4, 5}));
            std::map<std::string, std::set<int>> foldsOfSource;
            std::map<std::pair<int, int>, int> clipsOf; // label, fold
            std::map<int, int> clipsOfClass;
            for (const Clip& clip : dataset.clips) {
                foldsOfSource[clip.source].insert(clip.fold);
                ++clipsOf[{clip.label, clip.fold}];
                ++clipsOfClass[clip.label];
            }
            for (const auto& [source, folds] : foldsOfSource)
                QCOMPARE(folds.size(), size_t(1));
            for (int label = 0; label < 7; ++label)
                for (int fold = 1; fold <= 5; ++fold)
                    QVERIFY(std::abs(clipsOf[{label, fold}] - clipsOfClass[label] / 5.0) <= 2.0);
            QVERIFY(findLeaks(dataset).empty());
        }
        Dataset one = cuttings(7, 20, 0);
        Dataset other = one;
        makeFolds(one, 5, 1);
        makeFolds(other, 5, 2);
        QVERIFY(one != other);
        QCOMPARE(errorOf([&] { makeFolds(one, 1, 0); }).first, std::string("invalid-value"));
    }

    void fewerSourcesThanFoldsLeaveNoEmptyFold()
    {
        Dataset dataset = cuttings(1, 3, 0);
        makeFolds(dataset, 5, 0);
        QCOMPARE(dataset.folds.size(), size_t(3));
        for (const int fold : dataset.folds)
            QVERIFY(!clipsInFold(dataset, fold).empty());
    }

    void leaksAreCountedPerSourceAndClass()
    {
        Dataset dataset;
        dataset.classes = {"dog", "cat"};
        dataset.clips = {{"a", "/x/a", 0, 1, "s1", {}}, {"b", "/x/b", 0, 2, "s1", {}},  // a leak
                         {"c", "/x/c", 0, 1, "s2", {}}, {"d", "/x/d", 1, 2, "s2", {}},  // harmless: other class
                         {"e", "/x/e", 1, 3, "s3", {}}, {"f", "/x/f", 1, 3, "s3", {}}}; // harmless: same fold
        dataset.folds = {1, 2, 3};
        const std::vector<Problem> leaks = findLeaks(dataset);
        QCOMPARE(leaks.size(), size_t(1));
        QCOMPARE(leaks[0].kind, Problem::Kind::Leak);
        QVERIFY(!leaks[0].unusable);
        for (const char* word : {"s1", "dog", "1, 2"})
            QVERIFY(leaks[0].message.find(word) != std::string::npos);
        QCOMPARE(clipsInFold(dataset, 2), (std::vector<int>{1, 3}));
        QCOMPARE(clipsOutsideFold(dataset, 2), (std::vector<int>{0, 2, 4, 5}));
    }

    void fingerprintFollowsTheData()
    {
        QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        writeTone(root / "dog/a.wav");
        writeTone(root / "cat/b.wav");
        Dataset dataset = openDataset(root);
        const std::string first = fingerprint(dataset);
        QCOMPARE(first.size(), size_t(64));
        QCOMPARE(fingerprint(openDataset(root)), first);
        std::set<std::string> seen{first};
        const auto isNew = [&](const Dataset& changed) { return seen.insert(fingerprint(changed)).second; };
        Dataset changed = dataset;
        changed.clips[0].fold += 1;
        QVERIFY(isNew(changed));
        changed = dataset;
        changed.clips[0].label = 1 - changed.clips[0].label;
        QVERIFY(isNew(changed));
        changed = dataset;
        changed.clips[0].name += "x";
        QVERIFY(isNew(changed));
        std::filesystem::remove(root / "dog/a.wav");
        QVERIFY(isNew(dataset));
    }

    /// A copy is the same dataset, whenever it was made; its files were touched.
    void aCopyHasTheSameFingerprint()
    {
        QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        writeTone(root / "first/dog/a.wav");
        writeTone(root / "first/cat/b.wav");
        std::filesystem::copy(root / "first", root / "second", std::filesystem::copy_options::recursive);
        std::filesystem::last_write_time(root / "second/dog/a.wav", std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
        const Dataset first = openDataset(root / "first"), second = openDataset(root / "second");
        QCOMPARE(fingerprint(second), fingerprint(first));
        QVERIFY(fileStamp(second) != fileStamp(first));
        QCOMPARE(fileStamp(openDataset(root / "first")), fileStamp(first));
    }

    void aByteIsSeenWhereSamplesAreTaken_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("offset");
        QTest::addColumn<bool>("seen");
        QTest::newRow("small, anywhere") << 12288 << 8000 << true;
        QTest::newRow("small, last") << 5000 << 4999 << true;
        QTest::newRow("large, first") << 100'000 << 0 << true;
        QTest::newRow("large, middle") << 100'000 << 50'000 << true;
        QTest::newRow("large, last") << 100'000 << 99'999 << true;
        QTest::newRow("large, between the samples") << 100'000 << 20'000 << false; // the price of a few short reads
    }

    void aByteIsSeenWhereSamplesAreTaken()
    {
        QFETCH(const int, size);
        QFETCH(const int, offset);
        QFETCH(const bool, seen);
        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath(QStringLiteral("a.wav")).toStdString();
        std::string bytes(static_cast<size_t>(size), 'x');
        writeFileAtomically(file, bytes);
        const Dataset dataset{.clips = {{.name = "a.wav", .path = file}}, .classes = {"dog"}};
        const std::string before = fingerprint(dataset);
        bytes[static_cast<size_t>(offset)] = 'y';
        writeFileAtomically(file, bytes);
        QCOMPARE(fingerprint(dataset) != before, seen);
    }
};

QTEST_APPLESS_MAIN(TestFolds)
#include "tst_folds.moc"
