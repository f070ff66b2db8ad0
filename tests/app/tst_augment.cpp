// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandRunner.h"
#include "app/TinyDataset.h"
#include "audio/AudioFile.h"
#include "augment/AugmentationCatalogue.h"
#include "augment/ShippedChains.h"
#include "base/Files.h"
#include "dataset/DatasetClipSource.h"
#include "dataset/FeatureCache.h"
#include "spectral/FrontEndSettings.h"
#include "spectral/SpectrogramFiles.h"
#include "training/BatchLoader.h"

#include <QDir>
#include <QFileInfo>
#include <QtTest>

using namespace melscope;

/// augment, chains and difficulty through the real executable.
class TestAugment : public QObject
{
    Q_OBJECT

private:
    CommandRunner m_runner;
    QString m_dataset;
    QString m_chain; ///< acts on samples and on the spectrogram, and mixes
    QString m_alone; ///< the same without other clips

    static FrontEnd frontEnd()
    {
        return withSettings(FrontEnd::preset("esc"), {{"sample_rate", "8000"}, {"clip_seconds", "0.5"}, {"n_fft", "256"}, {"hop", "128"}, {"mels", "16"}});
    }

    static QStringList settings()
    {
        return {"--set", "sample_rate=8000", "--set", "clip_seconds=0.5", "--set", "n_fft=256", "--set", "hop=128", "--set", "mels=16"};
    }

    QString write(const QString& name, const char* text) const
    {
        writeFileAtomically(m_runner.path(name).toStdString(), text);
        return m_runner.path(name);
    }

    /// The tensor that a training with seed 5 that holds fold 4 out is fed for `clip` in `epoch`, but for the normalisation.
    SpectrogramGrid trainersGrid(const std::string& clip, int epoch) const
    {
        const auto dataset = std::make_shared<const Dataset>(openDataset(m_dataset.toStdString()));
        const auto extractor = std::make_shared<const SpectrogramExtractor>(frontEnd());
        const auto grids = FeatureCache::open(*dataset, frontEnd(), 1);
        const auto samples = FeatureCache::openSamples(*dataset, frontEnd(), 1);
        const auto valuesOf = [](std::shared_ptr<const FeatureCache> cache) {
            return [cache](int index) { return SharedValues{.values = cache->values(index), .owner = cache}; };
        };
        ClipSource source = DatasetClipSource::create(dataset, extractor, 4); // for its partners and labels
        source.samples = valuesOf(samples);
        source.grid = valuesOf(grids);
        BatchPlan plan{.classes = 3, .batch = 5, .epochs = epoch + 1, .seed = 5};
        for (int i = 0; i < static_cast<int>(dataset->clips.size()); ++i)
            if (dataset->clips[static_cast<size_t>(i)].fold != 4)
                plan.clips.push_back(i);
        const auto chain = NamedChain::fromFile(m_chain.toStdString()).chain;
        BatchLoader loader(std::make_shared<const ExamplePipeline>(extractor, source, chain), plan, plan.batchesPerEpoch() * epoch, 2);
        const size_t size = static_cast<size_t>(frontEnd().mels * frontEnd().frames());
        for (int64_t step = 0; step < plan.batchesPerEpoch(); ++step) {
            const Batch batch = loader.next();
            for (size_t i = 0; i < batch.clips.size(); ++i)
                if (dataset->clips[static_cast<size_t>(batch.clips[i])].name == clip)
                    return {.mels = frontEnd().mels, .frames = frontEnd().frames(),
                            .values = {batch.input.begin() + static_cast<std::ptrdiff_t>(i * size),
                                       batch.input.begin() + static_cast<std::ptrdiff_t>((i + 1) * size)}};
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("MELSCOPE_CACHE_DIR", m_runner.path(QStringLiteral("cache")).toUtf8());
        m_dataset = m_runner.path(QStringLiteral("tiny"));
        writeTinyDataset(m_dataset);
        m_alone = write(QStringLiteral("alone.json"), R"({"waveform": [{"name": "gain"}], "spectrogram": [{"name": "time_roll"}, {"name": "spec_augment"}]})");
        m_chain = write(QStringLiteral("chain.json"), R"({"waveform": [{"name": "gain"}, {"name": "pitch_shift", "probability": 0.5}, {"name": "random_filter"}],
                                                         "spectrogram": [{"name": "time_roll"}, {"name": "spec_augment"}],
                                                         "mix": [{"name": "mixup"}]})");
    }

    void aDrawIsWhatTheTrainerIsFed_data()
    {
        QTest::addColumn<int>("epoch");
        for (const int epoch : {0, 1, 3})
            QTest::addRow("epoch %d", epoch) << epoch;
    }
    void aDrawIsWhatTheTrainerIsFed()
    {
        QFETCH(const int, epoch);
        const QString out = m_runner.path(QStringLiteral("fed"));
        const CommandResult result = m_runner.run(QStringList{"augment", "1-2.wav", "--dataset", m_dataset, "--chain", m_chain, "--seed", "5", "--epoch",
                                                              QString::number(epoch), "--fold", "4", "--out", out, "--json"} + settings());
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        const Json line = result.lines().at(0);
        const SpectrogramGrid grid = readNpy(line["npy"].get<std::string>());
        const SpectrogramGrid fed = trainersGrid("1-2.wav", epoch);
        QCOMPARE(grid.mels, fed.mels);
        QVERIFY(grid.values == fed.values);
        QCOMPARE(line["mixing"], "mixup");
        QVERIFY(line["partner"].is_string() && line["partner"] != "1-2.wav");
    }

    void everyDrawHasSoundAndNumbers()
    {
        const QString out = m_runner.path(QStringLiteral("draws"));
        const QStringList arguments = QStringList{"augment", m_dataset + "/audio/0-1.wav", "--chain", m_alone, "--seed", "9", "--count", "4", "--out", out, "--json"}
                                      + settings();
        const CommandResult result = m_runner.run(arguments);
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        QCOMPARE(result.lines().size(), size_t{4});
        std::vector<std::vector<float>> grids;
        for (int epoch = 0; epoch < 4; ++epoch) {
            const Json line = result.lines()[static_cast<size_t>(epoch)];
            QCOMPARE(QString::fromStdString(line["npy"]), out + QStringLiteral("/0-1-seed9-epoch%1.npy").arg(epoch));
            QVERIFY(line["partner"].is_null() && line["mixing"].is_null());
            QCOMPARE(line["own_share"], 1.0);
            const AudioInfo sound = readAudioInfo(line["wav"].get<std::string>());
            QCOMPARE(sound.sampleRate, 8000);
            QCOMPARE(sound.frames, SampleIndex{4000});
            QVERIFY2(sound.format.find("32") != std::string::npos, sound.format.c_str());
            grids.push_back(readNpy(line["npy"].get<std::string>()).values);
            for (int before = 0; before < epoch; ++before)
                QVERIFY(grids[static_cast<size_t>(before)] != grids.back());
        }
        QCOMPARE(m_runner.run(arguments).status, 0);
        QVERIFY(readNpy(result.lines()[2]["npy"].get<std::string>()).values == grids[2]);
    }

    void withoutAChainActingTheClipIsAsItIs()
    {
        const QString out = m_runner.path(QStringLiteral("plain"));
        QCOMPARE(m_runner.run(QStringList{"augment", m_dataset + "/audio/0-1.wav", "--chain", "none", "--out", out} + settings()).status, 0);
        const QString spectrogram = m_runner.path(QStringLiteral("plain.npy"));
        QCOMPARE(m_runner.run(QStringList{"spectrogram", m_dataset + "/audio/0-1.wav", "--fixed-length", "--out", spectrogram} + settings()).status, 0);
        QVERIFY(readNpy((out + QStringLiteral("/0-1-seed0-epoch0.npy")).toStdString()).values == readNpy(spectrogram.toStdString()).values);
    }

    void otherClipsNeedADataset()
    {
        const QString chain = write(QStringLiteral("background.json"), R"({"waveform": [{"name": "background"}]})");
        for (const QString& each : {chain, m_chain, QStringLiteral("contrastive")}) {
            const QStringList arguments{"augment", m_dataset + "/audio/0-1.wav", "--chain", each, "--out", m_runner.path(QStringLiteral("x"))};
            const CommandResult result = m_runner.run(arguments);
            QCOMPARE(result.status, 2);
            QVERIFY2(result.errors.contains(QLatin1String("--dataset DATASET")), qPrintable(result.errors));
            QVERIFY(!QFileInfo::exists(m_runner.path(QStringLiteral("x")))); // it is said before anything is done
            QCOMPARE(m_runner.run(arguments + QStringList{"--dataset", m_dataset}).status, 0);
            QVERIFY(QDir(m_runner.path(QStringLiteral("x"))).removeRecursively());
        }
    }

    void aFolderThatCannotBeMadeIsASentence()
    {
        const CommandResult result = m_runner.run(QStringList{"augment", m_dataset + "/audio/0-1.wav", "--chain", m_alone, "--out", "/proc/x"} + settings());
        QCOMPARE(result.status, 1);
        QVERIFY2(result.errors.contains(QLatin1String("/proc/x")) && !result.errors.contains(QLatin1String("filesystem error")), qPrintable(result.errors));
    }

    void unknownNamesAreWrongUsage()
    {
        const CommandResult chain = m_runner.run({"augment", "a.wav", "--chain", "stronk", "--out", "x"});
        QCOMPARE(chain.status, 2);
        QVERIFY(chain.errors.contains(QLatin1String("stronk")) && chain.errors.contains(QLatin1String("strong")));
        const CommandResult clip = m_runner.run({"augment", "a.wav", "--dataset", m_dataset, "--chain", "none", "--out", "x"});
        QCOMPARE(clip.status, 2);
        QVERIFY(clip.errors.contains(QLatin1String("no clip a.wav")));
        QCOMPARE(m_runner.run({"augment", "a.wav", "--chain", "none", "--out", m_runner.path(QStringLiteral("x"))}).status, 1);
    }

    void chainsListsPresetsAndAugmentations()
    {
        const CommandResult result = m_runner.run({"chains", "--json"});
        QCOMPARE(result.status, 0);
        size_t presets = 0, augmentations = 0;
        for (const Json& line : result.lines()) {
            presets += line.contains("chain");
            augmentations += line.contains("augmentation");
        }
        QCOMPARE(presets, shippedChains().size());
        QCOMPARE(augmentations, augmentationCatalogue().size());
        QVERIFY(m_runner.run({"chains"}).out.contains(QLatin1String("time_roll (Cyclic shift in frames)")));
    }

    void aChainShownIsAChainFile()
    {
        const CommandResult shown = m_runner.run({"chains", "show", "contrastive"});
        QCOMPARE(shown.status, 0);
        const QString file = write(QStringLiteral("again.json"), shown.out.toUtf8().constData());
        QCOMPARE(m_runner.run({"chains", "show", file}).out, shown.out);
        QCOMPARE(m_runner.run({"chains", "show", "strnog"}).status, 2);
    }

    void difficultyOfNothingIsNone()
    {
        const QStringList arguments = QStringList{"difficulty", m_dataset, "--chain", "none", "--pairs", "8", "--json"} + settings();
        const CommandResult result = m_runner.run(arguments);
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        const Json line = result.lines().at(0);
        QCOMPARE(line["clips"], 18); // fold 4 is left out
        QCOMPARE(line["fold"], 4);
        QCOMPARE(line["chance"].get<double>(), 1.0 / 15.0);
        QCOMPARE(line["top1"]["bands"]["share"], 1.0);
        QVERIFY(QString::fromStdString(line["verdict"]).startsWith(QLatin1String("100 %")));
        QCOMPARE(m_runner.run(arguments).out, result.out);
    }

    void difficultyWithoutEachHasALineEach()
    {
        const CommandResult result = m_runner.run(QStringList{"difficulty", m_dataset, "--chain", m_alone, "--pairs", "8", "--without-each", "--json"} + settings());
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        QStringList without;
        for (const Json& line : result.lines())
            without += line["without"].is_null() ? QStringLiteral("-") : QString::fromStdString(line["without"]);
        QCOMPARE(without, (QStringList{"-", "gain", "time_roll", "spec_augment"}));
    }
};

QTEST_GUILESS_MAIN(TestAugment)
#include "tst_augment.moc"
