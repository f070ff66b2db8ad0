// SPDX-License-Identifier: GPL-3.0-or-later
// melscope embed, through the real executable.
#include "app/CommandRunner.h"
#include "audio/AudioFile.h"
#include "base/Files.h"
#include "nn/WeightConversion.h"
#include "reference/ReferenceValues.h"
#include "weights/TorchZip.h"

#include <QtTest>

#include <cstring>

using namespace melscope;
using namespace melscope::test;
namespace fs = std::filesystem;

class TestEmbed : public QObject
{
    Q_OBJECT

private:
    CommandRunner m_runner;
    const fs::path m_reference = sharedFolder() / "reference";

    QString writeWave(const QString& name, const torch::Tensor& samples) const
    {
        writeAudioFile(m_runner.path(name).toStdString(),
                       {.sampleRate = 16000, .channels = 1, .samples = {samples.data_ptr<float>(), samples.data_ptr<float>() + samples.numel()}},
                       SampleFormat::Float32);
        return m_runner.path(name);
    }

    torch::Tensor readNumbers(const QString& name, const std::string& shapeText, torch::IntArrayRef shape) const
    {
        const std::string bytes = readFile(m_runner.path(name).toStdString());
        if (bytes.find("'shape': (" + shapeText + ")") == std::string::npos)
            return torch::zeros({0});
        torch::Tensor values = torch::empty(shape);
        std::memcpy(values.data_ptr(), bytes.data() + bytes.size() - values.nbytes(), values.nbytes());
        return values;
    }

private Q_SLOTS:
    void featuresAreTheOfficialModels()
    {
        if (!fs::exists(m_reference / "beats_expected.pt"))
            QSKIP("The reference values are not there (MELSCOPE_SHARED).");
        const auto expected = readValues(m_reference / "beats_expected.pt");
        const torch::Tensor waves = expected.at("wave16k");
        const CommandResult result = m_runner.run({QStringLiteral("embed"), writeWave(QStringLiteral("0.wav"), waves[0].contiguous()),
            writeWave(QStringLiteral("1.wav"), waves[1].contiguous()), QStringLiteral("--weights"),
            QString::fromStdString((m_reference / "beats_tiny.pt").string()), QStringLiteral("--out"), m_runner.path(QStringLiteral("f.npy")),
            QStringLiteral("--precision"), QStringLiteral("fp32"), QStringLiteral("--batch"), QStringLiteral("1"), QStringLiteral("--json")});
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        const torch::Tensor features = readNumbers(QStringLiteral("f.npy"), "2, 248, 48", {2, 248, 48});
        QCOMPARE(features.numel(), int64_t(2 * 248 * 48));
        const double difference = (features - expected.at("features")).abs().max().item<double>();
        QVERIFY2(difference < 5e-3, qPrintable(QString::number(difference))); // the spectrogram has a tolerance of its own
        const Json line = result.lines().back();
        QCOMPARE(line.at("tokens"), 248);
        QCOMPARE(line.at("weights").at("name"), "beats_tiny.pt");
        QCOMPARE(line.at("weights").at("sha256"), sha256OfFile(m_reference / "beats_tiny.pt"));
    }

    void otherWeightsAreRefused()
    {
        const QString clip = writeWave(QStringLiteral("clip.wav"), torch::zeros({16000}));
        const fs::path weights = m_runner.path(QStringLiteral("other.pt")).toStdString();
        writeFileAtomically(weights, encodeTorchZip(toWeights({{"stranger", torch::zeros({1})}})));
        const QStringList arguments{QStringLiteral("embed"), clip, QStringLiteral("--weights"), QString::fromStdString(weights.string()),
                                    QStringLiteral("--out"), m_runner.path(QStringLiteral("g.npy"))};
        const CommandResult result = m_runner.run(arguments);
        QCOMPARE(result.status, 1);
        QVERIFY2(result.errors.contains(QLatin1String("other.pt")) && result.errors.contains(QLatin1String("BEATs")), qPrintable(result.errors));
        QVERIFY(!fs::exists(m_runner.path(QStringLiteral("g.npy")).toStdString()));
    }
};

QTEST_GUILESS_MAIN(TestEmbed)
#include "tst_embed.moc"
