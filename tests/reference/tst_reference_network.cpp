// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "nn/ContrastiveLoss.h"
#include "nn/Losses.h"
#include "nn/ResNet.h"
#include "nn/StateDict.h"
#include "training/OneCycle.h"

#include <QtTest>

using namespace melscope;
namespace fs = std::filesystem;

/// Against values made with torchvision 0.14.1 and torch 1.13 in Python.
class TestReferenceNetwork : public QObject
{
    Q_OBJECT

private:
    fs::path m_folder;

    c10::Dict<c10::IValue, c10::IValue> values(const char* name) const
    {
        const std::string bytes = readFile(m_folder / name);
        return torch::pickle_load({bytes.begin(), bytes.end()}).toGenericDict();
    }

    /// The reference's own noise: tensor j of the state dict, element i.
    static double noise(uint64_t j, uint64_t i)
    {
        uint64_t z = (j << 32) + i + 0x9E3779B97F4A7C15ull;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        z ^= z >> 31;
        return static_cast<double>(z >> 11) * 0x1p-52 - 1.0;
    }

    static void fillByFormula(torch::nn::Module& module)
    {
        const torch::NoGradGuard noGrad;
        uint64_t j = 0;
        for (auto& [name, tensor] : stateDict(module)) {
            if (name.ends_with("num_batches_tracked"))
                continue;
            torch::Tensor filled = torch::empty(tensor.sizes());
            float* const data = filled.data_ptr<float>();
            const double fanIn = static_cast<double>(tensor.numel()) / static_cast<double>(tensor.size(0));
            for (int64_t i = 0; i < tensor.numel(); ++i) {
                const double v = noise(j, static_cast<uint64_t>(i));
                if (tensor.dim() >= 2)
                    data[i] = static_cast<float>(v * std::sqrt(3.0 / fanIn));
                else if (name.ends_with("running_var"))
                    data[i] = static_cast<float>(1.0 + v * v / 2.0);
                else if (name.ends_with("weight"))
                    data[i] = static_cast<float>(1.0 + v / 10.0);
                else
                    data[i] = static_cast<float>(v / 10.0);
            }
            torch::Tensor(tensor).copy_(filled);
            ++j;
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        const char* shared = std::getenv("MELSCOPE_SHARED");
        m_folder = fs::path(shared ? shared : "") / "reference";
        if (!fs::exists(m_folder / "models.pt"))
            QSKIP("The reference values are not there (MELSCOPE_SHARED).");
    }

    void resNetsNamesAreTorchvisions()
    {
        ResNet model{ResNetOptions{}};
        std::istringstream lines(readFile(m_folder / "resnet34.keys.tsv"));
        const NamedTensors tensors = stateDict(*model);
        size_t index = 0;
        for (std::string line; std::getline(lines, line); ++index) {
            QVERIFY(index < tensors.size());
            QCOMPARE(tensors[index].first, line.substr(0, line.find('\t')));
        }
        QCOMPARE(index, tensors.size());
        QCOMPARE(countParameters(*model), int64_t(21284672 - 2 * 64 * 49 + 50 * 513));
    }

    void resNetAgrees()
    {
        const auto reference = values("models.pt");
        ResNet model{ResNetOptions{}};
        fillByFormula(*model);
        model->eval();
        const torch::NoGradGuard noGrad;
        const torch::Tensor logits = model->forward(reference.at("input").toTensor());
        const torch::Tensor expected = reference.at("resnet34/logits").toTensor();
        QVERIFY(expected.abs().max().item<double>() > 0.1);
        const double difference = (logits - expected).abs().max().item<double>();
        QVERIFY2(difference < 1e-3, qPrintable(QString::number(difference)));
    }

    void oneCycleAgrees()
    {
        const auto reference = values("schedule.pt");
        const OneCycle cosine{.steps = 100};
        const OneCycle linear{.steps = 73, .warmupShare = 0.1, .divFactor = 10.0, .finalDivFactor = 100.0,
                              .annealing = OneCycle::Annealing::Linear};
        for (const auto& [name, cycle] : {std::pair("cos", cosine), std::pair("linear", linear)}) {
            const torch::Tensor rates = reference.at(std::string(name) + "/lr").toTensor();
            const torch::Tensor betas = reference.at(std::string(name) + "/beta1").toTensor();
            QCOMPARE(rates.size(0), cycle.steps);
            for (int64_t step = 0; step < cycle.steps; ++step) {
                QVERIFY(std::abs(cycle.at(step).learningRate - rates[step].item<double>()) < 1e-12);
                QVERIFY(std::abs(cycle.at(step).beta1 - betas[step].item<double>()) < 1e-12);
            }
        }
    }

    void contrastiveLossAgrees()
    {
        const auto reference = values("losses.pt");
        const torch::Tensor views = torch::cat({reference.at("ntxent/z1").toTensor(), reference.at("ntxent/z2").toTensor()});
        const ContrastiveLoss result = contrastiveLoss(views, 0.5);
        QVERIFY(std::abs(result.loss.item<double>() - reference.at("ntxent/loss_t0.5").toTensor().item<double>()) < 1e-6);
        QCOMPARE(static_cast<double>(result.right) / static_cast<double>(views.size(0)), reference.at("ntxent/top1_accuracy").toTensor().item<double>());
    }

    void smoothedCrossEntropyAgrees()
    {
        const auto reference = values("losses.pt");
        const torch::Tensor loss = crossEntropy(reference.at("ce/logits").toTensor(), reference.at("ce/target").toTensor(), 0.1);
        QVERIFY(std::abs(loss.item<double>() - reference.at("ce/label_smoothing_0.1").toTensor().item<double>()) < 1e-6);
    }
};

QTEST_GUILESS_MAIN(TestReferenceNetwork)
#include "tst_reference_network.moc"
