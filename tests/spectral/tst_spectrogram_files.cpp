// SPDX-License-Identifier: GPL-3.0-or-later
// Files that others read: by themselves, and beside the real NumPy and torchaudio where this machine has them.
#include "audio/AudioFile.h"
#include "base/Files.h"
#include "spectral/FrontEndSettings.h"
#include "spectral/SpectrogramExtractor.h"
#include "spectral/SpectrogramFiles.h"
#include "support/ErrorOf.h"
#include "support/Signals.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace melscope;
using namespace melscope::test;

class TestSpectrogramFiles : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString file(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    std::filesystem::path path(const char* name) const { return file(name).toStdString(); }

    /// What the system's Python prints for a script with arguments; an empty optional where it cannot import a module.
    static std::optional<QString> python(const QString& script, const QStringList& arguments, const QString& modules)
    {
        const auto run = [](const QStringList& line) {
            QProcess process;
            process.start(QStringLiteral("/usr/bin/python3"), line);
            const bool ended = process.waitForFinished(240000);
            const bool good = ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
            return std::pair(good, QString::fromUtf8(process.readAllStandardOutput() + process.readAllStandardError()));
        };
        if (!run({QStringLiteral("-c"), QStringLiteral("import ") + modules}).first)
            return std::nullopt;
        const auto [good, text] = run(QStringList{QStringLiteral("-c"), script} + arguments);
        return good ? text : QStringLiteral("failed: ") + text;
    }

    static SpectrogramGrid ramp(int mels, int frames)
    {
        SpectrogramGrid grid{mels, frames, {}};
        for (int i = 0; i < mels * frames; ++i)
            grid.values.push_back(static_cast<float>(i) / 7.0f - 3.0f);
        return grid;
    }

private Q_SLOTS:
    void npyComesBackBitForBit()
    {
        for (const auto& [mels, frames] : {std::pair{1, 1}, {3, 5}, {128, 431}, {80, 123456}}) {
            const SpectrogramGrid grid = ramp(mels, frames);
            writeNpy(path("grid.npy"), grid);
            QVERIFY(readNpy(path("grid.npy")) == grid);
        }
    }

    void numpyReadsIt()
    {
        writeNpy(path("grid.npy"), ramp(3, 5));
        const auto text = python(QStringLiteral("import numpy, sys\n"
                                                "a = numpy.load(sys.argv[1])\n"
                                                "print(a.dtype, a.shape, (a == numpy.arange(15, dtype='f4').reshape(3, 5) / numpy.float32(7) - numpy.float32(3)).all())"),
                                 {file("grid.npy")}, QStringLiteral("numpy"));
        if (!text)
            QSKIP("There is no Python with NumPy here.");
        QCOMPARE(text->trimmed(), QStringLiteral("float32 (3, 5) True"));
    }

    void damagedNpyIsRefused()
    {
        writeNpy(path("grid.npy"), ramp(3, 5));
        const std::string bytes = readFile(path("grid.npy"));
        const auto kindOf = [&](const std::string& content) {
            writeFileAtomically(path("bad.npy"), content);
            const auto error = errorOf([&] { readNpy(path("bad.npy")); });
            return error ? error->kind() : ErrorKind::Internal;
        };
        const auto changed = [&](const std::string& from, const std::string& to) {
            std::string text = bytes;
            return text.replace(text.find(from), from.size(), to);
        };
        QCOMPARE(kindOf(bytes.substr(0, bytes.size() - 1)), ErrorKind::Truncated);
        QCOMPARE(kindOf(bytes.substr(0, 40)), ErrorKind::Format);
        QCOMPARE(kindOf("spectrogram"), ErrorKind::Format);
        QCOMPARE(kindOf(changed("<f4", "<f8")), ErrorKind::Format);
        QCOMPARE(kindOf(changed("(3, 5)", "(3, 0)")), ErrorKind::Format);
        QCOMPARE(kindOf(changed("(3, 5), }                ", "(900000, 9223372036854),}")), ErrorKind::Truncated);
    }

    void csvHasSecondsAndHertz()
    {
        const FrontEnd frontEnd = FrontEnd().with({{"mels", 3}});
        writeSpectrogramCsv(path("grid.csv"), ramp(3, 2), frontEnd);
        const QStringList lines = QString::fromStdString(readFile(path("grid.csv"))).split(u'\n');
        QCOMPARE(lines.size(), 4);
        const QStringList header = lines[0].split(u',');
        QCOMPARE(header.size(), 4);
        QCOMPARE(header[0], QStringLiteral("seconds"));
        for (int mel = 0; mel < 3; ++mel)
            QVERIFY(std::abs(header[mel + 1].toDouble() - frontEnd.hzOfMel(mel)) <= 0.005);
        QCOMPARE(lines[1], QStringLiteral("0.000000,-3,-2.71429,-2.42857"));
        QCOMPARE(lines[2], QStringLiteral("%1,-2.85714,-2.57143,-2.28571").arg(512.0 / 44100.0, 0, 'f', 6));
        QVERIFY(lines[3].isEmpty());
    }

    // melscope spectrogram CLIP --front-end torchaudio --set sample_rate=44100 --set n_fft=1024 --set hop=441 --set mels=80
    void torchaudioAgrees()
    {
        Waveform clip{44100, 1, noise(5 * 44100, 0.05)};
        const std::vector<float> tone = sine(1234.5, 44100, clip.samples.size(), 0.4);
        for (size_t i = 0; i < tone.size(); ++i)
            clip.samples[i] = clip.samples[i] * static_cast<float>(i % 44100) / 44100.0f + (i < 88200 ? tone[i] : 0.0f);
        writeAudioFile(path("clip.wav"), clip);
        const auto text = python(QStringLiteral("import numpy, soundfile, sys, torch, torchaudio\n"
                                                "x = torch.from_numpy(soundfile.read(sys.argv[1], dtype='float32')[0])\n"
                                                "m = torchaudio.transforms.MelSpectrogram(44100, n_fft=1024, hop_length=441, n_mels=80)(x).contiguous()\n"
                                                "numpy.save(sys.argv[2], m.numpy())\n"
                                                "numpy.save(sys.argv[3], torchaudio.transforms.AmplitudeToDB('power', top_db=80)(m).numpy())"),
                                 {file("clip.wav"), file("power.npy"), file("decibels.npy")}, QStringLiteral("numpy, soundfile, torchaudio"));
        if (!text)
            QSKIP("There is no Python with torchaudio here.");
        QVERIFY2(!text->startsWith(QStringLiteral("failed")), qPrintable(*text));
        const SpectrogramExtractor extractor(withSettings(
            FrontEnd::preset("torchaudio"), {{"sample_rate", "44100"}, {"n_fft", "1024"}, {"hop", "441"}, {"mels", "80"}}));
        const std::vector<float> samples = extractor.prepare(readAudioFile(path("clip.wav")), false);
        const SpectrogramGrid power = extractor.computePower(samples);
        const SpectrogramGrid expectedPower = readNpy(path("power.npy"));
        const SpectrogramGrid decibels = extractor.compute(samples);
        const SpectrogramGrid expectedDecibels = readNpy(path("decibels.npy"));
        QCOMPARE(power.mels, expectedPower.mels);
        QCOMPARE(power.frames, expectedPower.frames);
        const float largest = *std::max_element(expectedPower.values.begin(), expectedPower.values.end());
        double worstPower = 0.0;
        double worstDecibels = 0.0;
        for (size_t i = 0; i < power.values.size(); ++i) {
            const double expected = expectedPower.values[i];
            if (expected > 1e-6 * largest)
                worstPower = std::max(worstPower, std::abs(power.values[i] - expected) / expected);
            worstDecibels = std::max(worstDecibels, std::abs(double(decibels.values[i]) - expectedDecibels.values[i]));
        }
        qInfo("power differs by %.2g, decibels by %.2g", worstPower, worstDecibels);
        QVERIFY(worstPower < 1e-3);
        QVERIFY(worstDecibels < 0.02);
    }
};

QTEST_GUILESS_MAIN(TestSpectrogramFiles)
#include "tst_spectrogram_files.moc"
