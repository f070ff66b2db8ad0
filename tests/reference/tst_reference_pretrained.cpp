// SPDX-License-Identifier: GPL-3.0-or-later
// Real checkpoint files, through our own reader, against torchvision 0.14.1, lukemelas' EfficientNet and the official BEATs.
#include "nn/Beats.h"
#include "nn/EfficientNet.h"
#include "nn/WeightConversion.h"
#include "reference/ReferenceValues.h"
#include "weights/WeightFile.h"

#include <QtTest>

using namespace melscope;
using namespace melscope::test;
namespace fs = std::filesystem;

class TestReferencePretrained : public QObject
{
    Q_OBJECT

private:
    const fs::path m_reference = sharedFolder() / "reference";
    const fs::path m_weights = sharedFolder() / "weights";

    static NamedTensors tensorsOf(const fs::path& file) { return toTensors(readWeightFile(file).tensors); }

    static void agrees(const torch::Tensor& ours, const torch::Tensor& expected)
    {
        constexpr double tolerance = 1e-3;
        QCOMPARE(ours.sizes(), expected.sizes());
        QVERIFY(expected.abs().max().item<double>() > 10.0 * tolerance);
        const double difference = (ours - expected).abs().max().item<double>();
        QVERIFY2(difference < tolerance, qPrintable(QString::number(difference)));
    }

    static EfficientNet efficientNet(const NamedTensors& checkpoint)
    {
        EfficientNet model(efficientNetOptions(checkpoint));
        loadStateDict(*model, efficientNetTensors(checkpoint));
        model->eval();
        return model;
    }

    Beats beats(const char* name, bool withCfg = true) const
    {
        const WeightFile file = readWeightFile(m_reference / name);
        return beatsFrom(withCfg ? file.metadata.at("cfg") : Json(), toTensors(file.tensors));
    }

    std::map<std::string, torch::Tensor> expectedOfBeats() const { return readValues(m_reference / "beats_expected.pt"); }

    torch::NoGradGuard m_noGrad;

private Q_SLOTS:
    void initTestCase()
    {
        if (!fs::exists(m_reference / "models.pt"))
            QSKIP("The reference values are not there (MELSCOPE_SHARED).");
    }

    void efficientNetB0Agrees()
    {
        const auto models = readValues(m_reference / "models.pt");
        EfficientNet model = efficientNet(tensorsOf(m_reference / "efficientnet_b0.pth"));
        QVERIFY(!model->options().lite && !model->options().tensorFlow);
        agrees(model->forward(models.at("input")), models.at("efficientnet_b0/logits"));
    }

    void efficientNetLite0Agrees()
    {
        const torch::Tensor input = readValues(m_reference / "models.pt").at("input");
        const auto expected = readValues(m_weights / "efficientnet_lite0_expected.pt");
        EfficientNet model = efficientNet(tensorsOf(m_weights / "efficientnet-lite0-57934424.pth"));
        QVERIFY(model->options().lite && model->options().tensorFlow);
        const torch::Tensor photo = model->forward((expected.at("photo").to(torch::kFloat32) - 127.0) / 128.0);
        agrees(photo, expected.at("photo_logits"));
        QCOMPARE(photo.argmax(1).item<int64_t>(), int64_t(967)); // espresso
        agrees(model->forward(input), expected.at("mel_logits"));
        agrees(model->features(input), expected.at("mel_features"));
        agrees(model->forward(input.narrow(3, 0, 215)), expected.at("mel_odd_logits"));
    }

    void beatsFeaturesAgree_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("withCfg");
        QTest::newRow("zip") << QStringLiteral("beats_tiny.pt") << true;
        QTest::newRow("legacy stream") << QStringLiteral("beats_tiny_legacy.pt") << true;
        QTest::newRow("architecture inferred") << QStringLiteral("beats_tiny.pt") << false;
    }

    void beatsFeaturesAgree()
    {
        QFETCH(QString, file);
        QFETCH(bool, withCfg);
        const auto expected = expectedOfBeats();
        Beats model = beats(qPrintable(file), withCfg);
        const torch::Tensor fbank = expected.at("fbank_normalised");
        agrees(model->encode(fbank), expected.at("features"));
        const torch::Tensor padding = beatsPadding(expected.at("padding_mask").to(torch::kBool), fbank.size(1),
                                                   model->tokenCount(fbank.size(1), fbank.size(2)));
        QVERIFY(padding.any().item<bool>());
        QVERIFY(torch::equal(padding.to(torch::kFloat32), expected.at("padding_mask_out")));
        agrees(model->encode(fbank, padding), expected.at("features_padded"));
    }

    void beatsProbabilitiesAgree()
    {
        const auto expected = expectedOfBeats();
        Beats model = beats("beats_tiny_finetuned.pt");
        agrees(torch::sigmoid(model->classLogits(model->encode(expected.at("fbank_normalised")))), expected.at("finetuned_probs"));
    }

    void beatsTokensAgree()
    {
        const auto expected = expectedOfBeats();
        Beats model = beats("beats_tokenizer_tiny.pt");
        const torch::Tensor wanted = expected.at("tokens").to(torch::kInt64);
        QVERIFY(std::get<0>(torch::_unique(wanted)).numel() > 10);
        QVERIFY(torch::equal(model->tokens(model->encode(expected.at("fbank_normalised"))).flatten(), wanted));
    }

    /// Official names, all of them: what load_state_dict(strict=True) asks for.
    void beatsNamesAreOfficial_data()
    {
        QTest::addColumn<QString>("file");
        for (const char* file : {"beats_tiny.pt", "beats_tiny_finetuned.pt", "beats_tokenizer_tiny.pt"})
            QTest::newRow(file) << QString::fromLatin1(file);
    }

    void beatsNamesAreOfficial()
    {
        QFETCH(QString, file);
        const NamedTensors theirs = tensorsOf(m_reference / file.toStdString());
        const NamedTensors ours = beatsStateDict(*beats(qPrintable(file)));
        const std::map<std::string, torch::Tensor> byName(ours.begin(), ours.end());
        QCOMPARE(byName.size(), theirs.size());
        for (const auto& [name, tensor] : theirs)
            QVERIFY2(byName.contains(name) && torch::equal(byName.at(name), tensor), name.c_str());
    }
};

QTEST_GUILESS_MAIN(TestReferencePretrained)
#include "tst_reference_pretrained.moc"
