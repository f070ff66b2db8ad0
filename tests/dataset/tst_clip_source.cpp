// SPDX-License-Identifier: GPL-3.0-or-later
#include "DatasetFiles.h"
#include "augment/ExamplePipeline.h"
#include "dataset/DatasetClipSource.h"
#include "support/TinyFrontEnd.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace melscope;
using namespace melscope::test;

/// Three short tones in two folds behind a DatasetClipSource.
class TestClipSource : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::shared_ptr<const Dataset> m_dataset;
    std::shared_ptr<const SpectrogramExtractor> m_extractor = std::make_shared<const SpectrogramExtractor>(tinyFrontEnd(16, 20));

    std::filesystem::path root() const { return m_folder.path().toStdString(); }

private Q_SLOTS:
    void init()
    {
        QVERIFY(m_folder.isValid());
        writeText(root() / "clips.csv", "file,label,fold\na.wav,low,1\nb.wav,high,2\nc.wav,high,1\n");
        for (const char* name : {"a.wav", "b.wav", "c.wav"})
            writeTone(root() / name, 0.3 + 0.1 * (name[0] - 'a'), 16000, 0.2f);
        m_dataset = std::make_shared<const Dataset>(openDataset(root() / "clips.csv"));
        QCOMPARE(m_dataset->clips.size(), size_t{3});
    }

    void valuesAreTheModelsInput()
    {
        const ClipSource source = DatasetClipSource::create(m_dataset, m_extractor);
        for (int clip = 0; clip < 3; ++clip) {
            const auto samples = m_extractor->prepare(readAudioFile(m_dataset->clips[static_cast<size_t>(clip)].path), true);
            const SharedValues given = source.samples(clip);
            QCOMPARE(static_cast<SampleIndex>(given.values.size()), m_extractor->frontEnd().clipLength());
            QVERIFY(std::equal(samples.begin(), samples.end(), given.values.begin(), given.values.end()));
            const SpectrogramGrid grid = m_extractor->compute(samples);
            const SharedValues ready = source.grid(clip);
            QVERIFY(std::equal(grid.values.begin(), grid.values.end(), ready.values.begin(), ready.values.end()));
            QCOMPARE(source.label(clip), m_dataset->clips[static_cast<size_t>(clip)].label);
        }
    }

    void partnersAreTheClipsOutsideTheHeldOutFold()
    {
        QCOMPARE(DatasetClipSource::create(m_dataset, m_extractor).partners, (std::vector<int>{0, 1, 2}));
        QCOMPARE(DatasetClipSource::create(m_dataset, m_extractor, 1).partners, (std::vector<int>{1}));
        QCOMPARE(DatasetClipSource::create(m_dataset, m_extractor, 2).partners, (std::vector<int>{0, 2}));
    }

    void aClipIsDecodedOnceWhileItIsRemembered()
    {
        const ClipSource source = DatasetClipSource::create(m_dataset, m_extractor, std::nullopt, 2);
        const SharedValues first = source.samples(0);
        const SharedValues grid = source.grid(0);
        source.samples(1);
        QCOMPARE(source.samples(0).owner, first.owner);
        QCOMPARE(source.grid(0).owner, grid.owner);
        source.samples(2); // two are remembered: 0 and now 2
        QCOMPARE(source.samples(0).owner, first.owner);
        source.samples(1);
        source.samples(2);
        QVERIFY(source.samples(0).owner != first.owner);
        QVERIFY(!first.values.empty()); // what was handed out stays
    }

    void whatCannotBeReadIsSaid()
    {
        const ClipSource source = DatasetClipSource::create(m_dataset, m_extractor);
        std::filesystem::remove(root() / "b.wav");
        const auto [kind, sentence] = errorOf([&] { source.samples(1); });
        QCOMPARE(QString::fromStdString(kind), QStringLiteral("missing"));
        QVERIFY2(sentence.find("b.wav") != std::string::npos, sentence.c_str());
        QCOMPARE(QString::fromStdString(errorOf([&] { source.grid(3); }).first), QStringLiteral("invalid-value"));
        source.samples(0); // the rest still works
    }

    void aPipelineRunsOnIt()
    {
        const AugmentationChain chain = AugmentationChain::fromJson(Json::parse(R"({"spectrogram": [{"name": "time_roll"}]})"));
        const ExamplePipeline pipeline(m_extractor, DatasetClipSource::create(m_dataset, m_extractor), chain);
        const Example example = pipeline.make({.seed = 3, .epoch = 1, .clip = 2}, ExamplePipeline::Keep::Samples);
        QCOMPARE(static_cast<SampleIndex>(example.samples.size()), m_extractor->frontEnd().clipLength());
        QVERIFY(!(example.grid == m_extractor->compute(example.samples)));
    }
};

QTEST_APPLESS_MAIN(TestClipSource)
#include "tst_clip_source.moc"
