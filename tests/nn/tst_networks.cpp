// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold of the networks whatever their weights are.
#include "base/Error.h"
#include "nn/Beats.h"
#include "nn/EfficientNet.h"

#include <QtTest>

using namespace melscope;

namespace {

double largestDifference(const torch::Tensor& a, const torch::Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

BeatsConfig smallBeats()
{
    return {.patchDim = 16, .layers = 2, .dim = 24, .feedForwardDim = 32, .heads = 3, .positionTaps = 8, .positionGroups = 4, .layerDrop = 0.0};
}

/// A model with random weights; every parameter differs from its neighbours, the table of relative positions too.
Beats randomBeats(const BeatsConfig& config)
{
    torch::manual_seed(1);
    Beats model(config);
    const torch::NoGradGuard noGrad;
    for (torch::Tensor& parameter : model->parameters())
        parameter.add_(torch::randn_like(parameter), 0.2);
    model->eval();
    return model;
}

} // namespace

class TestNetworks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void efficientNetsHaveTheirPublishedSizes()
    {
        QCOMPARE(countParameters(*EfficientNet(EfficientNetOptions())), int64_t(5288548));
        QCOMPARE(countParameters(*EfficientNet(EfficientNetOptions{.lite = true})), int64_t(4652008));
    }

    void aSingleChannelIsReplicated()
    {
        torch::manual_seed(1);
        EfficientNet model(EfficientNetOptions{.lite = true, .tensorFlow = true, .classes = 5});
        model->eval();
        const torch::NoGradGuard noGrad;
        const torch::Tensor input = torch::randn({2, 1, 45, 50});
        QCOMPARE(largestDifference(model->forward(input), model->forward(input.repeat({1, 3, 1, 1}))), 0.0);
    }

    void gradientsReachEveryParameter()
    {
        for (const bool lite : {false, true}) {
            torch::manual_seed(1);
            EfficientNet model(EfficientNetOptions{.lite = lite, .classes = 5, .dropPath = 0.0});
            model->train();
            model->forward(torch::randn({4, 1, 64, 64})).square().sum().backward();
            for (const auto& parameter : model->named_parameters())
                QVERIFY2(parameter.value().grad().defined() && parameter.value().grad().abs().max().item<double>() > 0.0, parameter.key().c_str());
        }
    }

    void gradientsInBf16AreThoseOfFp32ButForRounding()
    {
        for (const bool lite : {false, true}) {
            const auto gradientOfClassifier = [&](bool bf16) {
                torch::manual_seed(1);
                EfficientNet model(EfficientNetOptions{.lite = lite, .classes = 5, .dropout = 0.0, .dropPath = 0.0});
                model->train();
                setCpuAutocast(bf16);
                const torch::Tensor logits = model->forward(torch::randn({8, 1, 64, 64}));
                setCpuAutocast(false);
                torch::nn::functional::cross_entropy(logits.to(torch::kFloat32), torch::arange(8) % 5).backward();
                for (const auto& parameter : model->named_parameters())
                    if (!parameter.value().grad().defined() || !parameter.value().grad().isfinite().all().item<bool>())
                        throw std::runtime_error(parameter.key());
                return model->named_parameters()["classifier.1.weight"].grad().flatten();
            };
            const torch::Tensor exact = gradientOfClassifier(false);
            const torch::Tensor rounded = gradientOfClassifier(true);
            QVERIFY(torch::cosine_similarity(exact, rounded, 0).item<double>() > 0.95);
        }
    }

    void dropPathSkipsBlocksInTrainingOnly()
    {
        EfficientNet model(EfficientNetOptions{.lite = true, .classes = 5, .dropout = 0.0, .dropPath = 0.5});
        const torch::NoGradGuard noGrad;
        const torch::Tensor input = torch::randn({8, 1, 64, 64});
        model->eval();
        QCOMPARE(largestDifference(model->forward(input), model->forward(input)), 0.0);
        model->train();
        const auto drawn = [&](uint64_t seed) {
            torch::manual_seed(seed);
            return model->forward(input);
        };
        QCOMPARE(largestDifference(drawn(1), drawn(1)), 0.0);
        QVERIFY(largestDifference(drawn(1), drawn(2)) > 1e-6);
    }

    void oldFilesGetTheirCounters()
    {
        EfficientNet model(EfficientNetOptions{.lite = true, .classes = 5});
        NamedTensors old;
        for (const auto& [name, tensor] : stateDict(*model)) {
            if (!name.ends_with("num_batches_tracked"))
                old.emplace_back(name, tensor);
        }
        const EfficientNetOptions options = efficientNetOptions(old);
        QVERIFY(options.lite && !options.tensorFlow);
        QCOMPARE(options.classes, int64_t(5));
        EfficientNet copy(options);
        loadStateDict(*copy, efficientNetTensors(old));
        QVERIFY_EXCEPTION_THROWN(efficientNetTensors({{"features.0.0.weight", torch::zeros({1})}, {"stranger.weight", torch::zeros({1})}}), Error);
        QVERIFY_EXCEPTION_THROWN(efficientNetOptions({{"stranger.weight", torch::zeros({1})}}), Error);
    }

    void bucketsAreLinearThenLogarithmic()
    {
        constexpr int64_t tokens = 1000;
        const torch::Tensor buckets = relativeBuckets(tokens, 320, 800);
        const auto at = [&](int64_t distance) { // of the key, after the query where positive
            return distance < 0 ? buckets[-distance][0].item<int64_t>() : buckets[0][distance].item<int64_t>();
        };
        QCOMPARE(at(0), int64_t(0));
        int64_t before = 0;
        for (int64_t distance = 1; distance < tokens; ++distance) {
            QCOMPARE(at(distance), at(-distance) + 160);
            const double logarithmic = 80.0 + 80.0 * std::log(double(distance) / 80.0) / std::log(10.0);
            if (distance < 80)
                QCOMPARE(at(-distance), distance);
            else
                QVERIFY(std::abs(double(at(-distance)) + 0.5 - std::min(logarithmic, 159.5)) <= 0.5 + 1e-4);
            QVERIFY(at(-distance) >= before);
            before = at(-distance);
        }
        QCOMPARE(at(-800), int64_t(159));
    }

    void paddingIsAsIfTheClipEnded()
    {
        Beats model = randomBeats(smallBeats());
        const torch::NoGradGuard noGrad;
        const torch::Tensor clips = torch::randn({2, 96, 32});
        constexpr int64_t kept = 4 * 2; // tokens of the first 64 frames
        torch::Tensor padding = torch::zeros({2, 12}, torch::kBool);
        padding[1].narrow(0, kept, 4).fill_(true);
        const torch::Tensor padded = model->features(clips, padding);
        QVERIFY(largestDifference(padded[0], model->features(clips.narrow(0, 0, 1))[0]) < 1e-5);
        const torch::Tensor cut = model->features(clips.narrow(0, 1, 1).narrow(1, 0, 64));
        QVERIFY(largestDifference(padded[1].narrow(0, 0, kept), cut[0]) < 1e-5);
        QVERIFY(largestDifference(padded[1], model->features(clips)[1]) > 1e-3);
    }

    void paddingOfSamplesBecomesPaddingOfTokens()
    {
        torch::Tensor samples = torch::zeros({1, 25}, torch::kBool); // 12 frames of 2, one sample over; 5 tokens of 2 frames, two over
        samples[0].narrow(0, 7, 18).fill_(true); // frame 3 is half covered, frames 4 to 11 wholly: tokens 2 to 4
        const torch::Tensor tokens = beatsPadding(samples, 12, 5);
        QVERIFY(torch::equal(tokens, torch::tensor({{false, false, true, true, true}})));
        QVERIFY_EXCEPTION_THROWN(beatsPadding(samples, 26, 5), Error);
    }

    void beatsSurvivesItsStateDict()
    {
        for (const bool tokenizer : {false, true}) {
            BeatsConfig config = smallBeats();
            config.layerDrop = 0.05;
            config.predictorClasses = tokenizer ? 0 : 7;
            config.codes = tokenizer ? 9 : 0;
            config.codeDim = tokenizer ? 5 : 0;
            const Beats model = randomBeats(config);
            NamedTensors wrapped;
            for (const auto& [name, tensor] : beatsStateDict(*model))
                wrapped.emplace_back("module." + name, tensor);
            Beats copy = beatsFrom(nullptr, wrapped);
            QVERIFY(copy->config() == config);
            const torch::NoGradGuard noGrad;
            const torch::Tensor input = torch::randn({1, 64, 32});
            QCOMPARE(largestDifference(Beats(model)->features(input), copy->features(input)), 0.0);
        }
    }

    void beatsHasAsManyTensorsAsTheReleasedOnes()
    {
        BeatsConfig config = smallBeats();
        config.layers = 12;
        QCOMPARE(beatsStateDict(*Beats(config)).size(), size_t(250));
        config.predictorClasses = 527;
        QCOMPARE(beatsStateDict(*Beats(config)).size(), size_t(252));
        config.predictorClasses = 0;
        config.codes = 1024;
        config.codeDim = 256;
        QCOMPARE(beatsStateDict(*Beats(config)).size(), size_t(259));
    }

    void bf16TrainsBeatsToo()
    {
        Beats model = randomBeats(smallBeats());
        const torch::Tensor input = torch::randn({2, 64, 32});
        const torch::Tensor exact = model->features(input);
        setCpuAutocast(true);
        const torch::Tensor rounded = model->features(input);
        setCpuAutocast(false);
        QVERIFY(largestDifference(exact, rounded) > 0.0);
        QVERIFY(largestDifference(exact, rounded) < 0.1 * exact.abs().max().item<double>());
        rounded.square().sum().backward();
        for (const auto& parameter : model->named_parameters())
            QVERIFY2(parameter.value().grad().isfinite().all().item<bool>(), parameter.key().c_str());
    }

    void beatsSkipsLayersInTrainingOnly()
    {
        BeatsConfig config = smallBeats();
        config.layerDrop = 0.5;
        Beats model = randomBeats(config);
        const torch::NoGradGuard noGrad;
        const torch::Tensor input = torch::randn({1, 64, 32});
        const torch::Tensor whole = model->features(input);
        QCOMPARE(largestDifference(whole, model->features(input)), 0.0);
        model->train();
        int skipped = 0;
        for (uint64_t seed = 0; seed < 40; ++seed) {
            torch::manual_seed(seed);
            skipped += largestDifference(whole, model->features(input)) > 1e-4;
        }
        QVERIFY(skipped > 15 && skipped < 40); // 30 of 40 expected: both of two layers stay in a quarter of all cases
    }
};

QTEST_GUILESS_MAIN(TestNetworks)
#include "tst_networks.moc"
