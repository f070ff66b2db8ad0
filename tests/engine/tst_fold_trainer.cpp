// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "engine/Cpu.h"
#include "engine/TinyFold.h"
#include "nn/WeightConversion.h"
#include "weights/WeightFile.h"

#include <QtTest>

using namespace melscope;
namespace fs = std::filesystem;

class TestFoldTrainer : public QObject
{
    Q_OBJECT

private:
    static FoldResult run(const TinyFold& fold)
    {
        RunControl control;
        return fold.trainer().train(control, {});
    }

    /// Trains and wishes `wish` at the first report at or after `step`; the end of an epoch is always reported.
    static FoldResult runUntil(const TinyFold& fold, int64_t step, RunControl::Wish wish)
    {
        RunControl control;
        return fold.trainer().train(control, [&](const FoldProgress& progress) {
            if (progress.step >= step)
                control.ask(wish);
        });
    }

    static void compareNumbers(const FoldResult& a, const FoldResult& b)
    {
        QCOMPARE(a.predictions, b.predictions);
        QCOMPARE(a.history.size(), b.history.size());
        for (size_t i = 0; i < a.history.size(); ++i) {
            QCOMPARE(a.history[i].trainLoss, b.history[i].trainLoss);
            QCOMPARE(a.history[i].trainAccuracy, b.history[i].trainAccuracy);
            QCOMPARE(a.history[i].valLoss, b.history[i].valLoss);
            QCOMPARE(a.history[i].learningRate, b.history[i].learningRate);
        }
    }

    static void damage(const fs::path& file)
    {
        std::string bytes = readFile(file);
        bytes[bytes.size() - 5] = static_cast<char>(bytes[bytes.size() - 5] ^ 1);
        writeFileAtomically(file, bytes);
    }

    static fs::path weightsNamedBy(const fs::path& commit)
    {
        return commit.parent_path() / Json::parse(readFile(commit)).at("weights").at("file").get<std::string>();
    }

private Q_SLOTS:
    void initTestCase() { prepareTrainingThread(1); }

    void learnsWhatIsThereToLearn()
    {
        TinyFold fold;
        fold.job.recipe = fold.job.recipe.with("training.epochs", "15");
        fold.job.recipe.augmentation = {};
        const FoldResult result = run(fold);
        QCOMPARE(result.end, FoldResult::End::Finished);
        QCOMPARE(result.history.size(), size_t(15));
        QCOMPARE(result.history.back().trainAccuracy, 1.0);
        QVERIFY(result.history.back().trainLoss < 0.1);
        QCOMPARE(result.predictions.size(), size_t(4));
        QCOMPARE(result.accuracy, 1.0);
        QCOMPARE(result.ttaAccuracy, 1.0); // an empty chain: every view is the clip itself
        for (const ClipPrediction& prediction : result.predictions)
            QVERIFY(std::abs(prediction.probabilities[0] - prediction.ttaProbabilities[0]) < 1e-6);
    }

    void sameSeedSameNumbersOtherSeedOthers()
    {
        const TinyFold first;
        const TinyFold second;
        TinyFold other;
        other.job.seed = 4;
        const FoldResult a = run(first);
        compareNumbers(a, run(second));
        QVERIFY(a.history.back().trainLoss != run(other).history.back().trainLoss);
    }

    void interruptedBetweenEpochsContinuesToTheSameNumbers()
    {
        const TinyFold undisturbed;
        const FoldResult expected = run(undisturbed);
        for (const int64_t step : {0, 4, 8, 12}) { // 20 clips in batches of at most 6: four steps an epoch
            const TinyFold fold;
            const FoldResult first = runUntil(fold, step, RunControl::Wish::Interrupt);
            QCOMPARE(first.end, FoldResult::End::Interrupted);
            QVERIFY(first.predictions.empty());
            compareNumbers(run(fold), expected);
        }
    }

    void interruptedWithinAnEpochContinuesToTheSameNumbers()
    {
        const TinyFold undisturbed;
        const FoldResult expected = run(undisturbed);
        const TinyFold fold;
        bool withinAnEpoch = false;
        for (int sitting = 0; sitting < 20; ++sitting) {
            RunControl control;
            FoldData data = fold.data();
            // The loaders read at most four batches of five ahead: clip 26 is read when the trainer has had a batch or two.
            int reads = 0;
            std::mutex mutex; // protects reads
            data.source.grid = [&, inner = data.source.grid](int clip) {
                const std::scoped_lock lock(mutex);
                if (++reads == 26)
                    control.ask(RunControl::Wish::Interrupt);
                return inner(clip);
            };
            FoldTrainer trainer(fold.job, std::move(data), TinyFold::makeNetwork);
            const FoldResult result = trainer.train(control, {});
            if (result.end == FoldResult::End::Finished) {
                compareNumbers(result, expected);
                QVERIFY(withinAnEpoch);
                return;
            }
            const Json commit = Json::parse(readFile(fold.last() / "state.json"));
            withinAnEpoch = withinAnEpoch || commit.at("state").at("batch_in_epoch").get<int>() > 0;
        }
        QFAIL("twenty sittings did not bring the fold to its end");
    }

    void averagedWeightsContinueToTheSameNumbersToo()
    {
        TinyFold undisturbed;
        TinyFold fold;
        for (TinyFold* each : {&undisturbed, &fold})
            each->job.recipe = each->job.recipe.with("training.ema_epochs", "1.5");
        const FoldResult expected = run(undisturbed);
        const TinyFold plain;
        QVERIFY(run(plain).history.back().valLoss != expected.history.back().valLoss);
        for (const int64_t step : {2, 4, 9})
            QCOMPARE(runUntil(fold, step, RunControl::Wish::Interrupt).end, FoldResult::End::Interrupted);
        compareNumbers(run(fold), expected);
        QCOMPARE(fold.trainer().evaluate(5).predictions, expected.predictions);
    }

    void whatIsKeptOfAveragedWeightsDoesNotDependOnHowOftenTheyWereEvaluated()
    {
        const auto stopped = [](const char* every) {
            TinyFold fold;
            fold.job.recipe = fold.job.recipe.with(std::vector<Setting>{{"training.ema_epochs", "1.5"}, {"evaluation.every", every}});
            return runUntil(fold, 12, RunControl::Wish::StopAndKeep); // when the third of four epochs has ended
        };
        const FoldResult always = stopped("1");
        const FoldResult seldom = stopped("2");
        QCOMPARE(seldom.history.size(), size_t{3});
        QVERIFY(std::isnan(seldom.history.back().valLoss));
        QCOMPARE(always.accuracy, always.history.back().valAccuracy);
        QCOMPARE(seldom.predictions, always.predictions);
    }

    void testTimeViewsHaveAChainOfTheirOwn()
    {
        TinyFold fold;
        Json recipe = fold.job.recipe.toJson();
        recipe["test_time"] = Json::object();
        fold.job.recipe = Recipe::fromJson(recipe);
        for (const ClipPrediction& prediction : run(fold).predictions) // no augmentation: every view is the clip itself
            for (size_t i = 0; i < prediction.probabilities.size(); ++i)
                QVERIFY(std::abs(prediction.probabilities[i] - prediction.ttaProbabilities[i]) < 1e-6f);
        const TinyFold usual;
        const Predictions views = run(usual).predictions;
        QVERIFY(std::any_of(views.begin(), views.end(), [](const ClipPrediction& prediction) {
            return std::abs(prediction.probabilities[0] - prediction.ttaProbabilities[0]) > 1e-4f;
        }));
    }

    void theBodyStandsStillInHeadOnlyEpochs()
    {
        TinyFold fold;
        fold.job.recipe = TinyFold::recipe("efficientnet-b0").with("training.head_epochs", "2");
        const auto initial = TinyFold::makeNetwork(4);
        initial->initialise(fold.job.seed);
        for (const int64_t step : {8, 12}) { // the end of the second epoch and of the third
            runUntil(fold, step, RunControl::Wish::Interrupt);
            const auto trained = TinyFold::makeNetwork(4);
            loadStateDict(*trained, toTensors(readWeightFile(weightsNamedBy(fold.last() / "state.json")).tensors));
            const auto before = initial->named_parameters();
            for (const auto& parameter : trained->named_parameters()) {
                const bool moved = !torch::equal(parameter.value(), before[parameter.key()]);
                QVERIFY2(moved == (step > 8 || trained->isHead(parameter.key())), parameter.key().c_str());
            }
        }
    }

    void theBodysRateIsItsOwn()
    {
        TinyFold alike;
        TinyFold slower;
        TinyFold usual;
        alike.job.recipe = TinyFold::recipe("efficientnet-b0").with({{"training.body_lr", "0.01"}, {"training.head_epochs", "0"}});
        slower.job.recipe = alike.job.recipe.with("training.body_lr", "0.001");
        usual.job.recipe.augmentation = alike.job.recipe.augmentation;
        const FoldResult expected = run(usual);
        compareNumbers(run(alike), expected);
        QVERIFY(run(slower).history.back().trainLoss != expected.history.back().trainLoss);
    }

    void dropoutContinuesToTheSameNumbersToo()
    {
        // EfficientNet drops paths in every block and features before its classifier.
        const Recipe recipe = TinyFold::recipe("efficientnet-b0").with({{"training.network", "lite0"}, {"training.epochs", "2"}});
        const auto run = [&](TinyFold& fold, int64_t interruptAt) {
            fold.job.recipe = recipe;
            RunControl control;
            return FoldTrainer(fold.job, fold.data(), networkMaker(recipe)).train(control, [&](const FoldProgress& progress) {
                if (interruptAt > 0 && progress.step >= interruptAt)
                    control.ask(RunControl::Wish::Interrupt);
            });
        };
        TinyFold undisturbed;
        TinyFold fold;
        torch::manual_seed(98);
        const FoldResult expected = run(undisturbed, 0);
        QCOMPARE(run(fold, 4).end, FoldResult::End::Interrupted);
        torch::manual_seed(99);
        compareNumbers(run(fold, 0), expected);
    }

    void aBodyIsWhatTrainingAndItsAverageBeginWith()
    {
        TinyFold fold;
        fold.job.recipe = TinyFold::recipe("efficientnet-b0").with({{"training.lr", "1e-7"}, {"training.body_lr", "1e-7"}, {"training.ema_epochs", "1"}});
        const std::shared_ptr<Network> pretrained = TinyFold::makeNetwork(3);
        pretrained->initialise(9);
        const NamedTensors body = bodyOf(*pretrained);
        for (const auto& [name, tensor] : body)
            if (name == "conv1.weight")
                tensor.detach().fill_(0.25);
        RunControl control;
        FoldTrainer(fold.job, fold.data(), TinyFold::makeNetwork, body).train(control, {});
        for (const auto& [name, tensor] : toTensors(readWeightFile(weightsNamedBy(fold.last() / "state.json")).tensors))
            if (name == "conv1.weight")
                QVERIFY((tensor - 0.25).abs().max().item<float>() < 1e-4f);
    }

    void stopKeepsTheLastCompleteEpoch()
    {
        const TinyFold fold;
        const FoldResult result = runUntil(fold, 5, RunControl::Wish::StopAndKeep);
        QCOMPARE(result.end, FoldResult::End::StoppedAndKept);
        QVERIFY(!result.history.empty() && result.history.size() < 4);
        QCOMPARE(result.predictions.size(), size_t(4));
        QCOMPARE(result.accuracy, result.history.back().valAccuracy);
    }

    void stoppedBeforeTheFirstEpochThereIsNothingToKeep()
    {
        const TinyFold fold;
        try {
            runUntil(fold, 0, RunControl::Wish::StopAndKeep);
            QFAIL("something was kept");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Cancelled);
        }
    }

    void evaluatingAgainGivesTheSamePredictions()
    {
        const TinyFold fold;
        const FoldResult trained = run(fold);
        const FoldResult again = fold.trainer().evaluate(5);
        QCOMPARE(again.predictions, trained.predictions);
        QCOMPARE(again.ttaViews, 5);
        QCOMPARE(again.end, FoldResult::End::Finished);
    }

    void divergenceIsASentenceAndKeepsTheCheckpoint()
    {
        TinyFold fold;
        runUntil(fold, 5, RunControl::Wish::Interrupt);
        const std::string before = readFile(fold.last() / "state.json");
        for (float& value : fold.values)
            value = std::numeric_limits<float>::infinity();
        try {
            run(fold);
            QFAIL("training on infinities went on");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Diverged);
            const std::string sentence = error.what();
            for (const char* part : {"epoch", "step", "learning rate"})
                QVERIFY2(sentence.find(part) != std::string::npos, sentence.c_str());
        }
        QCOMPARE(readFile(fold.last() / "state.json"), before);
    }

    void damagedCheckpointFallsBackToTheEpochBefore()
    {
        const TinyFold undisturbed;
        const FoldResult expected = run(undisturbed);
        const TinyFold fold;
        runUntil(fold, 8, RunControl::Wish::Interrupt);
        QVERIFY(fs::exists(fold.last() / "previous.json"));
        damage(weightsNamedBy(fold.last() / "state.json"));
        compareNumbers(run(fold), expected);
    }

    void withoutAWholeCheckpointASentenceSaysSo()
    {
        const TinyFold fold;
        runUntil(fold, 8, RunControl::Wish::Interrupt);
        damage(weightsNamedBy(fold.last() / "state.json"));
        damage(weightsNamedBy(fold.last() / "previous.json"));
        try {
            run(fold);
            QFAIL("a damaged checkpoint was taken up");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Format);
            QVERIFY(std::string(error.what()).find("from the start") != std::string::npos);
        }
    }

    void anotherRecipesCheckpointIsRefused()
    {
        TinyFold fold;
        runUntil(fold, 4, RunControl::Wish::Interrupt);
        fold.job.recipe = fold.job.recipe.with("training.lr", "0.02");
        QVERIFY_THROWS_EXCEPTION(Error, run(fold));
    }

    void bestIsLabelledAsPeeked()
    {
        const TinyFold fold;
        const FoldResult result = run(fold);
        const fs::path best = fold.last().parent_path() / "best";
        const Json label = Json::parse(readFile(best / "state.json"));
        QVERIFY(label.at("selection").get<std::string>().find("peeked") != std::string::npos);
        const int epoch = label.at("epoch");
        for (const EpochMetrics& metrics : result.history)
            QVERIFY(metrics.valAccuracy <= result.history[static_cast<size_t>(epoch - 1)].valAccuracy);
        QCOMPARE(sha256OfFile(weightsNamedBy(best / "state.json")), label.at("weights").at("sha256").get<std::string>());
    }

    void aFinishedFoldLeavesOneSetOfWeightsAndNoOptimiser()
    {
        const TinyFold fold;
        run(fold);
        const Json commit = Json::parse(readFile(fold.last() / "state.json"));
        QVERIFY(!commit.contains("optimizer"));
        QCOMPARE(commit.at("state").at("epochs_done").get<int>(), 4);
    }

    void reportsEverything()
    {
        const TinyFold fold;
        RunControl control;
        std::vector<StepMetrics> steps;
        std::vector<EpochMetrics> epochs;
        ConfusionCounts confusion;
        const FoldResult result = fold.trainer().train(control, [&](const FoldProgress& progress) {
            confusion = progress.newConfusion.empty() ? confusion : progress.newConfusion;
            steps.insert(steps.end(), progress.newSteps.begin(), progress.newSteps.end());
            epochs.insert(epochs.end(), progress.newEpochs.begin(), progress.newEpochs.end());
            QCOMPARE(progress.steps, int64_t(16));
        });
        QCOMPARE(epochs.size(), size_t(4));
        QCOMPARE(steps.size(), size_t(16));
        QCOMPARE(confusion, confusionCounts(result.predictions, fold.job.dataset->classes.size()));
        for (size_t i = 0; i < steps.size(); ++i)
            QCOMPARE(steps[i].step, static_cast<int64_t>(i + 1));
    }

    void resumingReportsTheEpochsBefore()
    {
        const TinyFold fold;
        runUntil(fold, 8, RunControl::Wish::Interrupt);
        RunControl control;
        std::vector<EpochMetrics> epochs;
        const FoldResult result = fold.trainer().train(control, [&](const FoldProgress& progress) {
            epochs.insert(epochs.end(), progress.newEpochs.begin(), progress.newEpochs.end());
        });
        QCOMPARE(epochs.size(), size_t(4));
        QCOMPARE(epochs, result.history);
    }

    void pausesUntilToldToContinue()
    {
        const TinyFold fold;
        RunControl control;
        std::jthread window;
        int pauses = 0;
        const FoldResult result = fold.trainer().train(control, [&](const FoldProgress& progress) {
            if (progress.paused) {
                ++pauses;
                window = std::jthread([&] { control.ask(RunControl::Wish::Continue); });
            } else if (pauses == 0 && progress.step == 4) {
                control.ask(RunControl::Wish::Pause);
            }
        });
        QCOMPARE(pauses, 1);
        QCOMPARE(result.end, FoldResult::End::Finished);
    }
};

QTEST_GUILESS_MAIN(TestFoldTrainer)
#include "tst_fold_trainer.moc"
