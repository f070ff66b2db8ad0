// SPDX-License-Identifier: GPL-3.0-or-later
// The encoders of masked-token prediction, whatever their weights are.
#include "base/Error.h"
#include "nn/MaskedModel.h"
#include "nn/PatchResNet.h"
#include "nn/PatchTransformer.h"
#include "support/ErrorOf.h"

#include <QtTest>

using namespace melscope;

class TestMaskedNetworks : public QObject
{
    Q_OBJECT

private:
    static constexpr int64_t rows = 2;
    static constexpr int64_t columns = 5;

    static std::shared_ptr<PatchNetwork> encoder(const QString& kind, int64_t patch = 16, double dropPath = 0.0)
    {
        std::shared_ptr<PatchNetwork> network;
        if (kind == "cnn")
            network = std::make_shared<PatchResNetImpl>(PatchResNetOptions{.blocks = {1, 1, 1, 1}, .width = 8, .patch = patch, .classes = 3});
        else
            network = std::make_shared<PatchTransformerImpl>(
                PatchTransformerOptions{.patch = patch, .rows = rows, .columns = columns, .convolutionalStem = kind == "stem",
                                        .attentionPooling = kind == "stem", .layers = 3, .dim = 32, .heads = 4, .dropPath = dropPath, .classes = 3});
        network->initialise(1);
        network->eval();
        return network;
    }

    static torch::Tensor input(int64_t patch = 16)
    {
        torch::manual_seed(2);
        return torch::randn({3, 1, rows * patch, columns * patch});
    }

    static double change(const torch::Tensor& a, const torch::Tensor& b) { return (a - b).abs().max().item<double>(); }

    static void kinds()
    {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"cnn", "patches", "stem"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }

private Q_SLOTS:
    void thePublishedTransformerHasFiveMillionParameters()
    {
        const int64_t count = countParameters(*PatchTransformer(PatchTransformerOptions{}));
        QVERIFY(count > 4'700'000 && count < 5'100'000);
    }

    void everyPatchGetsAVector_data() { kinds(); }
    void everyPatchGetsAVector()
    {
        QFETCH(QString, kind);
        const torch::NoGradGuard noGrad;
        for (const int64_t patch : {8, 16}) {
            const PatchFeatures features = encoder(kind, patch)->encode(input(patch));
            QCOMPARE(features.last.size(1), rows * columns);
            QCOMPARE(features.middle.size(1), rows * columns);
            QCOMPARE(features.last.size(2), encoder(kind, patch)->featureCount());
        }
    }

    void tokensCountRowsFirst()
    {
        // Without layers a token depends on its own patch alone.
        PatchTransformer network(PatchTransformerOptions{.rows = rows, .columns = columns, .layers = 0, .dim = 32, .heads = 4});
        network->initialise(1);
        const torch::NoGradGuard noGrad;
        torch::Tensor changed = input().clone();
        changed.narrow(2, 16, 16).narrow(3, 48, 16).add_(1.0); // row 1, column 3
        const torch::Tensor difference = (network->encode(changed).last - network->encode(input()).last).abs().amax(2).amax(0);
        for (int64_t token = 0; token < rows * columns; ++token)
            QCOMPARE(difference[token].item<double>() > 0.0, token == 3 * rows + 1);
    }

    void whatIsHiddenReachesNothing_data() { kinds(); }
    void whatIsHiddenReachesNothing()
    {
        QFETCH(QString, kind);
        const torch::NoGradGuard noGrad;
        MaskedModel model(encoder(kind), 16, 16, 7);
        torch::Tensor masked = torch::zeros({3, rows * columns}, torch::kBool);
        masked.select(1, 3 * rows + 1).fill_(true); // row 1, column 3
        const torch::Tensor all = torch::ones_like(masked);
        torch::Tensor changed = input().clone();
        changed.narrow(2, 16, 16).narrow(3, 48, 16).add_(100.0);
        const auto logits = [&](const torch::Tensor& x) { return model->logits(model->hide(x, masked), all); };
        QCOMPARE(change(logits(changed), logits(input())), 0.0);
        changed.narrow(2, 0, 16).narrow(3, 48, 16).add_(1.0); // its neighbour is seen
        QVERIFY(change(logits(changed), logits(input())) > 0.0);
    }

    void onlyWhatIsAskedIsAnswered()
    {
        const torch::NoGradGuard noGrad;
        MaskedModel model(encoder("patches"), 16, 16, 7);
        torch::Tensor asked = torch::zeros({3, rows * columns}, torch::kBool);
        asked[0][4] = true;
        asked[2][9] = true;
        const torch::Tensor all = model->logits(input(), torch::ones_like(asked)).view({3, rows * columns, 7});
        const torch::Tensor some = model->logits(input(), asked);
        QCOMPARE(some.size(0), int64_t(2));
        QVERIFY(change(some[0], all[0][4]) < 1e-6 && change(some[1], all[2][9]) < 1e-6);
    }

    void gradientsReachEveryParameter_data() { kinds(); }
    void gradientsReachEveryParameter()
    {
        QFETCH(QString, kind);
        const auto network = encoder(kind);
        network->train();
        network->forward(input()).square().sum().backward();
        for (const auto& parameter : network->named_parameters())
            QVERIFY2(parameter.value().grad().defined() && parameter.value().grad().abs().max().item<double>() > 0.0, parameter.key().c_str());
        MaskedModel model(encoder(kind), 16, 16, 7);
        const torch::Tensor masked = torch::rand({3, rows * columns}) < 0.5;
        model->logits(model->hide(input(), masked), masked).square().sum().backward();
        QVERIFY(model->named_parameters()["stand_in"].grad().abs().max().item<double>() > 0.0);
        QVERIFY(model->named_parameters()["head.weight"].grad().abs().max().item<double>() > 0.0);
    }

    void halfPrecisionStaysClose_data() { kinds(); }
    void halfPrecisionStaysClose()
    {
        QFETCH(QString, kind);
        const torch::NoGradGuard noGrad;
        const auto network = encoder(kind);
        const torch::Tensor exact = network->forward(input());
        setCpuAutocast(true);
        const torch::Tensor half = network->forward(input()).to(torch::kFloat32);
        setCpuAutocast(false);
        QVERIFY(change(exact, half) > 0.0);
        QVERIFY(change(exact, half) < 0.05 * (1.0 + exact.abs().max().item<double>()));
    }

    void dropPathActsInTrainingOnly()
    {
        const torch::NoGradGuard noGrad;
        const auto network = encoder("patches", 16, 0.9);
        const torch::Tensor clips = input();
        QCOMPARE(change(network->forward(clips), network->forward(clips)), 0.0);
        network->train();
        QVERIFY(change(network->forward(clips), network->forward(clips)) > 0.0);
    }

    void attentionPoolingOfEqualTokensIsTheToken()
    {
        AttentionPooling pooling(32, 4);
        const torch::NoGradGuard noGrad;
        const torch::Tensor token = torch::randn({2, 1, 32});
        QVERIFY(change(pooling->forward(token.expand({2, 9, 32})), token.squeeze(1)) < 1e-5);
    }

    void patchesThatCannotBeHalvedToAreRefused()
    {
        const auto error = test::errorOf([] { encoder("cnn", 12); });
        QVERIFY(error && error->kind() == ErrorKind::InvalidValue);
    }
};

QTEST_GUILESS_MAIN(TestMaskedNetworks)
#include "tst_masked_networks.moc"
