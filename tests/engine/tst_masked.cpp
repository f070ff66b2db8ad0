// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "engine/Checkpoint.h"
#include "engine/Cpu.h"
#include "engine/MaskedLook.h"
#include "engine/MaskedPretext.h"
#include "engine/RefinedTokens.h"
#include "engine/StagedFold.h"
#include "engine/TinyFold.h"
#include "nn/PatchResNet.h"
#include "nn/PatchTransformer.h"
#include "support/ErrorOf.h"

#include <QtTest>

#include <map>

using namespace melscope;

namespace {

std::shared_ptr<Network> makePatchNetwork(int64_t classes)
{
    return std::make_shared<PatchResNetImpl>(PatchResNetOptions{.blocks = {1, 1, 1, 1}, .width = 8, .patch = 8, .classes = classes});
}

std::shared_ptr<Network> makePatchTransformer(int64_t classes)
{
    return std::make_shared<PatchTransformerImpl>(PatchTransformerOptions{.patch = 8, .rows = 2, .columns = 3, .layers = 2, .dim = 32, .heads = 2,
                                                                          .dropPath = 0.5, .classes = classes});
}

/// A TinyFold whose classifier is pretrained in two rounds; its clips have 2 x 3 tokens, the last two of clip 0 silent.
struct MaskedFold : TinyFold
{
    NetworkMaker make;

    explicit MaskedFold(const std::string& recipe = "cnn-beats-published", NetworkMaker make = makePatchNetwork) : make(std::move(make))
    {
        job.recipe = findRecipe(recipe)
                         .with(std::vector<Setting>{{"pretraining.rounds", "2"}, {"pretraining.epochs", "6"}, {"pretraining.batch", "5"},
                                                    {"pretraining.lr", "0.01"}, {"pretraining.codes", "5"}, {"model.patch", "8"},
                                                    {"training.epochs", "2"}, {"training.batch", "5"}, {"training.precision", "fp32"},
                                                    {"training.threads", "1"}, {"evaluation.tta_views", "0"}});
        for (int mel = 0; mel < mels; ++mel)
            std::fill_n(values.begin() + mel * frames + 16, 8, -150.0f);
    }

    FoldResult train(RunControl& control, const ProgressSink& progress = {}) const
    {
        const auto stages = [this](const FoldJob& ofFold, const FoldData& data) { return maskedStages(ofFold, data, make); };
        return StagedFold(job, data(), make, stages).train(control, progress);
    }

    FoldResult train() const
    {
        RunControl control;
        return train(control);
    }

    MaskedBatch look(const FoldData& data, const MaskedSpot& spot) const
    {
        return lookAtMasked(job, data, make, spot);
    }

    CheckpointStore checkpoints(int round) const
    {
        return CheckpointStore(job.folder, job.fold, foldIdentity(job, data()), "masked-" + std::to_string(round));
    }

    TokenSet round(int number) const { return readTokenSet(maskedSettings(job, data(), number).codebook); }
};

double figure(const EpochMetrics& epoch, const std::string& name)
{
    const auto found = std::ranges::find(epoch.figures, name, &Figure::name);
    return found == epoch.figures.end() ? -1.0 : found->value;
}

/// The first clips in plain form as a training batch.
Batch plainBatch(const FoldData& data, const std::vector<int>& clips)
{
    Batch batch{.clips = clips};
    for (const int clip : clips) {
        std::vector<float> values(TinyFold::mels * TinyFold::frames);
        const SharedValues grid = data.source.grid(clip);
        normalise({.mels = TinyFold::mels, .frames = TinyFold::frames, .values = {grid.values.begin(), grid.values.end()}}, data.normalisation, values);
        batch.input.insert(batch.input.end(), values.begin(), values.end());
        batch.labels.push_back(0);
    }
    return batch;
}

} // namespace

class TestMasked : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareTrainingThread(1); }

    void twoRoundsAndTheClassifier()
    {
        MaskedFold fold;
        fold.job.recipe = fold.job.recipe.with("pretraining.epochs", "20");
        const FoldResult result = fold.train();
        QCOMPARE(result.history.size(), size_t(20 + 20 + 2));
        QCOMPARE(result.history[0].stage, std::string("masked-1"));
        QCOMPARE(result.history[39].stage, std::string("masked-2"));
        // Which half is loud shows in the columns that are seen: better than any table of single codes.
        const EpochMetrics& learned = result.history[19];
        QVERIFY2(learned.trainAccuracy > figure(learned, "majority_accuracy") + 0.15,
                 qPrintable(QString("%1 %2").arg(learned.trainAccuracy).arg(figure(learned, "majority_accuracy"))));
        QVERIFY(learned.trainLoss < result.history[0].trainLoss);
        QVERIFY(figure(learned, "target_codes") >= 4 && figure(learned, "target_codes") <= 5);
        QVERIFY(figure(learned, "target_perplexity") > 2.0 && figure(learned, "target_perplexity") <= 5.0);
        QVERIFY(figure(learned, "guessed_codes") >= 2);
        QVERIFY(figure(learned, "knn_accuracy") > 0.5);

        QCOMPARE(fold.round(1).tokenizer.codebook.kind, Codebook::Kind::KMeans);
        const TokenSet refined = fold.round(2);
        QCOMPARE(refined.tokenizer.codebook.kind, Codebook::Kind::Refined);
        QCOMPARE(refined.tokenizer.codebook.dim, 32); // the third stage's channels
        QCOMPARE(refined.heldOut, std::optional<int>(2));
        QCOMPARE(refined.tokensOf(0)[5], silentToken);
    }

    void aRunThatIsInterruptedComesToTheSameNumbers()
    {
        const MaskedFold whole;
        const FoldResult expected = whole.train();
        const MaskedFold parts;
        for (const auto& [stage, step] : {std::pair(std::string("masked-1"), 9), std::pair(std::string("masked-2"), 14)}) {
            RunControl control;
            const FoldResult cut = parts.train(control, [&](const FoldProgress& progress) {
                if (progress.stage.name == stage && progress.step >= step)
                    control.ask(RunControl::Wish::Interrupt);
            });
            QCOMPARE(cut.end, FoldResult::End::Interrupted);
        }
        const FoldResult resumed = parts.train();
        QCOMPARE(resumed.predictions, expected.predictions);
        QCOMPARE(resumed.history.size(), expected.history.size());
        for (size_t i = 0; i < expected.history.size(); ++i) {
            QCOMPARE(resumed.history[i].trainLoss, expected.history[i].trainLoss);
            QCOMPARE(resumed.history[i].figures, expected.history[i].figures);
        }
        QVERIFY(parts.round(2).tokens == whole.round(2).tokens);
    }

    void theHeldOutFoldHasNoPartInIt()
    {
        const MaskedFold fold;
        fold.train();
        MaskedFold other;
        for (int clip = 20; clip < TinyFold::clips; ++clip)
            for (int i = 0; i < TinyFold::mels * TinyFold::frames; ++i)
                other.values[static_cast<size_t>(clip * TinyFold::mels * TinyFold::frames + i)] = static_cast<float>(i % 7);
        other.train();
        for (const int round : {1, 2})
            QVERIFY(fold.round(round).tokenizer == other.round(round).tokenizer);
    }

    void whatIsLookedAtIsWhatIsTrained()
    {
        const MaskedFold fold;
        const FoldData data = fold.data();
        MaskedPretext task(data, makePatchNetwork, maskedSettings(fold.job, data, 1));
        task.begin({});
        task.module().train();
        Batch batch = plainBatch(data, {0, 1, 2, 3, 4, 5});
        const NamedTensors state = stateDict(task.module());
        NamedTensors before;
        for (const auto& [name, tensor] : state)
            before.emplace_back(name, tensor.clone());
        const MaskedBatch seen = task.look(batch, 3);
        for (size_t i = 0; i < state.size(); ++i)
            QVERIFY2(torch::equal(state[i].second, before[i].second), state[i].first.c_str());
        const PretextTask::Outcome trained = task.learn(batch, 3);
        QVERIFY2(std::abs(seen.loss - trained.loss) < 1e-5, qPrintable(QString("%1 %2").arg(seen.loss).arg(trained.loss)));
        QCOMPARE(seen.asked, trained.trials);
        QCOMPARE(std::lround(seen.accuracy * static_cast<double>(seen.asked)), trained.right);

        double sum = 0.0;
        int64_t asked = 0;
        for (const MaskedPrediction& clip : seen.clips)
            for (size_t token = 0; token < clip.masked.size(); ++token) {
                const bool counted = clip.masked[token] && clip.targets[token] != silentToken;
                asked += counted;
                sum += clip.losses[token];
                QCOMPARE(clip.losses[token] > 0.0f, counted);
                if (counted && clip.guesses[token][0].code == clip.targets[token])
                    QVERIFY(std::abs(-std::log(clip.guesses[token][0].probability) - clip.losses[token]) < 1e-4);
            }
        QCOMPARE(asked, seen.asked);
        QVERIFY(std::abs(sum / static_cast<double>(asked) - seen.loss) < 1e-5);
        QCOMPARE(seen.clips[0].targets[5], silentToken);
    }

    void theLossOfKeptEpochsIsWhatTrainingHad_data()
    {
        QTest::addColumn<QString>("recipe");
        QTest::addColumn<QString>("precision");
        for (const char* recipe : {"cnn-beats-published", "transformer-beats-published"})
            for (const char* precision : {"fp32", "bf16"})
                QTest::addRow("%s, %s", recipe, precision) << QString::fromLatin1(recipe) << QString::fromLatin1(precision);
    }

    void theLossOfKeptEpochsIsWhatTrainingHad()
    {
        QFETCH(QString, recipe);
        QFETCH(QString, precision);
        const bool bf16 = precision == QLatin1String("bf16");
        if (bf16 && !cpuHasBf16())
            QSKIP("This CPU has no bfloat16.");
        MaskedFold fold(recipe.toStdString(), recipe.startsWith(QLatin1String("cnn")) ? makePatchNetwork : makePatchTransformer);
        fold.job.recipe = fold.job.recipe.with(std::vector<Setting>{{"pretraining.keep_every", "2"}, {"training.precision", precision.toStdString()}});
        std::map<std::pair<std::string, int64_t>, double> losses; // as they were told while it trained
        RunControl control;
        fold.train(control, [&](const FoldProgress& progress) {
            for (const StepMetrics& step : progress.newSteps)
                losses[{progress.stage.name, step.step}] = step.loss;
        });
        const FoldData data = fold.data();
        // The look guesses all tokens at once, training those asked for: in bfloat16 a product of another shape may be rounded elsewhere.
        const double tolerance = bf16 ? 4e-3 : 1e-5;
        for (const int round : {1, 2})
            for (const int epoch : {2, 4}) {
                const MaskedBatch seen = fold.look(data, {.round = round, .epoch = epoch});
                QCOMPARE(seen.epoch, epoch);
                QVERIFY(seen.isNext);
                const auto trained = losses.find({"masked-" + std::to_string(round), seen.step + 1});
                QVERIFY(trained != losses.end());
                QVERIFY2(std::abs(seen.loss - trained->second) < tolerance, qPrintable(QString("%1 %2").arg(seen.loss).arg(trained->second)));
            }
    }

    void anotherEpochIsShownTheSameBatch()
    {
        MaskedFold fold;
        fold.job.recipe = fold.job.recipe.with("pretraining.keep_every", "2");
        fold.train();
        const FoldData data = fold.data();
        const MaskedBatch early = fold.look(data, {.round = 1, .epoch = 2});
        const MaskedBatch late = fold.look(data, {.round = 1, .epoch = 6, .step = early.step});
        QVERIFY(!late.isNext);
        QVERIFY(late.loss < early.loss);
        for (size_t i = 0; i < early.clips.size(); ++i) {
            QCOMPARE(late.clips[i].clip, early.clips[i].clip);
            QVERIFY(late.clips[i].masked == early.clips[i].masked);
            QVERIFY(late.clips[i].input == early.clips[i].input);
        }
        // After the last epoch training takes no batch any more.
        QVERIFY(!fold.look(data, {.round = 1}).isNext);
        const auto refused = test::errorOf([&] { fold.look(data, {.round = 1, .epoch = 3}); });
        QVERIFY(refused && refused->kind() == ErrorKind::Missing);
        QVERIFY(std::filesystem::exists(fold.job.folder / "checkpoints" / "fold2" / "masked-1" / "epochs" / "4" / "state.json"));
    }

    void anEpochThatAKillKeptFromBeingKeptIsKeptOnResuming()
    {
        MaskedFold whole, killed;
        for (MaskedFold* fold : {&whole, &killed})
            fold->job.recipe = fold->job.recipe.with("pretraining.keep_every", "2");
        whole.train();
        RunControl control;
        killed.train(control, [&](const FoldProgress& progress) {
            if (std::ranges::find(progress.newEpochs, 4, &EpochMetrics::epoch) != progress.newEpochs.end())
                control.ask(RunControl::Wish::Interrupt);
        });
        QVERIFY(killed.checkpoints(1).loadKept(4));
        std::filesystem::remove_all(killed.job.folder / "checkpoints" / "fold2" / "masked-1" / "epochs" / "4"); // the kill came before it
        killed.train();
        for (const int epoch : {2, 4, 6}) {
            const auto kept = killed.checkpoints(1).loadKept(epoch), expected = whole.checkpoints(1).loadKept(epoch);
            QVERIFY2(kept && expected, qPrintable(QString::number(epoch)));
            QCOMPARE(kept->state.epochsDone, epoch);
            for (size_t i = 0; i < expected->weights.size(); ++i)
                QVERIFY2(torch::equal(kept->weights[i].second, expected->weights[i].second), kept->weights[i].first.c_str());
        }
    }

    void afterAFallBackTheEpochItFellBackToIsKept()
    {
        MaskedFold fold;
        fold.job.recipe = fold.job.recipe.with("pretraining.keep_every", "2");
        RunControl control;
        fold.train(control, [&](const FoldProgress& progress) {
            if (std::ranges::find(progress.newEpochs, 5, &EpochMetrics::epoch) != progress.newEpochs.end())
                control.ask(RunControl::Wish::Interrupt);
        });
        const std::filesystem::path stage = fold.job.folder / "checkpoints" / "fold2" / "masked-1";
        std::filesystem::remove_all(stage / "epochs" / "4");
        writeFileAtomically(stage / "last" / "state.json", "{damaged");
        fold.train();
        QCOMPARE(fold.checkpoints(1).loadKept(4)->state.epochsDone, 4);
    }

    void whatIsKeptIsNoPartOfTheFoldsIdentity()
    {
        MaskedFold fold, keeping;
        keeping.job.recipe = fold.job.recipe.with("pretraining.keep_every", "2");
        QCOMPARE(foldIdentity(keeping.job, keeping.data()), foldIdentity(fold.job, fold.data()));
        keeping.job.recipe = fold.job.recipe.with("pretraining.epochs", "7");
        QVERIFY(foldIdentity(keeping.job, keeping.data()) != foldIdentity(fold.job, fold.data()));
    }

    void targetsAreTheCodebooksTokens()
    {
        const MaskedFold fold;
        const FoldData data = fold.data();
        MaskedPretext task(data, makePatchNetwork, maskedSettings(fold.job, data, 1));
        task.begin({});
        const std::vector<int> clips{3, 7, 11};
        Batch batch = plainBatch(data, clips);
        const MaskedBatch seen = task.look(batch, 1);
        const TokenSet set = fold.round(1);
        for (size_t i = 0; i < clips.size(); ++i) // on the normalised input as on the front end's own unit
            QVERIFY(std::ranges::equal(seen.clips[i].targets, set.tokensOf(clips[i])));
    }

    void zeroRoundsTrainFromScratch()
    {
        MaskedFold fold;
        fold.job.recipe = fold.job.recipe.with("pretraining.rounds", "0");
        const FoldResult result = fold.train();
        QCOMPARE(result.history.size(), size_t(2));
        QCOMPARE(result.history[0].stage, std::string(supervisedStage));
    }
};

QTEST_GUILESS_MAIN(TestMasked)
#include "tst_masked.moc"
