// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ContrastivePretext.h"
#include "engine/Cpu.h"
#include "engine/GradientCache.h"
#include "engine/KnnProbe.h"
#include "engine/LinearProbe.h"
#include "engine/NetworkFeatures.h"
#include "engine/TinyFold.h"
#include "nn/BatchNorms.h"
#include "nn/ContrastiveLoss.h"
#include "nn/Initialisation.h"

#include <QtTest>

using namespace melscope;

namespace {

double largestDifference(const torch::Tensor& a, const torch::Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

/// A tiny network with batch norms, the same in every call.
ContrastiveModel tinyModel()
{
    ContrastiveModel model(TinyFold::makeNetwork(4));
    initialiseWeights(*model, 7);
    model->train();
    return model;
}

torch::Tensor views(int64_t count)
{
    torch::manual_seed(5);
    return torch::randn({count, 1, TinyFold::mels, TinyFold::frames});
}

torch::Tensor embed(ContrastiveModel& model, const torch::Tensor& input)
{
    return model->project(model->encoder().features(input));
}

NamedTensors gradientsOf(const torch::nn::Module& module)
{
    NamedTensors gradients;
    for (const auto& parameter : module.named_parameters())
        if (parameter.value().grad().defined())
            gradients.emplace_back(parameter.key(), parameter.value().grad());
    return gradients;
}

} // namespace

class TestContrastive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareTrainingThread(1); }

    /// The same chunks with all their graphs in memory: batch norms see the same, the loss is one over all.
    void cachedGradientsAreTheDirectOnes()
    {
        const torch::Tensor input = views(24);
        ContrastiveModel direct = tinyModel();
        std::vector<torch::Tensor> parts;
        for (const torch::Tensor& part : input.tensor_split(3))
            parts.push_back(embed(direct, part));
        const torch::Tensor expected = contrastiveLoss(torch::cat(parts), 0.1).loss;
        expected.backward();

        ContrastiveModel cached = tinyModel();
        const torch::Tensor loss = backwardInChunks(*cached, input, 8, [&](const torch::Tensor& part) { return embed(cached, part); },
                                                    [](const torch::Tensor& all) { return contrastiveLoss(all, 0.1).loss; });
        QCOMPARE(loss.item<double>(), expected.item<double>());
        const NamedTensors a = gradientsOf(*direct);
        const NamedTensors b = gradientsOf(*cached);
        QVERIFY(a.size() > 20);
        QCOMPARE(a.size(), b.size());
        for (size_t i = 0; i < a.size(); ++i) {
            QCOMPARE(a[i].first, b[i].first);
            QVERIFY2(largestDifference(a[i].second, b[i].second) <= 1e-5 * (1.0 + a[i].second.abs().max().item<double>()), a[i].first.c_str());
        }
        QVERIFY(a.front().second.abs().max().item<double>() > 1e-4);
        // Running statistics have counted every chunk once.
        const NamedTensors buffersA = stateDict(*direct);
        const NamedTensors buffersB = stateDict(*cached);
        for (size_t i = 0; i < buffersA.size(); ++i)
            QVERIFY2(torch::equal(buffersA[i].second, buffersB[i].second), buffersA[i].first.c_str());
    }

    /// Where nothing looks across examples, chunks are the whole batch's gradient.
    void withoutBatchStatisticsChunksAreTheWholeBatch()
    {
        const torch::Tensor input = views(24);
        const auto gradients = [&](int64_t chunk) {
            ContrastiveModel model = tinyModel();
            model->eval();
            backwardInChunks(*model, input, chunk, [&](const torch::Tensor& part) { return embed(model, part); },
                             [](const torch::Tensor& all) { return contrastiveLoss(all, 0.1).loss; });
            return gradientsOf(*model);
        };
        const NamedTensors whole = gradients(24);
        const NamedTensors chunked = gradients(7);
        for (size_t i = 0; i < whole.size(); ++i)
            QVERIFY2(largestDifference(whole[i].second, chunked[i].second) <= 1e-5 * (1.0 + whole[i].second.abs().max().item<double>()),
                     whole[i].first.c_str());
    }

    void pausedStatisticsStayAndGoOnAfterwards()
    {
        ContrastiveModel model = tinyModel();
        const auto bytes = [&] {
            std::vector<torch::Tensor> copies;
            for (const torch::Tensor& buffer : model->buffers())
                copies.push_back(buffer.clone());
            return copies;
        };
        const torch::NoGradGuard noGrad;
        const std::vector<torch::Tensor> before = bytes();
        {
            const StatisticsPause pause(*model);
            embed(model, views(8));
        }
        const std::vector<torch::Tensor> paused = bytes();
        embed(model, views(8));
        const std::vector<torch::Tensor> after = bytes();
        for (size_t i = 0; i < before.size(); ++i) {
            QVERIFY(torch::equal(before[i], paused[i]));
            QVERIFY(!torch::equal(before[i], after[i]));
        }
    }

    void learnsToFindPartnersAndItsBodyFitsTheClassifier()
    {
        const TinyFold fold;
        const FoldData data = fold.data();
        ContrastivePretext task(data, TinyFold::makeNetwork, {.temperature = 0.1, .chunk = 6, .probeEvery = 2, .seed = 3});
        task.begin({});
        useChannelsLast(task.module());
        AdamW optimizer(task.module(), {});
        task.module().train();
        const auto roll = AugmentationChain::fromJson(Json::parse(R"({"spectrogram": [{"name": "time_roll", "probability": 1.0, "max_share": 1.0}]})"));
        const BatchPlan plan{.clips = data.trainingClips, .classes = 4, .views = 2, .batch = 20, .epochs = 40, .seed = 3, .normalisation = data.normalisation};
        BatchLoader loader(data.pipeline(roll), plan, 0, 1);
        PretextTask::Outcome first;
        PretextTask::Outcome last;
        for (int step = 0; step < 40; ++step) {
            Batch batch = loader.next();
            optimizer.zeroGradients();
            last = task.learn(batch, step + 1);
            optimizer.step(3e-3, 0.9);
            if (step == 0)
                first = last;
        }
        QCOMPARE(last.trials, int64_t{40});
        QVERIFY(last.loss < 0.7 * first.loss);
        QCOMPARE(last.figures.size(), size_t{2});
        QCOMPARE(last.figures[0].name, std::string("alignment"));
        QVERIFY(last.figures[1].value < 0.0);

        QVERIFY(task.probe(1, 40).empty());
        const std::vector<Figure> probed = task.probe(40, 40);
        QCOMPARE(probed.size(), size_t{1});
        QVERIFY(probed[0].value > 0.8); // the loud band is what a roll in time leaves

        const std::shared_ptr<Network> classifier = TinyFold::makeNetwork(9);
        useChannelsLast(*classifier); // as the task's own: another layout rounds in another way
        classifier->initialise(1);
        loadBody(*classifier, task.body());
        const torch::Tensor clips = views(2);
        classifier->eval();
        task.module().eval();
        auto& model = dynamic_cast<ContrastiveModelImpl&>(task.module());
        QVERIFY(torch::equal(classifier->features(clips), model.encoder().features(clips)));
    }

    void neighboursVote()
    {
        Dataset dataset{.classes = {"a", "b"}};
        // Two directions; clip 4 lies with class a but is of class b.
        for (int i = 0; i < 6; ++i)
            dataset.clips.push_back({.name = std::to_string(i), .label = i < 3 ? 0 : 1, .source = std::to_string(i)});
        const torch::Tensor features = torch::tensor({{1.0f, 0.1f}, {1.0f, 0.0f}, {2.0f, 0.1f}, {0.0f, 1.0f}, {1.0f, 0.05f}, {0.1f, 3.0f}});
        const std::vector<int> clips{0, 1, 2, 3, 4, 5};
        QVERIFY(std::abs(knnAccuracy(features, clips, dataset) - 5.0 / 6.0) < 1e-12);
        // Without its own recording's other clip, 3 and 5 have only strangers to ask.
        dataset.clips[5].source = "3";
        QVERIFY(std::abs(knnAccuracy(features, clips, dataset) - 3.0 / 6.0) < 1e-12);
        QCOMPARE(knnAccuracy(features.slice(0, 0, 1), {0}, dataset), 0.5);
    }

    void linearClassifierFindsTheMinimum()
    {
        torch::manual_seed(3);
        const torch::Tensor labels = torch::arange(90) % 3;
        const torch::Tensor features = torch::randn({90, 5}) + 2.0 * torch::one_hot(labels, 5).to(torch::kFloat32) + 100.0;
        LinearClassifier classifier = LinearClassifier::fit(features, labels, 3, 1e-2);
        QVERIFY((classifier.logits(features).argmax(1) == labels).to(torch::kFloat64).mean().item<double>() > 0.85);
        // At a minimum the gradient is zero.
        classifier.weight.requires_grad_();
        classifier.bias.requires_grad_();
        const torch::Tensor loss = torch::nn::functional::cross_entropy(classifier.logits(features), labels) + 1e-2 * classifier.weight.square().sum();
        loss.backward();
        QVERIFY(classifier.weight.grad().abs().max().item<double>() < 1e-3);
        QVERIFY(classifier.bias.grad().abs().max().item<double>() < 1e-3);
    }

    void linearProbeScoresTheBodyAndPassesItOn()
    {
        const TinyFold fold;
        const FoldData data = fold.data();
        const std::shared_ptr<Network> network = TinyFold::makeNetwork(4);
        network->initialise(11);
        const NamedTensors body = bodyOf(*network);
        RunControl control;
        const StageResult result = LinearProbe(fold.job, data, TinyFold::makeNetwork).train(body, control, {});
        QCOMPARE(result.end, FoldResult::End::Finished);
        QCOMPARE(result.history.size(), size_t{1});
        QCOMPARE(result.history[0].stage, std::string("linear-probe"));
        QCOMPARE(result.history[0].figures[0].name, std::string("linear_accuracy"));
        QCOMPARE(result.history[0].figures[0].value, 1.0); // four loud bands are told apart by random features
        QCOMPARE(result.body.size(), body.size());
        const StageResult again = LinearProbe(fold.job, data, TinyFold::makeNetwork).train(body, control, {});
        QCOMPARE(again.history.size(), size_t{1});
        QCOMPARE(again.history[0].trainLoss, result.history[0].trainLoss);
        QCOMPARE(again.history[0].seconds, result.history[0].seconds); // of the first time: it is not computed again
    }
};

QTEST_GUILESS_MAIN(TestContrastive)
#include "tst_contrastive.moc"
