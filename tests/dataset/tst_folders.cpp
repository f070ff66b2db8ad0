// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/DatasetFiles.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace melscope;
using namespace melscope::test;
namespace fs = std::filesystem;

class TestFolders : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_count = 0;
    fs::path newFolder() { return fs::path(m_folder.path().toStdString()) / ("d" + std::to_string(m_count++)); }

private Q_SLOTS:
    void aFolderPerClass()
    {
        const fs::path root = newFolder();
        for (int i = 0; i < 10; ++i) {
            writeTone(root / "dog" / (std::to_string(i) + ".wav"));
            writeTone(root / "cat/deeper" / (std::to_string(i) + ".FLAC"));
        }
        writeText(root / "dog/notes.txt", "x");
        writeText(root / "dog/.hidden.wav", "x");
        writeText(root / "empty/readme.md", "x");
        writeTone(root / "loose.wav");
        const Dataset dataset = openDataset(root);
        QCOMPARE(dataset.layout, std::string("folders"));
        QCOMPARE(dataset.classes, (std::vector<std::string>{"cat", "dog"}));
        QCOMPARE(dataset.clips.size(), size_t(20));
        QVERIFY(clipNamed(dataset, "cat/deeper/3.FLAC"));
        QVERIFY(!dataset.foldsAreOwn);
        QCOMPARE(dataset.folds, (std::vector<int>{1, 2, 3, 4, 5}));
        QCOMPARE(dataset.problems.size(), size_t(2));
        QCOMPARE(dataset.problems[0].file.filename().string(), std::string("notes.txt"));
        QCOMPARE(dataset.problems[0].kind, Problem::Kind::NotAudio);
        QCOMPARE(dataset.problems[1].kind, Problem::Kind::BadRow);
        QVERIFY(dataset.problems[1].message.find("loose.wav") != std::string::npos);
    }

    void splitFoldersBecomeFolds_data()
    {
        QTest::addColumn<QStringList>("splits");
        QTest::addColumn<QList<int>>("folds");
        QTest::newRow("train and test") << QStringList{"train", "test"} << QList<int>{1, 3};
        QTest::newRow("three") << QStringList{"Training", "valid", "eval"} << QList<int>{1, 2, 3};
        QTest::newRow("numbered") << QStringList{"fold1", "fold_2", "fold10"} << QList<int>{1, 2, 10};
    }

    void splitFoldersBecomeFolds()
    {
        QFETCH(QStringList, splits);
        QFETCH(QList<int>, folds);
        const fs::path root = newFolder();
        for (const QString& split : splits)
            for (const char* label : {"dog", "cat"})
                writeTone(root / split.toStdString() / label / "1.wav");
        const Dataset dataset = openDataset(root);
        QCOMPARE(dataset.classes, (std::vector<std::string>{"cat", "dog"}));
        QCOMPARE(dataset.clips.size(), size_t(2 * splits.size()));
        QVERIFY(dataset.foldsAreOwn);
        QCOMPARE(QList<int>(dataset.folds.begin(), dataset.folds.end()), folds);
        for (qsizetype i = 0; i < splits.size(); ++i)
            QCOMPARE(clipNamed(dataset, splits[i].toStdString() + "/dog/1.wav")->fold, folds[i]);
    }

    void looseFilesAreOneClass()
    {
        const fs::path root = newFolder() / "recordings";
        writeTone(root / "a.wav");
        writeTone(root / "b.wav");
        const Dataset dataset = openDataset(root);
        QCOMPARE(dataset.classes, (std::vector<std::string>{"recordings"}));
        QCOMPARE(dataset.clips.size(), size_t(2));
    }

    void nothingToHearIsAnError()
    {
        const fs::path root = newFolder();
        writeText(root / "a/readme.txt", "x");
        QCOMPARE(errorOf([&] { openDataset(root); }).first, std::string("empty"));
        writeTone(root / "a/one.wav");
        QCOMPARE(errorOf([&] { openDataset(root / "a/one.wav"); }).first, std::string("format"));
    }
};

QTEST_APPLESS_MAIN(TestFolders)
#include "tst_folders.moc"
