// SPDX-License-Identifier: GPL-3.0-or-later
// BEATs as a frozen encoder and as one that is fine-tuned, of a size for tests.
#include "base/Files.h"
#include "dataset/DatasetFiles.h"
#include "engine/FineTuning.h"
#include "engine/FrozenFeatures.h"
#include "engine/TorchEngine.h"
#include "nn/Beats.h"
#include "nn/WeightConversion.h"
#include "weights/BeatsCheckpoint.h"
#include "weights/TorchZip.h"
#include "weights/WeightIdentity.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace melscope;
namespace fs = std::filesystem;
using melscope::test::errorOf;

namespace {

constexpr int64_t dim = 24;
constexpr int bands = 2; // of 16 mel rows

BeatsConfig smallEncoder()
{
    return {.patchDim = 16, .layers = 2, .dim = dim, .feedForwardDim = 32, .heads = 2, .positionTaps = 8, .positionGroups = 2, .buckets = 16,
            .maxDistance = 20};
}

bool goOn(const std::string&)
{
    return true;
}

} // namespace

class TestBeats : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    const fs::path m_root = m_folder.path().toStdString();
    const fs::path m_weights = m_root / "small.pt";
    FoldJob m_job; ///< frozen

    Recipe recipe(const std::string& method) const
    {
        Recipe recipe = findRecipe(method + "-published").with({{"training.epochs", "2"}, {"training.batch", "4"}, {"training.precision", "fp32"},
                                                                {"training.threads", "1"}, {"front_end.mels", std::to_string(16 * bands)},
                                                                {"front_end.clip_seconds", "0.6"}});
        recipe.weights = initialWeights(identifyWeightFile(m_weights), m_weights, method);
        return recipe;
    }

    static torch::Tensor featuresOf(const FoldData& data, const std::vector<int>& clips)
    {
        torch::Tensor all = torch::empty({static_cast<int64_t>(clips.size()), bands, dim});
        float* target = all.data_ptr<float>();
        for (const int clip : clips)
            target = std::ranges::copy(data.source.grid(clip).values, target).out;
        return all;
    }

private Q_SLOTS:
    void init()
    {
        fs::remove_all(m_root);
        qputenv("MELSCOPE_CACHE_DIR", (m_root / "cache").c_str());
        Beats model(smallEncoder());
        model->initialise(1);
        writeFileAtomically(m_weights, encodeTorchZip(officialBeatsTensors(toWeights(stateDict(*model))), "weights", {{"cfg", smallEncoder().toCfg()}}));
        std::string csv = "filename,fold,target,category,esc10,src_file,take\n";
        for (int clip = 0; clip < 12; ++clip) {
            const std::string name = std::to_string(clip) + ".wav";
            test::writeTone(m_root / "data/audio" / name, 0.2 + 0.03 * clip, 16000, 0.05f * static_cast<float>(clip + 1));
            const int target = clip % 2;
            csv += name + ',' + std::to_string(1 + clip / 6) + ',' + std::to_string(target) + (target ? ",wind" : ",rain") + ",True,"
                   + std::to_string(clip) + ",A\n";
        }
        test::writeText(m_root / "data/meta/esc50.csv", csv);
        m_job = {.dataset = std::make_shared<const Dataset>(openDataset(m_root / "data")), .recipe = recipe("beats-frozen"), .fold = 2, .seed = 3,
                 .folder = m_root / "run"};
    }

    void theCheckpointSaysWhichEncoderItIs()
    {
        QVERIFY(BeatsConfig::fromCfg(m_job.recipe.weights->config) == smallEncoder());
        const Recipe again = Recipe::fromJson(Json::parse(m_job.recipe.toJson().dump()));
        QCOMPARE(again.weights->config, m_job.recipe.weights->config);
    }

    void featuresAreTheMeansOfEveryBandsTokens()
    {
        const FoldData data = openFrozenFoldData(m_job, 1, goOn);
        QCOMPARE(data.trainingClips.size(), size_t(6));
        const torch::NoGradGuard noGrad;
        Beats model(smallEncoder());
        model->initialise(1);
        model->eval();
        const SpectrogramExtractor extractor(m_job.recipe.frontEnd());
        for (const int clip : {0, 7, 11}) {
            const SpectrogramGrid grid = extractor.compute(extractor.prepare(readAudioFile(m_job.dataset->clips[static_cast<size_t>(clip)].path), true));
            const torch::Tensor fbank = torch::tensor(grid.values).view({1, grid.mels, -1}).transpose(1, 2);
            const torch::Tensor tokens = model->encode(fbank)[0]; // [time * bands + band, dim]
            torch::Tensor expected = torch::zeros({bands, dim});
            for (int64_t token = 0; token < tokens.size(0); ++token)
                expected[token % bands] += tokens[token] / static_cast<double>(tokens.size(0) / bands);
            const torch::Tensor features = featuresOf(data, {clip})[0];
            QVERIFY(torch::allclose(features, expected, 1e-4, 1e-5));
        }
    }

    void featuresAreComputedOncePerClipAndPrecision()
    {
        const torch::Tensor first = featuresOf(openFrozenFoldData(m_job, 1, goOn), {0, 7});
        fs::remove(m_weights);
        m_job.fold = 1; // another fold needs nothing new
        m_job.recipe = m_job.recipe.with("training.lr", "0.5");
        QVERIFY(torch::equal(featuresOf(openFrozenFoldData(m_job, 1, goOn), {0, 7}), first));
        m_job.recipe = m_job.recipe.with("training.precision", "bf16");
        QCOMPARE(errorOf([&] { openFrozenFoldData(m_job, 1, goOn); }).first, std::string(toString(ErrorKind::Missing)));
    }

    void randomWeightsMustBeAskedFor()
    {
        m_job.recipe.weights.reset();
        const auto [kind, sentence] = errorOf([&] { openFrozenFoldData(m_job, 1, goOn); });
        QCOMPARE(kind, std::string(toString(ErrorKind::Missing)));
        for (const char* part : {"BEATs_iter3_plus_AS2M.pt", "github.com/microsoft/unilm", "training.random_weights"})
            QVERIFY2(sentence.find(part) != std::string::npos, sentence.c_str());
    }

    void onlyTrainingClipsDecideHowFeaturesAreStandardised()
    {
        const FoldData data = openFrozenFoldData(m_job, 1, goOn);
        const NamedTensors body = standardisationBy(data, networkMaker(m_job.recipe));
        const std::map<std::string, torch::Tensor> named(body.begin(), body.end());
        const torch::Tensor clips = featuresOf(data, data.trainingClips).mean(1); // over the bands
        QVERIFY(torch::allclose(named.at("standardisation.mean"), clips.mean(0), 1e-4, 1e-5));
        QVERIFY(torch::allclose(named.at("standardisation.deviation"), clips.std(0, false), 1e-3, 1e-5));
        const torch::Tensor heldOut = featuresOf(data, data.heldOutClips).mean(1);
        QVERIFY(!torch::allclose(named.at("standardisation.mean"), torch::cat({clips, heldOut}).mean(0), 1e-3, 1e-4));
        QCOMPARE(data.normalisation.mean, 0.0); // the front end brings its own
        QCOMPARE(data.normalisation.deviation, 1.0);
    }

    void theCostOfFeaturesIsMeasuredOnAFew()
    {
        const FrozenProbe before = probeFrozenFoldData(m_job, 1, goOn);
        QVERIFY(before.secondsOnce > 0.0);
        const FoldData data = openFrozenFoldData(m_job, 1, goOn);
        QVERIFY(torch::equal(featuresOf(before.data, {0, 11}), featuresOf(data, {0, 11})));
        QCOMPARE(probeFrozenFoldData(m_job, 1, goOn).secondsOnce, 0.0);
    }

    void bothMethodsTrainToTheirEnd_data()
    {
        QTest::addColumn<QString>("method");
        QTest::newRow("frozen") << QStringLiteral("beats-frozen");
        QTest::newRow("fine-tuned") << QStringLiteral("beats-finetuned");
    }

    void bothMethodsTrainToTheirEnd()
    {
        QFETCH(QString, method);
        m_job.recipe = recipe(method.toStdString());
        TorchEngine engine;
        RunControl control;
        const FoldResult result = engine.trainFold(m_job, control, {});
        QCOMPARE(result.end, FoldResult::End::Finished);
        QCOMPARE(result.history.size(), size_t(2));
        QCOMPARE(result.predictions.size(), size_t(6));
        QVERIFY(result.history.back().trainLoss != result.history.front().trainLoss);
        QCOMPARE(engine.evaluateFold(m_job, -1).accuracy, result.accuracy);
        if (method == QLatin1String("beats-frozen"))
            QCOMPARE(errorOf([&] { engine.evaluateFold(m_job, 3); }).first, std::string(toString(ErrorKind::InvalidValue)));
    }

    /// Head 1e-3; top layer 1e-5, then a share of the rate above it; what lies beneath the layers last.
    void layersLearnTheSlowerTheLowerTheyAre()
    {
        const Recipe recipe = findRecipe("beats-finetuned-published").with({{"training.layer_decay", "0.5"}, {"training.head_epochs", "1"}});
        BeatsConfig config = smallEncoder();
        config.predictorClasses = 2;
        Beats model(config);
        const FineTuning tuning(recipe);
        const std::map<std::string, double> rates = {{"predictor.weight", 1e-3}, {"encoder.layers.1.fc1.weight", 1e-5},
                                                     {"encoder.layers.0.self_attn.q_proj.bias", 5e-6}, {"encoder.layer_norm.weight", 2.5e-6},
                                                     {"patch_embedding.weight", 2.5e-6}};
        for (const auto& [name, rate] : rates)
            QVERIFY2(std::abs(tuning.share(*model, name) * 1e-3 / rate - 1.0) < 1e-9, name.c_str());
        for (const int64_t epoch : {0, 1}) {
            tuning.prepareEpoch(*model, epoch);
            for (const auto& parameter : model->named_parameters())
                QVERIFY2(parameter.value().requires_grad() == (epoch == 1 || model->isHead(parameter.key())), parameter.key().c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestBeats)
#include "tst_beats.moc"
