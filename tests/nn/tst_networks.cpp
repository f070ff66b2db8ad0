// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold of the networks whatever their weights are.
#include "base/Error.h"
#include "nn/Beats.h"
#include "nn/EfficientNet.h"
#include "nn/FeatureHead.h"

#include <QtTest>

#include <set>

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
        const torch::Tensor padded = model->encode(clips, padding);
        QVERIFY(largestDifference(padded[0], model->encode(clips.narrow(0, 0, 1))[0]) < 1e-5);
        const torch::Tensor cut = model->encode(clips.narrow(0, 1, 1).narrow(1, 0, 64));
        QVERIFY(largestDifference(padded[1].narrow(0, 0, kept), cut[0]) < 1e-5);
        QVERIFY(largestDifference(padded[1], model->encode(clips)[1]) > 1e-3);
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
            QCOMPARE(largestDifference(Beats(model)->encode(input), copy->encode(input)), 0.0);
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
        const torch::Tensor exact = model->encode(input);
        setCpuAutocast(true);
        const torch::Tensor rounded = model->encode(input);
        setCpuAutocast(false);
        QVERIFY(largestDifference(exact, rounded) > 0.0);
        QVERIFY(largestDifference(exact, rounded) < 0.1 * exact.abs().max().item<double>());
        rounded.square().sum().backward();
        for (const auto& parameter : model->named_parameters())
            QVERIFY2(parameter.value().grad().isfinite().all().item<bool>(), parameter.key().c_str());
    }

    /// Distributions of the official implementation: a standard deviation estimated from n numbers is within 4 / sqrt(2 n) of it.
    void beatsStartsAsTheOfficialOneDoes()
    {
        BeatsConfig config{.patchDim = 64, .layers = 4, .dim = 96, .feedForwardDim = 160, .heads = 4, .positionTaps = 32, .positionGroups = 4,
                           .predictorClasses = 50};
        Beats model(config);
        model->initialise(7);
        const double beta = std::pow(8.0 * 4, -0.25);
        const std::map<std::string, double> deviations = {
            {"q_proj.weight", std::sqrt(2.0 / (96 + 96))},          {"k_proj.weight", std::sqrt(2.0 / (96 + 96))},
            {"v_proj.weight", beta * std::sqrt(2.0 / (96 + 96))},   {"out_proj.weight", beta * std::sqrt(2.0 / (96 + 96))},
            {"fc1.weight", beta * std::sqrt(2.0 / (96 + 160))},     {"fc2.weight", beta * std::sqrt(2.0 / (96 + 160))},
            {"grep_linear.weight", 0.02},                           {"relative_attention_bias.weight", 0.02},
            {"pos_conv.0.weight_v", std::sqrt(4.0 / (32 * 96))},    {"patch_embedding.weight", 1.0 / std::sqrt(3.0 * 256)},
            {"post_extract_proj.weight", 1.0 / std::sqrt(3.0 * 64)}, {"post_extract_proj.bias", 1.0 / std::sqrt(3.0 * 64)},
            {"predictor.weight", 1.0 / std::sqrt(3.0 * 96)}};
        std::set<std::string> seen;
        for (const auto& parameter : model->named_parameters()) {
            const torch::Tensor values = parameter.value().detach().to(torch::kFloat64);
            const auto known = std::ranges::find_if(deviations, [&](const auto& pair) { return parameter.key().ends_with(pair.first); });
            if (known != deviations.end()) {
                const double count = static_cast<double>(values.numel());
                const double deviation = values.square().mean().sqrt().item<double>();
                QVERIFY2(std::abs(deviation / known->second - 1.0) < 4.0 / std::sqrt(2.0 * count), parameter.key().c_str());
                QVERIFY2(std::abs(values.mean().item<double>()) < 4.0 * known->second / std::sqrt(count), parameter.key().c_str());
                seen.insert(known->first);
            } else if (parameter.key().ends_with("norm.weight") || parameter.key().ends_with("grep_a")) {
                QVERIFY2((values == 1.0).all().item<bool>(), parameter.key().c_str());
            } else if (parameter.key().starts_with("encoder.") && parameter.key().ends_with("bias")) {
                QVERIFY2((values == 0.0).all().item<bool>(), parameter.key().c_str());
            }
        }
        QCOMPARE(seen.size(), deviations.size());
        Beats again(config);
        again->initialise(7);
        Beats other(config);
        other->initialise(8);
        const torch::Tensor input = torch::randn({1, 1, 32, 64});
        model->eval(), again->eval(), other->eval();
        QVERIFY(torch::equal(model->forward(input), again->forward(input)));
        QVERIFY(!torch::equal(model->forward(input), other->forward(input)));
    }

    /// Normalised tap by tap, the convolution begins with the weights that were drawn.
    void thePositionConvolutionBeginsWithItsDrawnWeights()
    {
        Beats model(smallBeats());
        model->initialise(1);
        const auto parameters = model->named_parameters();
        const torch::Tensor lengths = parameters["encoder.pos_conv.0.weight_v"].square().sum(torch::IntArrayRef({0, 1})).sqrt();
        QVERIFY(largestDifference(lengths, parameters["encoder.pos_conv.0.weight_g"].flatten()) < 1e-6);
    }

    void layersAreCountedFromTheHead()
    {
        BeatsConfig config = smallBeats();
        config.layers = 12;
        config.predictorClasses = 3;
        const Beats model(config);
        const std::map<std::string, int64_t> depths = {{"encoder.layers.11.fc1.weight", 1},
            {"encoder.layers.0.fc1.weight", 12}, {"encoder.layers.10.self_attn.grep_a", 2}, {"encoder.layer_norm.bias", 13},
            {"patch_embedding.weight", 13}};
        for (const auto& [name, depth] : depths)
            QCOMPARE(model->depthBelowHead(name), depth);
    }

    void aFeatureHeadStandardisesByTheTrainingClips()
    {
        using Pooling = FeatureHeadImpl::Pooling;
        const torch::NoGradGuard noGrad;
        torch::manual_seed(3);
        torch::Tensor training = torch::randn({50, 1, 4, 6}) * 3.0 + 5.0;
        training.select(3, 2).fill_(7.0); // says nothing
        const torch::Tensor other = torch::randn({5, 1, 4, 6});
        for (const Pooling pooling : {Pooling::Mean, Pooling::Bands}) {
            FeatureHead head(pooling, 4, 6, 3);
            head->initialise(1);
            head->standardiseBy(training);
            const torch::Tensor pooled = pooling == Pooling::Mean ? training.squeeze(1).mean(1) : training.flatten(1);
            const torch::Tensor mean = pooled.mean(0);
            torch::Tensor deviation = pooled.std(0, false);
            deviation.masked_fill_(deviation < 1e-4, 1.0);
            const torch::Tensor weight = head->named_parameters()["head.weight"];
            QCOMPARE(weight.size(1), pooling == Pooling::Mean ? int64_t(6) : int64_t(24));
            const torch::Tensor bare = pooling == Pooling::Mean ? other.squeeze(1).mean(1) : other.flatten(1);
            const torch::Tensor expected = torch::linear((bare - mean) / deviation, weight, head->named_parameters()["head.bias"]);
            QVERIFY(largestDifference(head->forward(other), expected) < 1e-4);
        }
    }

    void beatsSkipsLayersInTrainingOnly()
    {
        BeatsConfig config = smallBeats();
        config.layerDrop = 0.5;
        Beats model = randomBeats(config);
        const torch::NoGradGuard noGrad;
        const torch::Tensor input = torch::randn({1, 64, 32});
        const torch::Tensor whole = model->encode(input);
        QCOMPARE(largestDifference(whole, model->encode(input)), 0.0);
        model->train();
        int skipped = 0;
        for (uint64_t seed = 0; seed < 40; ++seed) {
            torch::manual_seed(seed);
            skipped += largestDifference(whole, model->encode(input)) > 1e-4;
        }
        QVERIFY(skipped > 15 && skipped < 40); // 30 of 40 expected: both of two layers stay in a quarter of all cases
    }
};

QTEST_GUILESS_MAIN(TestNetworks)
#include "tst_networks.moc"
