// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/AudioFile.h"
#include "dataset/DatasetClipSource.h"
#include "engine/FoldTrainer.h"
#include "support/Signals.h"

#include <QTemporaryDir>
#include <QtTest>

#include <array>
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
    static constexpr int epochs = 4;
    static constexpr double smoothing = 0.1;

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
            "mix": [{"name": "between_class", "probability": 0.2}, {"name": "cutmix_time", "probability": 0.2},
                    {"name": "mixup", "probability": 0.2}, {"name": "cutmix_frequency", "probability": 0.3}, {"name": "spectrogram_mixup", "probability": 0.5}]})");
    }

    /// Clips of three classes in three folds: rates and channels that must be converted, lengths that must be padded and cropped,
    /// one file that is cut and one that is no sound at all.
    void writeDataset(const fs::path& root)
    {
        std::ofstream list(root / "clips.csv");
        list << "file,label,fold\n";
        for (int i = 0; i < 15; ++i) {
            const std::string name = "clip" + std::to_string(i) + ".wav";
            list << name << ',' << "abc"[i / 3 % 3] << ',' << 1 + i % 3 << '\n';
            const int rate = i % 4 == 0 ? 16000 : 22050;
            Waveform waveform{rate, 1, noise(static_cast<size_t>(rate * (0.6 + 0.1 * i)), 0.02 + 0.01 * i)};
            if (i % 5 == 0)
                waveform = {rate, 2, waveform.samples};
            writeAudioFile(root / name, waveform);
        }
        fs::resize_file(root / "clip3.wav", fs::file_size(root / "clip3.wav") / 2);
        std::ofstream(root / "clip6.wav") << "not a sound";
    }

    /// What FoldTrainer is fed, from the first batch to the last.
    struct Fed
    {
        FoldData data;
        std::vector<Batch> batches;
    };

    Fed fed(int threads) const
    {
        FoldJob job = m_job;
        job.recipe = job.recipe.with(std::vector<Setting>{{"training.loader_threads", std::to_string(threads)}});
        Fed fed{.data = openFoldData(job, threads, [](const std::string&) { return true; })};
        const BatchPlan plan = planOf(job, fed.data);
        BatchLoader loader(fed.data.pipeline(job.recipe.augmentation), plan, 0, static_cast<int>(job.recipe.integer("training.loader_threads")));
        for (int64_t step = 0; step < plan.steps(); ++step)
            fed.batches.push_back(loader.next());
        return fed;
    }

    /// By the definition: the label smoothed, or shared with the clip that was mixed in.
    std::array<double, 3> target(const Example& shown, int clip) const
    {
        const auto labelOf = [this](int each) { return static_cast<size_t>(m_job.dataset->clips[static_cast<size_t>(each)].label); };
        std::array<double, 3> row{};
        if (shown.partner < 0) {
            row.fill(smoothing / 3.0);
            row[labelOf(clip)] += 1.0 - smoothing;
        } else {
            row[labelOf(clip)] += shown.ownShare;
            row[labelOf(shown.partner)] += 1.0 - shown.ownShare;
        }
        return row;
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
        m_job.recipe = findRecipe("resnet34-quick").with(std::vector<Setting>{
            {"front_end.clip_seconds", "1"}, {"training.batch", "4"}, {"training.epochs", std::to_string(epochs)},
            {"training.label_smoothing", std::to_string(smoothing)}});
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
        const auto [data, batches] = fed(threads);
        QCOMPARE(data.trainingClips.size(), size_t{9}); // 10 but the one that is no sound
        const auto extractor = std::make_shared<const SpectrogramExtractor>(m_job.recipe.frontEnd());
        const ExamplePipeline preview(extractor, DatasetClipSource::create(m_job.dataset, extractor, heldOut), m_job.recipe.augmentation);
        const size_t size = static_cast<size_t>(preview.frontEnd().mels) * static_cast<size_t>(preview.frontEnd().frames());
        std::set<std::string> mixings;
        int compared = 0;
        for (size_t step = 0; step < batches.size(); ++step) {
            const Batch& batch = batches[step];
            const uint64_t epoch = step * epochs / batches.size();
            for (size_t i = 0; i < batch.clips.size(); ++i, ++compared) {
                const int clip = batch.clips[i];
                const QString where = QStringLiteral("clip %1, epoch %2").arg(clip).arg(epoch);
                const Example shown = preview.make({.seed = seed, .epoch = epoch, .clip = clip}, ExamplePipeline::Keep::Samples);
                std::vector<float> input(size);
                normalise(shown.grid, data.normalisation, input);
                QVERIFY2(std::memcmp(input.data(), batch.input.data() + i * size, size * sizeof(float)) == 0, qPrintable(where));
                const std::array<double, 3> expected = target(shown, clip);
                for (size_t label = 0; label < expected.size(); ++label)
                    QVERIFY2(std::abs(batch.targets[3 * i + label] - expected[label]) < 1e-6, qPrintable(where));
                mixings.insert(shown.mixing);
            }
        }
        QCOMPARE(compared, epochs * 9);
        QVERIFY(mixings.contains({})); // what is not mixed as well
        QVERIFY(mixings.size() >= 5);
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
