// SPDX-License-Identifier: GPL-3.0-or-later
// Against reference/mel.pt: torchaudio 0.13.1's MelSpectrogram + AmplitudeToDB and Kaldi fbank, on a chirp and real clips.
#include "audio/Resampler.h"
#include "spectral/SpectrogramExtractor.h"

#include <torch/torch.h>

#include <QtTest>

#include <cmath>
#include <fstream>

using namespace melscope;

namespace {

using Reference = std::map<std::string, torch::Tensor>;

Reference loadReference(const std::string& path)
{
    std::ifstream stream(path, std::ios::binary);
    const std::vector<char> bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    Reference reference;
    if (!bytes.empty())
        for (const auto& entry : torch::pickle_load(bytes).toGenericDict())
            reference[entry.key().toStringRef()] = entry.value().toTensor().contiguous();
    return reference;
}

std::span<const float> valuesOf(const torch::Tensor& tensor)
{
    return {tensor.data_ptr<float>(), static_cast<size_t>(tensor.numel())};
}

FrontEnd configuration(const std::string& name)
{
    if (name == "slaney")
        return FrontEnd::preset("librosa").with("sample_rate", 44100);
    if (name == "small")
        return FrontEnd().with({{"n_fft", 1024}, {"win_length", 800}, {"hop", 320}, {"mels", 64}, {"f_min", 50}, {"f_max", 14000},
                                {"norm", "slaney"}});
    return FrontEnd::preset("esc");
}

/// The sum of squares of x - y filtered below `hz`, through the FFT of the whole clip.
double energyBelow(const torch::Tensor& signal, double hz, int sampleRate)
{
    const torch::Tensor spectrum = torch::fft::rfft(signal.to(torch::kDouble));
    const auto bins = static_cast<int64_t>(hz / sampleRate * static_cast<double>(signal.numel()));
    return spectrum.slice(0, 0, bins).abs().square().sum().item<double>();
}

} // namespace

class TestMel : public QObject
{
    Q_OBJECT

private:
    Reference m_reference;

    void addClips(bool withConfigurations)
    {
        QTest::addColumn<QString>("clip");
        QTest::addColumn<QString>("configuration");
        for (const auto& [key, tensor] : m_reference) {
            if (!QString::fromStdString(key).endsWith(QStringLiteral("/wave")))
                continue;
            const QString clip = QString::fromStdString(key.substr(0, key.find('/')));
            for (const char* name : {"htk", "slaney", "small"}) {
                QTest::addRow("%s %s", qPrintable(clip), withConfigurations ? name : "") << clip << QString::fromLatin1(name);
                if (!withConfigurations)
                    break;
            }
        }
    }

    torch::Tensor of(const QString& clip, const char* what) const { return m_reference.at(clip.toStdString() + "/" + what); }

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray shared = qgetenv("MELSCOPE_SHARED");
        m_reference = loadReference(shared.toStdString() + "/reference/mel.pt");
        if (m_reference.empty())
            QSKIP("reference/mel.pt is not there; set MELSCOPE_SHARED to the folder that holds reference/.");
        QCOMPARE(m_reference.size(), size_t(36));
    }

    void powerAgrees_data() { addClips(true); }
    void powerAgrees()
    {
        QFETCH(QString, clip);
        QFETCH(QString, configuration);
        const SpectrogramExtractor extractor(::configuration(configuration.toStdString()));
        const SpectrogramGrid grid = extractor.computePower(valuesOf(of(clip, "wave")));
        const torch::Tensor expected = of(clip, qPrintable(configuration + QStringLiteral("/power")));
        QCOMPARE(int64_t(grid.mels), expected.size(0));
        QCOMPARE(grid.frames, expected.size(1));
        const std::span<const float> values = valuesOf(expected);
        const float largest = expected.max().item<float>();
        int compared = 0;
        double worst = 0.0;
        for (size_t i = 0; i < values.size(); ++i) {
            if (values[i] <= 1e-6f * largest)
                continue;
            ++compared;
            worst = std::max(worst, std::abs(double(grid.values[i]) - values[i]) / values[i]);
        }
        qInfo("largest relative difference %.2g over %d values", worst, compared);
        QVERIFY(compared > 100);
        QVERIFY(worst < 1e-3);
    }

    void decibelsAgree_data() { addClips(true); }
    void decibelsAgree()
    {
        QFETCH(QString, clip);
        QFETCH(QString, configuration);
        const SpectrogramExtractor extractor(::configuration(configuration.toStdString()));
        const SpectrogramGrid grid = extractor.compute(valuesOf(of(clip, "wave")));
        const torch::Tensor expected = of(clip, qPrintable(configuration + QStringLiteral("/db80")));
        const std::span<const float> values = valuesOf(expected);
        QCOMPARE(grid.values.size(), values.size());
        const float cut = expected.max().item<float>() - 80.0f;
        double worst = 0.0;
        double worstCut = 0.0;
        for (size_t i = 0; i < values.size(); ++i) {
            double& difference = values[i] > cut + 0.001f ? worst : worstCut;
            difference = std::max(difference, std::abs(double(grid.values[i]) - values[i]));
        }
        qInfo("largest difference %.2g dB, where top_db cuts %.2g dB", worst, worstCut);
        QVERIFY(worst < 0.02);
        QVERIFY(worstCut < 0.02);
    }

    void kaldiFbankAgrees_data() { addClips(false); }
    void kaldiFbankAgrees()
    {
        QFETCH(QString, clip);
        const SpectrogramExtractor extractor(FrontEnd::preset("kaldi"));
        const SpectrogramGrid grid = extractor.compute(valuesOf(of(clip, "wave16k")));
        const torch::Tensor expected = of(clip, "fbank16k").t().contiguous();
        QCOMPARE(int64_t(grid.mels), expected.size(0));
        QCOMPARE(grid.frames, expected.size(1));
        const std::span<const float> values = valuesOf(expected);
        // Next to no energy: below a hundred-millionth of the clip's largest band. Below 1e-12 of it, which only the chirp
        // has, the reference holds its own rounding noise (its float32 FFT lies up to 0.16 beside double precision at 1e-13,
        // 1.0 at 1e-16), so there the noise is bounded where it arises: in power, by what 0.1 is at 1e-12.
        const float largest = expected.max().item<float>();
        const float quiet = largest - std::log(1e8f);
        const float noise = largest - std::log(1e12f);
        const double noisePower = 0.1 * std::exp(double(noise));
        double worst = 0.0;
        double worstQuiet = 0.0;
        double worstNoise = 0.0;
        int compared = 0;
        for (size_t i = 0; i < values.size(); ++i) {
            if (values[i] <= noise) {
                worstNoise = std::max(worstNoise, std::abs(std::exp(double(grid.values[i])) - std::exp(double(values[i]))) / noisePower);
                continue;
            }
            double& difference = values[i] > quiet ? worst : worstQuiet;
            difference = std::max(difference, std::abs(double(grid.values[i]) - values[i]));
            compared += values[i] > quiet;
        }
        qInfo("largest difference %.2g, in quiet bins %.2g, in noise %.2g of its bound, over %d values", worst, worstQuiet, worstNoise,
              compared);
        QVERIFY(compared > 1000);
        QVERIFY(worst < 2e-3);
        QVERIFY(worstQuiet < 0.1);
        QVERIFY(worstNoise < 1.0);
        const std::span<const float> emptyRow = grid.row(3);
        QVERIFY(std::all_of(emptyRow.begin(), emptyRow.end(), [&](float v) { return v == emptyRow[0]; }));
    }

    void resamplerAgrees_data() { addClips(false); }
    void resamplerAgrees()
    {
        QFETCH(QString, clip);
        std::vector<float> converted = resample(valuesOf(of(clip, "wave")), 44100, 16000);
        const torch::Tensor expected = of(clip, "wave16k");
        QCOMPARE(int64_t(converted.size()), expected.numel());
        const torch::Tensor difference = torch::from_blob(converted.data(), {expected.numel()}) - expected;
        const double ratio = energyBelow(expected, 7000.0, 16000) / energyBelow(difference, 7000.0, 16000);
        qInfo("signal to noise below 7 kHz: %.1f dB", 10.0 * std::log10(ratio));
        QVERIFY(10.0 * std::log10(ratio) >= 60.0);
    }
};

QTEST_GUILESS_MAIN(TestMel)
#include "tst_mel.moc"
