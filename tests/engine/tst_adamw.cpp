// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "engine/AdamW.h"

#include <QtTest>

using namespace melscope;

class TestAdamW : public QObject
{
    Q_OBJECT

private:
    static torch::nn::Sequential network()
    {
        torch::manual_seed(4);
        return torch::nn::Sequential(torch::nn::Conv2d(torch::nn::Conv2dOptions(2, 5, 3).bias(false)), torch::nn::BatchNorm2d(5));
    }

    static void backward(torch::nn::Sequential& module, int step)
    {
        torch::manual_seed(100 + step);
        module->forward(torch::randn({3, 2, 8, 8})).pow(3).mean().backward();
    }

private Q_SLOTS:
    void agreesWithTorchsOwn_data()
    {
        QTest::addColumn<bool>("channelsLast");
        QTest::newRow("plain") << false;
        QTest::newRow("channels last") << true;
    }

    void agreesWithTorchsOwn()
    {
        QFETCH(bool, channelsLast);
        torch::nn::Sequential theirs = network();
        torch::nn::Sequential ours = network();
        if (channelsLast) {
            for (torch::Tensor& parameter : ours->parameters()) {
                if (parameter.dim() == 4)
                    parameter.set_data(parameter.contiguous(torch::MemoryFormat::ChannelsLast));
            }
        }
        torch::optim::AdamW reference(theirs->parameters(), torch::optim::AdamWOptions(0.02).weight_decay(0.3).betas({0.87, 0.999}));
        AdamW optimizer(*ours, {.weightDecay = 0.3});
        for (int step = 0; step < 10; ++step) {
            reference.zero_grad();
            optimizer.zeroGradients();
            backward(theirs, step);
            backward(ours, step);
            reference.step();
            optimizer.step(0.02, 0.87);
        }
        const auto expected = theirs->parameters();
        const auto actual = ours->parameters();
        for (size_t i = 0; i < expected.size(); ++i)
            QVERIFY((expected[i] - actual[i]).abs().max().item<float>() < 2e-5f);
    }

    void groupsHaveRatesOfTheirOwn()
    {
        torch::nn::Sequential theirs = network();
        torch::nn::Sequential ours = network();
        std::vector<torch::optim::OptimizerParamGroup> groups;
        groups.emplace_back(theirs[0]->parameters());
        groups.emplace_back(theirs[1]->parameters());
        torch::optim::AdamW reference(groups, torch::optim::AdamWOptions(0.02).weight_decay(0.3));
        static_cast<torch::optim::AdamWOptions&>(reference.param_groups()[0].options()).lr(0.005);
        AdamW optimizer(*ours, {.weightDecay = 0.3, .share = [](const std::string& name) { return name.starts_with("0.") ? 0.25 : 1.0; }});
        for (int step = 0; step < 10; ++step) {
            reference.zero_grad();
            optimizer.zeroGradients();
            backward(theirs, step);
            backward(ours, step);
            reference.step();
            optimizer.step(0.02, 0.9);
        }
        const auto expected = theirs->parameters();
        const auto actual = ours->parameters();
        for (size_t i = 0; i < expected.size(); ++i)
            QVERIFY((expected[i] - actual[i]).abs().max().item<float>() < 2e-5f);
    }

    void whoJoinsLaterBeginsAtItsOwnFirstStep()
    {
        torch::nn::Sequential theirs = network();
        torch::nn::Sequential ours = network();
        torch::optim::AdamW reference(theirs->parameters(), torch::optim::AdamWOptions(0.02).weight_decay(0.3));
        AdamW optimizer(*ours, {.weightDecay = 0.3});
        for (int step = 0; step < 12; ++step) {
            for (torch::nn::Sequential module : {theirs, ours})
                for (torch::Tensor& parameter : module[0]->parameters())
                    parameter.requires_grad_(step >= 5);
            reference.zero_grad();
            for (torch::Tensor& parameter : theirs->parameters())
                parameter.mutable_grad().reset(); // this version's zero_grad() leaves zeros, which would count as steps
            optimizer.zeroGradients();
            backward(theirs, step);
            backward(ours, step);
            reference.step();
            optimizer.step(0.02, 0.9);
        }
        const auto expected = theirs->parameters();
        const auto actual = ours->parameters();
        for (size_t i = 0; i < expected.size(); ++i)
            QVERIFY((expected[i] - actual[i]).abs().max().item<float>() < 2e-5f);
    }

    void normsAndBiasesMayBeLeftOut()
    {
        torch::nn::Sequential module = network();
        const torch::NoGradGuard noGrad;
        AdamW optimizer(*module, {.weightDecay = 0.5, .decayNormAndBias = false});
        const torch::Tensor norm = module->parameters()[1].clone();
        const torch::Tensor convolution = module->parameters()[0].clone();
        for (torch::Tensor& parameter : module->parameters())
            parameter.mutable_grad() = torch::zeros_like(parameter);
        optimizer.step(0.1, 0.9);
        QVERIFY(torch::equal(module->parameters()[1], norm));
        QVERIFY(torch::allclose(module->parameters()[0], convolution * 0.95));
    }

    void refusesAnotherModelsState()
    {
        torch::nn::Sequential module = network();
        AdamW optimizer(*module, {});
        NamedTensors state = optimizer.state();
        state.pop_back();
        QVERIFY_THROWS_EXCEPTION(Error, optimizer.load(state));
    }
};

QTEST_GUILESS_MAIN(TestAdamW)
#include "tst_adamw.moc"
