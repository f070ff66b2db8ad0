// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "engine/Cpu.h"
#include "engine/PretextTrainer.h"
#include "engine/StagedFold.h"
#include "engine/TinyFold.h"
#include "nn/Losses.h"

#include <QtTest>

#include <set>

using namespace melscope;

namespace {

/// Learns the training clips' classes: the simplest task that trains a body.
class ToyTask : public PretextTask
{
public:
    ToyTask(const FoldJob& job, FrontEnd frontEnd) : m_network(TinyFold::makeNetwork(4)), m_seed(job.seed), m_frontEnd(std::move(frontEnd)) {}

    torch::nn::Module& module() override { return *m_network; }

    void begin(const NamedTensors& before) override
    {
        m_network->initialise(m_seed);
        if (!before.empty())
            loadBody(*m_network, before);
    }

    Outcome learn(Batch& batch, int epoch) override
    {
        const torch::Tensor labels = torch::from_blob(batch.labels.data(), {static_cast<int64_t>(batch.labels.size())}, torch::kInt64);
        const torch::Tensor logits = m_network->forward(inputTensor(batch.input, {.rows = m_frontEnd.mels, .columns = m_frontEnd.frames()}));
        const torch::Tensor loss = crossEntropy(logits, labels, 0.0);
        loss.backward();
        return {.loss = loss.item<double>(), .right = (logits.argmax(1) == labels).sum().item<int64_t>(), .trials = labels.size(0),
                .figures = {{.name = "epoch", .value = static_cast<double>(epoch)}}};
    }

    std::vector<Figure> probe(int epoch, int epochs) override
    {
        return {{.name = "left", .value = static_cast<double>(epochs - epoch)}};
    }

    NamedTensors body() const override
    {
        return bodyOf(*m_network);
    }

private:
    std::shared_ptr<Network> m_network;
    uint64_t m_seed;
    FrontEnd m_frontEnd;
};

constexpr int pretrainingEpochs = 3;

/// Two stages, the second of which goes on where the first ended.
PretrainingStages twoStages(const FoldJob& job, const FoldData& data)
{
    PretrainingStages stages;
    for (const char* name : {"toy-1", "toy-2"}) {
        PretextPlan plan{.batches = {.clips = data.trainingClips, .classes = 4, .views = 2, .batch = 6, .epochs = pretrainingEpochs, .seed = job.seed,
                                     .normalisation = data.normalisation}};
        plan.schedule = {.steps = plan.batches.steps(), .maxRate = 0.01};
        stages.push_back(std::make_unique<PretextTrainer>(job, data, name, plan, [&job, &data] {
            return std::make_unique<ToyTask>(job, data.extractor->frontEnd());
        }));
    }
    return stages;
}

FoldResult run(const TinyFold& fold, RunControl& control, const ProgressSink& progress = {})
{
    return StagedFold(fold.job, fold.data(), TinyFold::makeNetwork, twoStages).train(control, progress);
}

FoldResult run(const TinyFold& fold)
{
    RunControl control;
    return run(fold, control);
}

} // namespace

class TestStages : public QObject
{
    Q_OBJECT

private:
    static void compareNumbers(const FoldResult& a, const FoldResult& b)
    {
        QCOMPARE(a.predictions, b.predictions);
        QCOMPARE(a.history.size(), b.history.size());
        for (size_t i = 0; i < a.history.size(); ++i) {
            QCOMPARE(a.history[i].stage, b.history[i].stage);
            QCOMPARE(a.history[i].epoch, b.history[i].epoch);
            QCOMPARE(a.history[i].trainLoss, b.history[i].trainLoss);
            QCOMPARE(a.history[i].trainAccuracy, b.history[i].trainAccuracy);
            QCOMPARE(a.history[i].learningRate, b.history[i].learningRate);
            QCOMPARE(a.history[i].figures, b.history[i].figures);
        }
    }

private Q_SLOTS:
    void initTestCase() { prepareTrainingThread(1); }

    void stagesComeInOrderEachWithItsEpochs()
    {
        const TinyFold fold;
        const FoldResult result = run(fold);
        QCOMPARE(result.end, FoldResult::End::Finished);
        QCOMPARE(result.history.size(), size_t(2 * pretrainingEpochs + 4));
        for (int i = 0; i < 2 * pretrainingEpochs; ++i) {
            const EpochMetrics& epoch = result.history[static_cast<size_t>(i)];
            QCOMPARE(epoch.stage, std::string(i < pretrainingEpochs ? "toy-1" : "toy-2"));
            QCOMPARE(epoch.epoch, i % pretrainingEpochs + 1);
            QCOMPARE(epoch.epochs, pretrainingEpochs);
            QVERIFY(std::isnan(epoch.valAccuracy)); // nothing of a pretext stage is measured on held-out clips
            const std::vector<Figure> figures{{.name = "epoch", .value = static_cast<double>(epoch.epoch)},
                                              {.name = "left", .value = static_cast<double>(pretrainingEpochs - epoch.epoch)}};
            QCOMPARE(epoch.figures, figures);
        }
        QCOMPARE(result.history[2 * pretrainingEpochs].stage, std::string(supervisedStage));
        // What the first learned, the second knew at its beginning, and so did the classifier.
        QVERIFY(result.history[pretrainingEpochs].trainLoss < result.history[0].trainLoss);
        const TinyFold fromScratch;
        RunControl control;
        QVERIFY(result.history[2 * pretrainingEpochs].trainLoss < fromScratch.trainer().train(control, {}).history[0].trainLoss);
    }

    void theClassifierBeginsWithTheBody()
    {
        TinyFold fold;
        fold.job.recipe = fold.job.recipe.with(std::vector<Setting>{{"training.lr", "1e-7"}, {"training.epochs", "1"}});
        run(fold);
        const NamedTensors body = CheckpointStore(fold.job.folder, 2, foldIdentity(fold.job, fold.data()), "toy-2").loadNewest()->weights;
        const NamedTensors classifier = CheckpointStore(fold.job.folder, 2, foldIdentity(fold.job, fold.data())).loadLastEpoch()->weights;
        QCOMPARE(body.size(), classifier.size());
        for (size_t i = 0; i < body.size(); ++i) {
            const auto& [name, tensor] = body[i];
            if (name.find("running") != std::string::npos || name.find("num_batches") != std::string::npos)
                continue; // statistics go on
            const bool head = name.starts_with("fc.");
            QVERIFY2(torch::allclose(tensor, classifier[i].second, 0.0, 1e-5) != head, name.c_str());
        }
    }

    void interruptedInAStageContinuesToTheSameNumbers_data()
    {
        QTest::addColumn<QString>("stage");
        QTest::addColumn<int>("step");
        QTest::newRow("before the first batch") << QStringLiteral("toy-1") << 0;
        QTest::newRow("after the first epoch") << QStringLiteral("toy-1") << 4;
        QTest::newRow("at the first stage's end") << QStringLiteral("toy-1") << 12;
        QTest::newRow("in the second stage") << QStringLiteral("toy-2") << 8;
        QTest::newRow("in the classifier's") << QString::fromLatin1(supervisedStage) << 8;
    }

    void interruptedInAStageContinuesToTheSameNumbers()
    {
        QFETCH(QString, stage);
        QFETCH(int, step);
        const TinyFold undisturbed;
        const FoldResult expected = run(undisturbed);
        const TinyFold fold;
        RunControl control;
        const FoldResult first = run(fold, control, [&](const FoldProgress& progress) {
            if (progress.stage.name == stage.toStdString() && progress.step >= step)
                control.ask(RunControl::Wish::Interrupt);
        });
        QCOMPARE(first.end, FoldResult::End::Interrupted);
        QVERIFY(first.predictions.empty());
        compareNumbers(run(fold), expected);
    }

    void interruptedWithinAnEpochContinuesToTheSameNumbers()
    {
        const TinyFold undisturbed;
        const FoldResult expected = run(undisturbed);
        const TinyFold fold;
        bool withinAnEpoch = false;
        for (int sitting = 0; sitting < 30; ++sitting) {
            RunControl control;
            FoldData data = fold.data();
            int reads = 0;
            std::mutex mutex; // protects reads
            data.source.grid = [&, inner = data.source.grid](int clip) {
                const std::scoped_lock lock(mutex);
                if (++reads == 46) // the loaders read at most four batches of ten views ahead
                    control.ask(RunControl::Wish::Interrupt);
                return inner(clip);
            };
            const FoldResult result = StagedFold(fold.job, std::move(data), TinyFold::makeNetwork, twoStages).train(control, {});
            if (result.end == FoldResult::End::Finished) {
                compareNumbers(result, expected);
                QVERIFY(withinAnEpoch);
                return;
            }
            const auto state = fold.job.folder / "checkpoints" / "fold2" / "toy-1" / "last" / "state.json";
            withinAnEpoch = withinAnEpoch || Json::parse(readFile(state)).at("state").at("batch_in_epoch").get<int>() > 0;
        }
        QFAIL("thirty sittings did not bring the fold to its end");
    }

    void stoppedInPretrainingThereIsNothingToKeep()
    {
        const TinyFold fold;
        RunControl control;
        try {
            run(fold, control, [&](const FoldProgress& progress) {
                if (progress.stage.name == "toy-2")
                    control.ask(RunControl::Wish::StopAndKeep);
            });
            QFAIL("something was kept");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Cancelled);
        }
    }

    void progressGoesFromNothingToTheWholeFold()
    {
        const TinyFold fold;
        RunControl control;
        double last = 0.0;
        std::vector<std::string> stages;
        run(fold, control, [&](const FoldProgress& progress) {
            const double done = progress.stage.doneOfFold(progress.step, progress.steps);
            QVERIFY(done >= last - 1e-12);
            last = done;
            QCOMPARE(progress.stage.count, 3);
            if (stages.empty() || stages.back() != progress.stage.name)
                stages.push_back(progress.stage.name);
            for (const EpochMetrics& epoch : progress.newEpochs)
                QCOMPARE(epoch.stage, progress.stage.name);
        });
        QVERIFY(std::abs(last - 1.0) < 1e-9);
        QCOMPARE(stages, (std::vector<std::string>{"toy-1", "toy-2", supervisedStage}));
    }

    void pretrainingNeverReadsAHeldOutClip()
    {
        const TinyFold fold;
        FoldData data = fold.data();
        bool pretraining = true;
        std::set<int> read;
        std::mutex mutex; // protects the two above
        data.source.grid = [&, inner = data.source.grid](int clip) {
            const std::scoped_lock lock(mutex);
            if (pretraining)
                read.insert(clip);
            return inner(clip);
        };
        RunControl control;
        StagedFold(fold.job, std::move(data), TinyFold::makeNetwork, twoStages).train(control, [&](const FoldProgress& progress) {
            const std::scoped_lock lock(mutex);
            pretraining = progress.stage.name != supervisedStage;
        });
        QCOMPARE(read.size(), size_t(20));
        QVERIFY(*read.rbegin() < 20); // clips 20 ... 23 are fold 2
    }

    void viewsOfAClipDifferAndComeViewByView()
    {
        TinyFold fold;
        const FoldData data = fold.data();
        const BatchPlan plan{.clips = data.trainingClips, .classes = 4, .views = 2, .batch = 6, .epochs = 1, .seed = 5, .normalisation = data.normalisation};
        const size_t size = TinyFold::mels * TinyFold::frames;
        const auto rollOnly = AugmentationChain::fromJson(Json::parse(R"({"spectrogram": [{"name": "time_roll", "probability": 1.0, "max_share": 1.0}]})"));
        Batch rolled = BatchLoader(data.pipeline(rollOnly), plan, 0, 1).next();
        Batch plain = BatchLoader(data.pipeline({}), plan, 0, 1).next();
        const size_t pairs = rolled.clips.size() / 2;
        QCOMPARE(pairs, size_t(5));
        int different = 0;
        for (size_t i = 0; i < pairs; ++i) {
            QCOMPARE(rolled.clips[i], rolled.clips[pairs + i]);
            const auto at = [size](Batch& batch, size_t row) { return std::span(batch.input).subspan(row * size, size); };
            QVERIFY(std::ranges::equal(at(plain, i), at(plain, pairs + i)));
            different += !std::ranges::equal(at(rolled, i), at(rolled, pairs + i));
        }
        QVERIFY(different >= 4); // one of 24 places is the same by chance
    }
};

QTEST_GUILESS_MAIN(TestStages)
#include "tst_stages.moc"
