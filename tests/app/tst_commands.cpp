// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandRunner.h"
#include "app/TinyDataset.h"
#include "audio/AudioFile.h"
#include "base/Files.h"
#include "spectral/SpectrogramExtractor.h"
#include "spectral/SpectrogramFiles.h"
#include "training/Recipe.h"
#include "weights/Safetensors.h"

#include <QImage>
#include <QtTest>

using namespace melscope;

class TestCommands : public QObject
{
    Q_OBJECT

private:
    CommandRunner m_runner;
    QString m_dataset;

    QString strangeWeights() const
    {
        const float number = 1.0f;
        const auto* const bytes = reinterpret_cast<const std::byte*>(&number);
        const QString file = m_runner.path(QStringLiteral("strange.safetensors"));
        writeFileAtomically(file.toStdString(), encodeSafetensors({{.name = "strange", .storage = {.bytes = {std::shared_ptr<void>(), bytes}, .size = 4}}}));
        return file;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_dataset = m_runner.path(QStringLiteral("tiny"));
        writeTinyDataset(m_dataset);
    }

    void helpNeedsNoScreen()
    {
        const CommandResult help = m_runner.run({QStringLiteral("--help")});
        QCOMPARE(help.status, 0);
        for (const char* command : {"dataset info", "spectrogram", "recipes show", "train", "resume", "evaluate", "runs export", "report", "bench ui"})
            QVERIFY2(help.out.contains(QLatin1String(command)), command);
        QVERIFY(help.errors.isEmpty());
        const CommandResult one = m_runner.run({QStringLiteral("train"), QStringLiteral("--help")});
        QCOMPARE(one.status, 0);
        QVERIFY(one.out.contains(QLatin1String("--recipe NAME|FILE")) && one.out.contains(QLatin1String("--folds")));
        QCOMPARE(m_runner.run({QStringLiteral("--version")}).status, 0);
    }

    void withoutAScreenTheWindowSaysSo()
    {
        const CommandResult result = m_runner.run({m_dataset});
        QCOMPARE(result.status, 1);
        QVERIFY(result.errors.contains(QLatin1String("no screen")) && result.errors.contains(QLatin1String("--help")));
    }

    void wrongUsageIsStatusTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* arguments, const char* expected) {
            QTest::newRow(name) << QString::fromLatin1(arguments).split(u' ') << QString::fromLatin1(expected);
        };
        row("unknown command", "trian x", "did you mean train");
        row("half a command", "dataset", "info, demo");
        row("unknown option", "recipes --jsn", "--json");
        row("missing operand", "dataset info", "DATASET");
        row("too many operands", "dataset info a b", "DATASET");
        row("option without value", "train x --recipe", "--recipe NAME|FILE");
        row("no recipe", "train x", "--recipe");
        row("unknown recipe", "train x --recipe resnet34-slow", "resnet34-quick");
        row("unknown key", "train x --recipe resnet34-quick --set training.epoch=3", "training.epochs");
        row("bad value", "train x --recipe resnet34-quick --set training.epochs=many", "whole number");
        row("no equals sign", "train x --recipe resnet34-quick --set training.epochs", "key=value");
        row("weights from scratch", "train x --recipe resnet34-quick --weights w.pt", "from scratch");
        row("nothing to estimate", "estimate x", "--recipe");
        row("estimate from scratch", "estimate x --recipe resnet34-quick --weights w.pt", "from scratch");
        row("half a mapping", "dataset info x --file-column f", "--label-column");
        row("unknown front end", "spectrogram x.wav --front-end mel --out x.npy", "torchaudio");
        row("unknown front-end key", "spectrogram x.wav --set mel=3 --out x.npy", "mels");
        row("no output", "spectrogram x.wav", "--out");
        row("output of no kind", "spectrogram x.wav --out x.gif", ".npy");
        row("features by nobody", "embed x.wav --out x.npy", "--weights FILE");
        row("features to nowhere", "embed x.wav --weights w.pt", "--out FILE.npy");
        row("export without format", "weights export x --out y", "--format must be pt or safetensors");
        row("export to nowhere", "weights export x --format pt", "--out FILE");
        row("card and seed", "train x --card y --seed 3", "leave --seed out");
        row("unknown export", "runs export x --format xml --out y", "--format must be csv, json, tensorboard, card, labels or verdicts");
        row("unknown report", "report --format pdf", "--format must be markdown, csv, latex or html");
    }
    void wrongUsageIsStatusTwo()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, expected);
        const CommandResult result = m_runner.run(arguments);
        QCOMPARE(result.status, 2);
        QVERIFY2(result.errors.contains(expected), qPrintable(result.errors));
        QVERIFY(result.out.isEmpty());
    }

    void failuresAreStatusOneAndNameTheFile_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("expected");
        QTest::newRow("dataset") << QStringList{"dataset", "info", "no-such-folder"} << "no-such-folder";
        QTest::newRow("clip") << QStringList{"spectrogram", "no-such.wav", "--out", "x.npy"} << "no-such.wav";
        QTest::newRow("run") << QStringList{"resume", "nothing"} << "nothing";
        QTest::newRow("show") << QStringList{"runs", "show", "nothing"} << "nothing";
        QTest::newRow("weights") << QStringList{"train", m_dataset, "--recipe", "efficientnet-b0-quick", "--weights", "no-such.pth"} << "no-such.pth";
        QTest::newRow("other weights") << QStringList{"train", m_dataset, "--recipe", "efficientnet-b0-quick", "--weights", strangeWeights()}
                                       << "strange.safetensors, which is not a model that Melscope knows";
        QTest::newRow("training data") << QStringList{"train", "no-such-folder", "--recipe", "resnet34-quick"} << "no-such-folder";
    }
    void failuresAreStatusOneAndNameTheFile()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, expected);
        const CommandResult result = m_runner.run(arguments << QStringLiteral("--json"));
        QCOMPARE(result.status, 1);
        QVERIFY2(result.errors.contains(expected), qPrintable(result.errors));
        QVERIFY(result.out.isEmpty());
    }

    void datasetInfoCounts()
    {
        const CommandResult result = m_runner.run({QStringLiteral("dataset"), QStringLiteral("info"), m_dataset, QStringLiteral("--json")});
        QCOMPARE(result.status, 0);
        QVERIFY2(result.isJson(), qPrintable(result.out));
        const Json info = result.lines().front();
        QCOMPARE(info["clips"], 24);
        QCOMPARE(info["classes"], 3);
        QCOMPARE(info["folds"], Json({1, 2, 3, 4}));
        QCOMPARE(info["sample_rates"], Json({{"8000", 24}}));
        QCOMPARE(info["seconds"].get<double>(), 12.0);
        for (const Json& problem : info["problems"])
            QVERIFY(problem.contains("file") && problem.contains("kind") && problem.contains("message"));
    }

    void datasetInfoListsTrouble()
    {
        const QString folder = m_runner.path(QStringLiteral("leaky"));
        writeTinyDataset(folder, true);
        QVERIFY(QFile::remove(folder + QStringLiteral("/audio/1-3.wav")));
        const CommandResult result = m_runner.run({QStringLiteral("dataset"), QStringLiteral("info"), folder, QStringLiteral("--json")});
        QCOMPARE(result.status, 0);
        QStringList kinds;
        const Json info = result.lines().at(0);
        for (const Json& problem : info["problems"])
            kinds << QString::fromStdString(problem["kind"].get<std::string>());
        QVERIFY2(kinds.contains(QLatin1String("leak")), qPrintable(result.out));
        QVERIFY2(kinds.contains(QLatin1String("missing")), qPrintable(result.out));
        QVERIFY(result.errors.contains(QLatin1String("1-3.wav")));
    }

    void csvColumnsComeFromOptions()
    {
        const QString csv = m_runner.path(QStringLiteral("tiny/audio/clips.csv"));
        QFile file(csv);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("where,what\n");
        for (int take = 0; take < 8; ++take)
            file.write(QByteArrayLiteral("0-") + QByteArray::number(take) + ".wav,low\n1-" + QByteArray::number(take) + ".wav,high\n");
        file.close();
        const CommandResult result = m_runner.run({"dataset", "info", csv, "--file-column", "where", "--label-column", "what", "--folds-made", "4", "--json"});
        QVERIFY(QFile::remove(csv));
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        QCOMPARE(result.lines().at(0)["clips"], 16);
        QCOMPARE(result.lines().at(0)["folds"], Json({1, 2, 3, 4}));
        QCOMPARE(result.lines().at(0)["folds_are_own"], false);
    }

    void spectrogramIsTheCoresOwn()
    {
        const QString clip = m_dataset + QStringLiteral("/audio/1-2.wav");
        const QString out = m_runner.path(QStringLiteral("clip.npy"));
        const CommandResult result = m_runner.run({"spectrogram", clip, "--front-end", "torchaudio", "--set", "mels=40", "--set", "hop=80",
                                                   "--set", "n_fft=256", "--set", "sample_rate=8000", "--out", out, "--json"});
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        const FrontEnd frontEnd = withSettings(FrontEnd::preset("torchaudio"), {{"sample_rate", "8000"}, {"n_fft", "256"}, {"hop", "80"}, {"mels", "40"}});
        QCOMPARE(frontEnd.fMax, 4000.0);
        QCOMPARE(frontEnd.winLength, 256);
        const SpectrogramExtractor extractor(frontEnd);
        const SpectrogramGrid expected = extractor.compute(extractor.prepare(readAudioFile(clip.toStdString()), false));
        QVERIFY(readNpy(out.toStdString()) == expected);
        QCOMPARE(result.lines().at(0)["mels"], 40);
        QCOMPARE(result.lines().at(0)["frames"], 51);
    }

    void spectrogramPictureShowsTheTone()
    {
        const QString out = m_runner.path(QStringLiteral("clip.png"));
        const CommandResult result = m_runner.run({"spectrogram", m_dataset + "/audio/1-2.wav", "--set", "sample_rate=8000", "--set", "n_fft=256",
                                                   "--set", "hop=128", "--set", "mels=32", "--colours", "grey", "--out", out});
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        const QImage image(out);
        QCOMPARE(image.size(), QSize(32, 32));
        // A tone near 2 kHz at a rate of 8 kHz lies in the upper half of a mel axis; the picture has low bands at the bottom.
        int brightest = 0;
        for (int y = 0; y < image.height(); ++y)
            if (qGray(image.pixel(16, y)) > qGray(image.pixel(16, brightest)))
                brightest = y;
        QVERIFY2(brightest > 2 && brightest < 14, qPrintable(QString::number(brightest)));
    }

    void fixedLengthPads()
    {
        const QString out = m_runner.path(QStringLiteral("long.csv"));
        const CommandResult result = m_runner.run({"spectrogram", m_dataset + "/audio/0-0.wav", "--fixed-length", "--out", out, "--json"});
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        QCOMPARE(result.lines().at(0)["frames"], 431);
        QCOMPARE(result.lines().at(0)["seconds"], 5.0);
        QFile file(out);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().count('\n'), 432);
    }

    void recipesRoundTrip()
    {
        const CommandResult list = m_runner.run({"recipes", "--json"});
        QVERIFY(list.isJson());
        QCOMPARE(list.lines().size(), shippedRecipes().size());
        for (const Json& line : list.lines()) {
            const CommandResult shown = m_runner.run({"recipes", "show", QString::fromStdString(line["name"]), "--json"});
            QCOMPARE(shown.status, 0);
            QCOMPARE(Recipe::fromJson(shown.lines().at(0)).toJson().dump(), findRecipe(line["name"]).toJson().dump());
        }
        const QString file = m_runner.path(QStringLiteral("mine.json"));
        QFile saved(file);
        QVERIFY(saved.open(QIODevice::WriteOnly));
        saved.write(m_runner.run({"recipes", "show", "resnet34-quick", "--set", "training.epochs=3"}).out.toUtf8());
        saved.close();
        QCOMPARE(m_runner.run({"recipes", "show", file, "--json"}).lines().at(0)["training"]["epochs"], 3);
    }

    void recipeIsExplained()
    {
        const CommandResult result = m_runner.run({"recipes", "show", "resnet34-quick", "--explain", "--json"});
        QVERIFY(result.isJson());
        QCOMPARE(result.lines().size(), recipeSchema("resnet34").parameters().size());
        for (const Json& line : result.lines())
            QVERIFY(!line["help"].get<std::string>().empty());
    }

    void spectrogramBenchPrintsALineAThreadCount()
    {
        const CommandResult result = m_runner.run({"bench", "spectrogram", "--seconds", "1", "--json"});
        QVERIFY(result.isJson());
        QCOMPARE(result.lines().front()["bench"], "spectrogram");
        QCOMPARE(result.lines().front()["threads"], 1);
        for (const Json& line : result.lines())
            QVERIFY(line["clips_per_second"].get<double>() > 0.0);
    }

    void augmentBenchTimesWhatItIsAskedFor()
    {
        const CommandResult result = m_runner.run({"bench", "augment", "--set", "name=noise", "--set", "clips=5", "--json"});
        QVERIFY(result.isJson());
        const std::vector<Json> lines = result.lines();
        QCOMPARE(lines.size(), size_t{2});
        QCOMPARE(lines[0]["augmentation"], "log_mel");
        QCOMPARE(lines[1]["augmentation"], "noise");
        QCOMPARE(lines[1]["budget"], 1.2);
        QVERIFY(lines[1]["clips_per_second"].get<double>() > 0.0 && lines[1]["in_log_mels"].get<double>() > 0.0);
        QCOMPARE(m_runner.run({"bench", "augment", "--set", "name=nois"}).status, 2);
    }

    void weightFilesAreInspectedWithoutTheEngine()
    {
        const QString file = m_runner.path(QStringLiteral("some-00000000.safetensors"));
        WeightTensor tensor{.name = "a\x1b[2J", .shape = {2}, .strides = {1}};
        const auto zeros = std::make_shared<std::array<std::byte, 8>>();
        tensor.storage = {.bytes = {zeros, zeros->data()}, .size = 8};
        writeFileAtomically(file.toStdString(), encodeSafetensors({tensor}, {{"format", "pt"}}));
        const CommandResult json = m_runner.run({"weights", "inspect", file, "--tensors", "--json"});
        QVERIFY2(json.status == 0, qPrintable(json.errors));
        QCOMPARE(json.lines().at(0)["architecture"], "");
        QCOMPARE(json.lines().at(0)["format"], "safetensors");
        QCOMPARE(json.lines().at(0)["tensor_list"], Json::array({{{"name", "a\x1b[2J"}, {"dtype", "F32"}, {"shape", {2}}}}));
        QVERIFY2(json.errors.contains(QLatin1String("begins with 00000000")), qPrintable(json.errors));
        const CommandResult text = m_runner.run({"weights", "inspect", file, "--tensors"});
        QCOMPARE(text.status, 0);
        QVERIFY2(text.out.contains(QLatin1String("a?[2J  F32  2")) && !text.out.contains(QChar(27)), qPrintable(text.out));
        const CommandResult clip = m_runner.run({"weights", "inspect", m_dataset + QStringLiteral("/audio/0-0.wav"), "--json"});
        QCOMPARE(clip.status, 1);
        QVERIFY2(clip.errors.contains(QLatin1String("0-0.wav is not a weight file")), qPrintable(clip.errors));
    }

    void noRunsYetIsNotAnError()
    {
        const CommandResult result = m_runner.run({"runs", "list", "--json"});
        QCOMPARE(result.status, 0);
        QVERIFY(result.out.isEmpty());
        QVERIFY(result.errors.contains(QLatin1String("no runs")));
    }
};

QTEST_GUILESS_MAIN(TestCommands)
#include "tst_commands.moc"
