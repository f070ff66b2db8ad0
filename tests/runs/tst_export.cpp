// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/AudioFile.h"
#include "base/CsvText.h"
#include "base/Files.h"
#include "runs/RunExport.h"
#include "support/FakeEngine.h"
#include "support/TinyDataset.h"
#include "support/TinyRun.h"

#include <QTemporaryDir>
#include <QtTest>

#include <limits>

using namespace melscope;
using namespace melscope::test;

class TestExport : public QObject
{
    Q_OBJECT

private:
    static QStringList lines(const std::string& text) { return QString::fromStdString(text).split(u'\n', Qt::SkipEmptyParts); }

private Q_SLOTS:
    void cellsAreQuotedOnlyWhereNeeded()
    {
        QCOMPARE(csvCell(std::string("plain text")), std::string("plain text"));
        QCOMPARE(csvCell(std::string("a,b")), std::string("\"a,b\""));
        QCOMPARE(csvCell(std::string("say \"hi\"\n")), std::string("\"say \"\"hi\"\"\n\""));
        QCOMPARE(csvCell(0.1), std::string("0.1"));
        QCOMPARE(csvCell(0.1F), std::string("0.1"));
        QCOMPARE(csvCell(std::numeric_limits<double>::quiet_NaN()), std::string());
        QCOMPARE(std::stod(csvCell(1.0 / 3.0)), 1.0 / 3.0);
    }

    void epochsWithoutValidationHaveEmptyCells()
    {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const QStringList text = lines(metricsCsv({{.fold = 2, .epoch = 1, .epochs = 9, .trainLoss = 0.25, .valLoss = nan, .valAccuracy = nan}}));
        QCOMPARE(text.size(), 2);
        QCOMPARE(text.at(0).count(u','), text.at(1).count(u','));
        QVERIFY2(text.at(1).startsWith(QStringLiteral("2,supervised,1,9,0.25,0,,,0,")), qPrintable(text.at(1)));
    }

    void figuresHaveColumnsOfTheirOwn()
    {
        const QStringList text = lines(metricsCsv({{.fold = 1, .stage = "contrastive", .epoch = 1, .figures = {{"knn_accuracy", 0.5}, {"alignment", 0.25}}},
                                                   {.fold = 1, .stage = "contrastive", .epoch = 2, .figures = {{"alignment", 0.125}}},
                                                   {.fold = 1, .epoch = 1}}));
        QVERIFY(text.at(0).endsWith(QStringLiteral(",seconds,knn_accuracy,alignment")));
        QVERIFY(text.at(1).startsWith(QStringLiteral("1,contrastive,1,")));
        QVERIFY(text.at(1).endsWith(QStringLiteral(",0.5,0.25")));
        QVERIFY(text.at(2).endsWith(QStringLiteral(",,0.125")));
        QVERIFY(text.at(3).endsWith(QStringLiteral(",,")));
    }

    void predictionsNameTheirClasses()
    {
        const std::vector<std::string> classes{"rain, heavy", "wind"};
        const QStringList text = lines(predictionsCsv({{.name = "a.wav", .fold = 1, .label = 0, .predicted = 1, .loss = 0.5, .probabilities = {0.1F, 0.9F}},
                                                       {.name = "b.wav", .fold = 1, .label = 1, .predicted = 1, .probabilities = {0.25F, 0.75F},
                                                        .ttaPredicted = 1, .ttaProbabilities = {0.5F, 0.5F}}}, classes));
        QVERIFY(text.at(0).endsWith(QStringLiteral(",\"p(rain, heavy)\",p(wind)")));
        QCOMPARE(text.at(1), QStringLiteral("a.wav,1,\"rain, heavy\",wind,0,0.5,,,0.1,0.9"));
        QCOMPARE(text.at(2), QStringLiteral("b.wav,1,wind,wind,1,0,wind,1,0.25,0.75"));
    }

    void aClipsLabelSaysWhatItWasTakenFor()
    {
        const std::vector<std::string> classes{"rain", "wind"};
        const ClipPrediction wrong{.name = "a.wav", .label = 0, .predicted = 1, .probabilities = {0.125F, 0.875F}};
        QCOMPARE(predictionSpan(wrong, classes, 4.0), (LabelledSpan{.end = 4.0, .text = "wind 87.5 % (is rain)"}));
        const ClipPrediction right{.name = "b.wav", .label = 1, .predicted = 1, .probabilities = {0.5F, 0.5F}};
        QCOMPARE(predictionSpan(right, classes, 4.0).text, std::string("wind 50.0 %"));
    }

    void labelTracksLieAsLongAsTheNetworkHears()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        auto dataset = tinyDataset(path / "data");
        writeAudioFile(dataset->clips[0].path, {.sampleRate = 8000, .channels = 1, .samples = std::vector<float>(20000, 0.1F)}); // 2.5 s
        writeAudioFile(dataset->clips[1].path, {.sampleRate = 8000, .channels = 1, .samples = std::vector<float>(72000, 0.1F)}); // 9 s
        dataset = std::make_shared<const Dataset>(openDataset(path / "data"));
        RunStore store(path / "store");
        const RunRecord run = store.create(tinyRun(dataset, 2, {1}));
        RunControl control;
        store.addFoldResult(run.id, FakeEngine().trainFold({.dataset = dataset, .recipe = store.recipe(run.id), .fold = 1,
                                                            .folder = store.runFolder(run.id)}, control, [](const FoldProgress&) {}));
        std::vector<std::string> unreadable;
        const auto files = exportLabels(store, store.find(run.id), path / "labels", unreadable);
        QCOMPARE(files.size(), size_t{2});
        QCOMPARE(unreadable.size(), size_t{2}); // the others are not really audio
        QVERIFY(unreadable.front().find(dataset->clips[2].path.filename().string()) != std::string::npos);
        QCOMPARE(files.front().filename().string(), dataset->clips[0].name + ".txt");
        QVERIFY(readFile(files[0]).starts_with("0.000000\t2.500000\t"));
        QVERIFY(readFile(files[1]).starts_with("0.000000\t5.000000\t"));
    }

    void jsonHoldsTheWholeRun()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        const auto dataset = tinyDataset(path / "data");
        RunStore store(path / "store");
        const RunRecord run = store.create(tinyRun(dataset, 2, {1}, 3));
        RunControl control;
        store.addFoldResult(run.id, FakeEngine().trainFold({.dataset = dataset, .recipe = store.recipe(run.id), .fold = 1, .seed = 3,
                                                            .folder = store.runFolder(run.id)}, control, [](const FoldProgress&) {}));
        const Json json = Json::parse(exportJson(store, store.find(run.id)).dump());
        QCOMPARE(json.at("run").get<std::string>(), run.id);
        QVERIFY(Recipe::fromJson(json.at("recipe_file")).toJson() == store.recipe(run.id).toJson());
        QCOMPARE(json.at("metrics").size(), size_t{2});
        QVERIFY(json.at("metrics").at(1).at("val_loss").is_null()); // not validated
        QCOMPARE(json.at("predictions").size(), size_t{4});
        QCOMPARE(json.at("results").at(0).at("n").get<int>(), 4);
        int correct = 0;
        for (const Json& clip : json.at("predictions"))
            correct += clip.at("class") == clip.at("predicted") ? 1 : 0;
        QCOMPARE(json.at("accuracy").get<double>(), correct / 4.0);
    }
};

QTEST_APPLESS_MAIN(TestExport)
#include "tst_export.moc"
