// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/AudioFile.h"
#include "dataset/DatasetClipSource.h"
#include "engine/FoldData.h"
#include "support/Signals.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>

using namespace melscope;
using namespace melscope::test;
namespace fs = std::filesystem;

/// What a preview shows of (chain, seed, epoch, clip) is what the trainer is fed, bit for bit: one decodes clips when it needs
/// them, the other maps caches and prepares batches on threads.
class TestOnePipeline : public QObject
{
    Q_OBJECT

private:
    static constexpr int heldOut = 2;
    static constexpr uint64_t seed = 11;

    QTemporaryDir m_folder;
    FoldJob m_job{.fold = heldOut, .seed = seed};

    static Json augmentation()
    {
        return Json::parse(R"({
            "waveform": [{"name": "gain"}, {"name": "pitch_shift", "probability": 0.3}, {"name": "background"}, {"name": "equalizer"},
                         {"name": "reverb", "probability": 0.5}],
            "spectrogram": [{"name": "time_roll", "probability": 0.7}, {"name": "time_warp"}, {"name": "frequency_shift"},
                            {"name": "random_resized_crop", "probability": 0.5}, {"name": "filter_augment"}, {"name": "linear_fader"},
                            {"name": "spectrogram_noise", "probability": 0.5}, {"name": "spec_augment"}, {"name": "cutout"}],
            "mix": [{"name": "between_class", "probability": 0.5}, {"name": "cutmix_time", "probability": 0.5},
                    {"name": "mixup", "probability": 0.5}, {"name": "cutmix_frequency", "probability": 0.5}, {"name": "spectrogram_mixup"}]})");
    }

    /// Clips of two classes in three folds: rates and channels that must be converted, lengths that must be padded and cropped,
    /// one file that is cut and one that is no sound at all.
    void writeDataset(const fs::path& root)
    {
        std::ofstream list(root / "clips.csv");
        list << "file,label,fold\n";
        for (int i = 0; i < 15; ++i) {
            const std::string name = "clip" + std::to_string(i) + ".wav";
            list << name << ',' << (i % 2 ? "odd" : "even") << ',' << 1 + i % 3 << '\n';
            const int rate = i % 4 == 0 ? 16000 : 22050;
            Waveform waveform{rate, 1, noise(static_cast<size_t>(rate * (0.6 + 0.1 * i)), 0.02 + 0.01 * i)};
            if (i % 5 == 0)
                waveform = {rate, 2, waveform.samples};
            writeAudioFile(root / name, waveform);
        }
        fs::resize_file(root / "clip3.wav", fs::file_size(root / "clip3.wav") / 2);
        std::ofstream(root / "clip6.wav") << "not a sound";
    }

    std::vector<Batch> trainersBatches(int threads) const
    {
        const FoldData data = openFoldData(m_job, threads, [](const std::string&) { return true; });
        BatchPlan plan{.clips = data.trainingClips, .classes = 2, .labelSmoothing = 0.1, .batch = 4, .epochs = 4, .seed = seed,
                       .normalisation = data.normalisation};
        BatchLoader loader(data.pipeline(m_job.recipe.augmentation), plan, 0, threads);
        std::vector<Batch> batches;
        for (int64_t step = 0; step < plan.steps(); ++step)
            batches.push_back(loader.next());
        return batches;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        const fs::path root = m_folder.path().toStdString();
        qputenv("MELSCOPE_CACHE_DIR", (root / "cache").c_str());
        writeDataset(root);
        m_job.dataset = std::make_shared<const Dataset>(openDataset(root / "clips.csv"));
        QCOMPARE(m_job.dataset->clips.size(), size_t{15});
        m_job.recipe = findRecipe("resnet34-quick").with(std::vector<Setting>{{"front_end.clip_seconds", "1"}});
        m_job.recipe.augmentation = AugmentationChain::fromJson(augmentation());
    }

    void thePreviewsTensorIsInTheTrainersBatch_data()
    {
        QTest::addColumn<int>("threads");
        QTest::newRow("1 thread") << 1; // builds the caches
        QTest::newRow("4 threads") << 4; // finds them
    }
    void thePreviewsTensorIsInTheTrainersBatch()
    {
        QFETCH(const int, threads);
        const FoldData data = openFoldData(m_job, threads, [](const std::string&) { return true; });
        QCOMPARE(data.trainingClips.size(), size_t{9}); // 10 but the one that is no sound
        const auto extractor = std::make_shared<const SpectrogramExtractor>(m_job.recipe.frontEnd());
        const ExamplePipeline preview(extractor, DatasetClipSource::create(m_job.dataset, extractor, heldOut), m_job.recipe.augmentation);
        const size_t size = static_cast<size_t>(preview.frontEnd().mels) * static_cast<size_t>(preview.frontEnd().frames());
        const std::vector<Batch> batches = trainersBatches(threads);
        std::set<std::string> mixings;
        int compared = 0;
        for (const uint64_t epoch : {0, 3}) {
            for (size_t step = epoch * batches.size() / 4; step < (epoch + 1) * batches.size() / 4; ++step) {
                const Batch& batch = batches[step];
                for (size_t i = 0; i < batch.clips.size(); ++i, ++compared) {
                    const int clip = batch.clips[i];
                    const Example shown = preview.make({.seed = seed, .epoch = epoch, .clip = clip}, ExamplePipeline::Keep::Samples);
                    std::vector<float> input(size);
                    normalise(shown.grid, data.normalisation, input);
                    QVERIFY2(std::memcmp(input.data(), batch.input.data() + i * size, size * sizeof(float)) == 0,
                             qPrintable(QStringLiteral("clip %1, epoch %2").arg(clip).arg(epoch)));
                    const int label = m_job.dataset->clips[static_cast<size_t>(clip)].label;
                    const int partners = m_job.dataset->clips[static_cast<size_t>(shown.partner)].label;
                    const float own = label == partners ? 1.0f : static_cast<float>(shown.ownShare);
                    QVERIFY(std::abs(batch.targets[2 * i + static_cast<size_t>(label)] - own) < 1e-6f);
                    mixings.insert(shown.mixing);
                }
            }
        }
        QCOMPARE(compared, 18);
        QVERIFY(mixings.size() >= 4);
    }

    void cachedGridsAreThoseComputedFresh()
    {
        const FoldData data = openFoldData(m_job, 3, [](const std::string&) { return true; });
        const SpectrogramExtractor extractor(m_job.recipe.frontEnd());
        for (const int clip : data.trainingClips) {
            const SharedValues samples = data.source.samples(clip);
            // Wherever in memory the samples lie.
            for (size_t offset = 0; offset < 5; ++offset) {
                std::vector<float> moved(offset + samples.values.size());
                std::ranges::copy(samples.values, moved.begin() + static_cast<ptrdiff_t>(offset));
                const SpectrogramGrid fresh = extractor.compute(std::span(moved).subspan(offset));
                const SharedValues cached = data.source.grid(clip);
                QCOMPARE(fresh.values.size(), cached.values.size());
                QVERIFY(std::memcmp(fresh.values.data(), cached.values.data(), cached.values.size_bytes()) == 0);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestOnePipeline)
#include "tst_one_pipeline.moc"
