// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/DatasetFiles.h"
#include "dataset/Folds.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace melscope;
using namespace melscope::test;
namespace fs = std::filesystem;

/// Importers that read a table: ESC-50, UrbanSound8K, generic CSV.
class TestTables : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_count = 0;
    fs::path newFolder() { return fs::path(m_folder.path().toStdString()) / ("d" + std::to_string(m_count++)); }

private Q_SLOTS:
    void esc50KeepsTargetsOrderSourcesAndUnknownColumns()
    {
        const fs::path root = newFolder() / "ESC-50-master";
        writeText(root / "meta/esc50.csv", "filename,fold,target,category,esc10,src_file,take\n"
                                           "1-7-A-38.wav,1,38,water_drops,False,7,A\n"
                                           "2-8-A-0.wav,2,0,dog,True,8,A\n"
                                           "3-9-B-11.wav,3,11,sea_waves,True,,B\n");
        writeTone(root / "audio/1-7-A-38.WAV");
        writeTone(root / "audio/2-8-A-0.ogg");
        writeTone(root / "audio/3-9-B-11.Flac");
        const Dataset dataset = openDataset(root.parent_path());
        QCOMPARE(dataset.layout, std::string("esc50"));
        QCOMPARE(dataset.name, std::string("ESC-50-master"));
        QVERIFY(dataset.problems.empty());
        QCOMPARE(dataset.classes, (std::vector<std::string>{"dog", "sea_waves", "water_drops"}));
        QCOMPARE(dataset.folds, (std::vector<int>{1, 2, 3}));
        QVERIFY(dataset.foldsAreOwn);
        const Clip* drops = clipNamed(dataset, "1-7-A-38.wav");
        QVERIFY(drops);
        QCOMPARE(drops->label, 2);
        QCOMPARE(drops->source, std::string("7"));
        QCOMPARE(drops->path.filename().string(), std::string("1-7-A-38.WAV"));
        QCOMPARE(drops->extra, (std::map<std::string, std::string>{{"esc10", "False"}, {"take", "A"}}));
        QCOMPARE(clipNamed(dataset, "3-9-B-11.wav")->source, std::string("9")); // from the name's middle field
        QCOMPARE(openDataset(root / "meta/esc50.csv"), dataset);
    }

    void urbanSoundFindsClipsInFoldFolders()
    {
        const fs::path root = newFolder();
        writeText(root / "metadata/UrbanSound8K.csv", "slice_file_name,fsID,start,end,salience,fold,classID,class\n"
                                                      "100032-3-0-0.wav,100032,0.0,0.3,1,5,3,dog_bark\n"
                                                      "100263-2-0-117.wav,100263,58.5,62.5,1,10,2,children_playing\n");
        writeTone(root / "audio/fold5/100032-3-0-0.wav");
        writeTone(root / "audio/fold10/100263-2-0-117.wav");
        const Dataset dataset = openDataset(root);
        QCOMPARE(dataset.layout, std::string("urbansound8k"));
        QCOMPARE(dataset.clips.size(), size_t(2));
        QCOMPARE(dataset.classes, (std::vector<std::string>{"children_playing", "dog_bark"}));
        QCOMPARE(dataset.folds, (std::vector<int>{5, 10}));
        QCOMPARE(dataset.clips[0].source, std::string("100032"));
        QCOMPARE(dataset.clips[0].extra.at("salience"), std::string("1"));
        QCOMPARE(openDataset(root / "metadata/UrbanSound8K.csv").layout, std::string("urbansound8k"));
    }

    void everyBadRowIsAProblemAndTheRestWorks()
    {
        const fs::path root = newFolder();
        writeText(root / "meta/esc50.csv", "\xEF\xBB\xBF" "filename,fold,target,category\r\n"
                                           "good.wav,1,0,dog\r\n"
                                           "gone.wav,1,0,dog\r\n"
                                           "good.wav,2,0,dog\r\n"
                                           "short.wav,1\r\n"
                                           "word.wav,first,0,dog\r\n"
                                           "folder.wav,1,0,dog\r\n"
                                           ",1,0,dog\r\n"
                                           "\r\n"
                                           "\"comma, quoted.wav\",2,1,\"cat, \"\"tame\"\"\"\r\n");
        writeTone(root / "audio/good.wav");
        writeTone(root / "audio/comma, quoted.wav");
        fs::create_directories(root / "audio/folder.wav");
        const Dataset dataset = openDataset(root);
        QCOMPARE(dataset.clips.size(), size_t(2));
        QCOMPARE(dataset.classes, (std::vector<std::string>{"dog", "cat, \"tame\""}));
        std::vector<std::string> kinds;
        for (const Problem& problem : dataset.problems) {
            kinds.push_back(toString(problem.kind));
            QVERIFY(problem.unusable);
            QVERIFY2(problem.message.ends_with("left out."), problem.message.c_str());
        }
        QCOMPARE(kinds, (std::vector<std::string>{"missing", "duplicate-row", "bad-row", "bad-row", "not-audio", "bad-row"}));
        QVERIFY(dataset.problems[0].message.find("gone.wav") != std::string::npos);
        QVERIFY(dataset.problems[1].message.find("row 2 counts") != std::string::npos);
        QCOMPARE(clipNamed(dataset, "good.wav")->fold, 1);
    }

    void latin1BytesBecomeUtf8()
    {
        const fs::path root = newFolder();
        writeText(root / "list.csv", "file;label\nm\xF6we.wav;V\xF6gel\n");
        writeTone(root / "möwe.wav");
        const Dataset dataset = openDataset(root);
        QCOMPARE(dataset.clips.at(0).name, std::string("möwe.wav"));
        QCOMPARE(dataset.classes.at(0), std::string("Vögel"));
    }

    void csvGuessesColumnsSplitsAndPaths()
    {
        const fs::path root = newFolder();
        const fs::path outside = newFolder() / "elsewhere.wav";
        writeTone(outside);
        writeTone(root / "sub/b.wav");
        writeTone(root / "wav/c.flac");
        writeTone(root.parent_path() / "beside.wav");
        writeText(root / "list.csv", "path,species,split,recording,length\n" + outside.string() + ",owl,test,r1,1\n"
                                     "sub/b.wav,owl,train,r2,2\nc.wav,tit,val,r3,3\n../beside.wav,tit,train,r4,4\n");
        const Dataset dataset = openDataset(root);
        QCOMPARE(dataset.layout, std::string("csv"));
        QVERIFY2(dataset.problems.empty(), dataset.problems.empty() ? "" : dataset.problems[0].message.c_str());
        std::vector<int> folds;
        for (const Clip& clip : dataset.clips)
            folds.push_back(clip.fold);
        QCOMPARE(folds, (std::vector<int>{3, 1, 2, 1})); // train 1, validation 2, test 3
        QCOMPARE(dataset.clips[0].path, outside);
        QCOMPARE(dataset.clips[3].source, std::string("r4"));
        QCOMPARE(dataset.clips[3].extra, (std::map<std::string, std::string>{{"length", "4"}}));
    }

    void unguessableColumnsAreAskedForAndTheMappingIsFollowed()
    {
        const fs::path root = newFolder();
        writeText(root / "list.csv", "one,two,three\nx,a.wav,7\ny,b.wav,8\n");
        writeTone(root / "a.wav");
        writeTone(root / "b.wav");
        const auto [kind, sentence] = errorOf([&] { openDataset(root); });
        QCOMPARE(kind, std::string("format"));
        for (const char* word : {"one, two, three", "--file-column", "--label-column", "--fold-column", "--source-column"})
            QVERIFY2(sentence.find(word) != std::string::npos, sentence.c_str());
        const CsvPreview preview = previewCsv(root / "list.csv", 1);
        QCOMPARE(preview.columns, (std::vector<std::string>{"one", "two", "three"}));
        QCOMPARE(preview.rows.size(), size_t(1));
        QCOMPARE(preview.guess, (ColumnMapping{"two", "", "", ""})); // by content: the fields name sound files
        OpenOptions options;
        options.columns = ColumnMapping{"two", "one", "", "three"};
        const Dataset dataset = openDataset(root, options);
        QCOMPARE(dataset.classes, (std::vector<std::string>{"x", "y"}));
        QCOMPARE(dataset.clips[1].source, std::string("8"));
        QVERIFY(!dataset.foldsAreOwn);
        options.columns->label = "four";
        QCOMPARE(errorOf([&] { openDataset(root, options); }).first, std::string("format"));
    }

    void hopelessTablesSayWhy()
    {
        const fs::path root = newFolder();
        writeText(root / "empty.csv", "");
        QCOMPARE(errorOf([&] { openDataset(root / "empty.csv"); }).first, std::string("empty"));
        writeText(root / "header.csv", "file,label\n");
        QCOMPARE(errorOf([&] { openDataset(root / "header.csv"); }).first, std::string("empty"));
        writeText(root / "binary.csv", std::string("RIFF\0\0\0", 7));
        QCOMPARE(errorOf([&] { openDataset(root / "binary.csv"); }).first, std::string("format"));
        writeText(root / "wide.csv", "\xFF\xFE" "f\1");
        QCOMPARE(errorOf([&] { openDataset(root / "wide.csv"); }).first, std::string("format"));
        writeText(root / "gone.csv", "file,label\nnowhere.wav,dog\n");
        const auto [kind, sentence] = errorOf([&] { openDataset(root / "gone.csv"); });
        QCOMPARE(kind, std::string("missing"));
        QVERIFY(sentence.find("nowhere.wav") != std::string::npos);
        QCOMPARE(errorOf([&] { openDataset(root / "absent"); }).first, std::string("missing"));
    }

    void cancelledOpeningThrows()
    {
        const fs::path root = newFolder();
        writeText(root / "list.csv", "file,label\na.wav,dog\n");
        writeTone(root / "a.wav");
        std::stop_source source;
        source.request_stop();
        OpenOptions options;
        options.stop = source.get_token();
        QCOMPARE(errorOf([&] { openDataset(root, options); }).first, std::string("cancelled"));
    }

    void esc10AsPublished()
    {
        const fs::path root = fs::path(qgetenv("MELSCOPE_SHARED").toStdString()) / "data/esc10";
        if (!fs::exists(root))
            QSKIP("ESC-10 is not here; set MELSCOPE_SHARED.");
        const Dataset dataset = openDataset(root);
        QCOMPARE(dataset.clips.size(), size_t(400));
        QCOMPARE(dataset.classes, (std::vector<std::string>{"dog", "rooster", "rain", "sea_waves", "crackling_fire",
                                                           "crying_baby", "sneezing", "clock_tick", "helicopter", "chainsaw"}));
        QCOMPARE(dataset.folds, (std::vector<int>{1, 2, 3, 4, 5}));
        QVERIFY(dataset.problems.empty());
        QCOMPARE(findLeaks(dataset).size(), size_t(0));
        for (const int fold : dataset.folds)
            QCOMPARE(clipsInFold(dataset, fold).size(), size_t(80));
    }
};

QTEST_APPLESS_MAIN(TestTables)
#include "tst_tables.moc"
