// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/Cpu.h"
#include "engine/TinyFold.h"
#include "nn/Initialisation.h"

#include <QtTest>

using namespace melscope;

class TestWeightAverage : public QObject
{
    Q_OBJECT

private:
    static Predictor tinyModel()
    {
        return {.model = TinyFold::makeNetwork(4)};
    }

    static void fill(const torch::nn::Module& module, double value)
    {
        const torch::NoGradGuard noGrad;
        for (torch::Tensor& parameter : module.parameters())
            parameter.fill_(value);
    }

    static double first(const Predictor& predictor) { return predictor.model->parameters().front().flatten()[0].item<double>(); }

private Q_SLOTS:
    void initTestCase() { prepareTrainingThread(1); }

    void aStepInTheWeightsFadesWithTheMemory()
    {
        const Predictor trained = tinyModel();
        fill(*trained.model, 0.0);
        WeightAverage average(tinyModel(), 2.0, 25); // 50 steps
        average.startFrom(*trained.model);
        QCOMPARE(first(average.predictor()), 0.0);
        fill(*trained.model, 1.0);
        for (int64_t step = 1001; step <= 1050; ++step)
            average.add(*trained.model, step);
        QVERIFY(std::abs(first(average.predictor()) - (1.0 - std::exp(-1.0))) < 1e-4);
    }

    void statisticsAreAveragedToo()
    {
        const Predictor trained = tinyModel();
        WeightAverage average(tinyModel(), 2.0, 25); // 50 steps
        average.startFrom(*trained.model);
        const auto means = [](const Predictor& predictor) { return predictor.model->buffers().at(0); };
        QVERIFY(means(average.predictor()).abs().max().item<double>() == 0.0);
        means(trained).fill_(1.0);
        for (int64_t step = 1001; step <= 1050; ++step)
            average.add(*trained.model, step);
        QVERIFY((means(average.predictor()) - (1.0 - std::exp(-1.0))).abs().max().item<double>() < 1e-4);
    }

    void theUntrainedWeightsAreForgottenSoon()
    {
        const Predictor trained = tinyModel();
        fill(*trained.model, 100.0);
        WeightAverage average(tinyModel(), 1000.0, 1000);
        average.startFrom(*trained.model);
        fill(*trained.model, 1.0);
        for (int64_t step = 1; step <= 400; ++step)
            average.add(*trained.model, step);
        QVERIFY(std::abs(first(average.predictor()) - 1.0) < 0.01);
    }

    void batchNormLearnsTheStatisticsOfWhatItIsShown()
    {
        const TinyFold fold;
        const FoldData data = fold.data();
        Predictor predictor = tinyModel();
        initialiseWeights(*predictor.model, 1);
        const BatchPlan plan{.clips = data.trainingClips, .classes = 4, .batch = 5, .epochs = 1, .normalisation = data.normalisation};
        estimateBatchNorm(predictor, data.pipeline({}), plan, 0, 32, 1);

        const NamedTensors tensors = stateDict(*predictor.model);
        const std::map<std::string, torch::Tensor> named(tensors.begin(), tensors.end());
        std::vector<float> values;
        for (const int clip : data.trainingClips)
            for (const float value : data.source.grid(clip).values)
                values.push_back(static_cast<float>((value - data.normalisation.mean) / data.normalisation.deviation));
        const torch::NoGradGuard noGrad;
        const torch::Tensor seen = torch::conv2d(inputTensor(values, data.pipeline({})->gridShape()), named.at("conv1.weight"), {}, 2, 3);
        QVERIFY(torch::allclose(named.at("bn1.running_mean"), seen.mean({0, 2, 3}), 1e-4, 1e-5));
        // Every clip stands in one batch of five: the mean of the batches' variances is near that of all.
        const torch::Tensor ratio = named.at("bn1.running_var") / seen.var({0, 2, 3});
        QVERIFY2(ratio.min().item<double>() > 0.8 && ratio.max().item<double>() < 1.1, "variance");
        QVERIFY(predictor.model->is_training());
    }
};

QTEST_GUILESS_MAIN(TestWeightAverage)
#include "tst_weight_average.moc"
