// SPDX-License-Identifier: GPL-3.0-or-later
// Files as users have them: every depth and rate, damaged ones, and ones that claim what they do not hold.
#include "audio/AudioFile.h"
#include "audio/WavBytes.h"
#include "support/ErrorOf.h"
#include "support/Signals.h"

#include <QTemporaryDir>
#include <QtTest>

#include <limits>
#include <set>
#include <thread>
#include <unistd.h>

using namespace melscope;
using namespace melscope::test;
namespace fs = std::filesystem;

namespace {

/// The most address space this process ever had, in bytes.
int64_t largestAddressSpace()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmPeak:"))
            return std::stoll(line.substr(7)) * 1024;
    return 0;
}

std::string errorKindOf(const fs::path& path)
{
    const auto error = errorOf([&] { readAudioFile(path); });
    return error ? toString(error->kind()) : "none";
}

} // namespace

class TestAudioFile : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    fs::path file(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }

private Q_SLOTS:
    void everyDepthReadsItsValues_data()
    {
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("isFloat");
        QTest::addColumn<QString>("format");
        QTest::newRow("8") << 8 << false << "WAV 8 bit";
        QTest::newRow("16") << 16 << false << "WAV 16 bit";
        QTest::newRow("24") << 24 << false << "WAV 24 bit";
        QTest::newRow("32") << 32 << false << "WAV 32 bit";
        QTest::newRow("float") << 32 << true << "WAV 32 bit float";
    }
    void everyDepthReadsItsValues()
    {
        QFETCH(int, bits);
        QFETCH(bool, isFloat);
        QFETCH(QString, format);
        WavBytes wav{.bits = bits, .isFloat = isFloat, .rate = 48000};
        const double fullScale = std::ldexp(1.0, bits - 1);
        std::vector<double> expected;
        for (int i = -8; i < 8; ++i) {
            expected.push_back(i / 8.0);
            isFloat ? wav.addFloat(static_cast<float>(i / 8.0)) : wav.addInteger(static_cast<int64_t>(i / 8.0 * fullScale));
        }
        wav.write(file("depth.wav"));
        const Waveform waveform = readAudioFile(file("depth.wav"));
        QCOMPARE(waveform.length(), SampleIndex(16));
        for (size_t i = 0; i < expected.size(); ++i)
            QCOMPARE(double(waveform.samples[i]), expected[i]);
        QCOMPARE(QString::fromStdString(readAudioInfo(file("depth.wav")).format), format);
    }

    void ratesFromOneToSevenHundredSixtyEight_data()
    {
        QTest::addColumn<int>("rate");
        QTest::addColumn<bool>("readable");
        for (const int rate : {1000, 8000, 11025, 22050, 44100, 48000, 96000, 192000, 768000})
            QTest::addRow("%d", rate) << rate << true;
        QTest::addRow("too low") << 999 << false;
        QTest::addRow("too high") << 768001 << false;
    }
    void ratesFromOneToSevenHundredSixtyEight()
    {
        QFETCH(int, rate);
        QFETCH(bool, readable);
        WavBytes wav{.rate = static_cast<uint32_t>(rate)};
        wav.data.assign(2000, '\1');
        wav.write(file("rate.wav"));
        if (!readable) {
            QCOMPARE(errorKindOf(file("rate.wav")), std::string("format"));
            return;
        }
        const AudioInfo info = readAudioInfo(file("rate.wav"));
        QCOMPARE(info.sampleRate, rate);
        QCOMPARE(info.seconds(), 1000.0 / rate);
        QCOMPARE(readAudioFile(file("rate.wav")).length(), SampleIndex(1000));
    }

    void sixtyFourChannelsAndNotOneMore()
    {
        WavBytes wav{.channels = 64};
        for (int frame = 0; frame < 3; ++frame)
            for (int channel = 0; channel < 64; ++channel)
                wav.addInteger(channel * 256 + frame);
        wav.write(file("many.wav"));
        const Waveform waveform = readAudioFile(file("many.wav"));
        QCOMPARE(waveform.channels, 64);
        for (int channel = 0; channel < 64; ++channel)
            for (size_t frame = 0; frame < 3; ++frame)
                QCOMPARE(waveform.channel(channel)[frame], float(channel * 256 + int(frame)) / 32768.0f);
        for (const uint16_t channels : {uint16_t(0), uint16_t(65), uint16_t(1000), uint16_t(65535)}) {
            wav.channels = channels;
            wav.write(file("toomany.wav"));
            QCOMPARE(errorKindOf(file("toomany.wav")), std::string("format"));
        }
    }

    void absurdClaimsCostNoMemory_data()
    {
        QTest::addColumn<uint>("claimed");
        QTest::addColumn<int>("channels");
        QTest::newRow("2^31, mono") << 0x80000000u << 1;
        QTest::newRow("2^31, 64 channels") << 0x80000000u << 64;
        QTest::newRow("all but 4 GiB") << 0xfffffff0u << 2;
    }
    void absurdClaimsCostNoMemory()
    {
        QFETCH(uint, claimed);
        QFETCH(int, channels);
        WavBytes wav{.channels = static_cast<uint16_t>(channels), .data = std::string(size_t(200 * channels), '\2'), .claimedBytes = claimed};
        wav.write(file("absurd.wav"));
        const int64_t before = largestAddressSpace();
        QCOMPARE(errorKindOf(file("absurd.wav")), std::string("truncated"));
        bool partial = false;
        QCOMPARE(readAudioFile(file("absurd.wav"), &partial).length(), SampleIndex(100));
        QVERIFY(partial);
        QCOMPARE(readAudioInfo(file("absurd.wav")).frames, SampleIndex(claimed / uint(2 * channels)));
        QVERIFY(before > 0);
        QVERIFY2(largestAddressSpace() - before < 32 << 20, "memory was taken for samples that are not there");
    }

    void unknownLengthIsNotACut()
    {
        WavBytes wav{.data = std::string(400, '\3'), .claimedBytes = 0xffffffffu};
        wav.write(file("stream.wav"));
        QCOMPARE(readAudioFile(file("stream.wav")).length(), SampleIndex(200));
    }

    void samplesThatAreNoNumbersBecomeSilence()
    {
        WavBytes wav{.bits = 32, .isFloat = true};
        for (const float value : {0.5f, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                                  -std::numeric_limits<float>::infinity(), -2.5f})
            wav.addFloat(value);
        wav.write(file("nan.wav"));
        QCOMPARE(readAudioFile(file("nan.wav")).samples, (std::vector<float>{0.5f, 0.0f, 0.0f, 0.0f, -2.5f}));
    }

    void cutFilesAreNoticed_data()
    {
        QTest::addColumn<QString>("extension");
        QTest::addColumn<double>("share");
        for (const char* extension : {"wav", "flac", "ogg"})
            for (const double share : {0.1, 0.37, 0.5, 0.9, 0.999})
                QTest::newRow(qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(extension)).arg(share))) << QString::fromLatin1(extension) << share;
    }
    void cutFilesAreNoticed()
    {
        QFETCH(QString, extension);
        QFETCH(double, share);
        const fs::path path = file("noise.").concat(extension.toStdString());
        constexpr SampleIndex length = 10 * 44100;
        writeAudioFile(path, Waveform{44100, 1, noise(length)});
        const Waveform whole = readAudioFile(path);
        QCOMPARE(whole.length(), length);
        fs::resize_file(path, static_cast<uintmax_t>(share * double(fs::file_size(path))));
        const auto error = errorOf([&] { readAudioFile(path); });
        QVERIFY(error && error->kind() == ErrorKind::Truncated);
        QVERIFY(std::string(error->what()).find(path.string()) != std::string::npos);
        bool partial = false;
        const Waveform rest = readAudioFile(path, &partial);
        QVERIFY(partial);
        QVERIFY(rest.length() > 0 && rest.length() < length);
        // What an Ogg packet holds depends on the packet after it, so its last one may differ.
        const SampleIndex safe = std::max<SampleIndex>(0, rest.length() - (extension == QStringLiteral("ogg") ? 8192 : 0));
        QVERIFY(std::equal(rest.samples.begin(), rest.samples.begin() + safe, whole.samples.begin()));
    }

    void whatIsNoSoundSaysWhy()
    {
        std::ofstream(file("zero.wav")).close();
        QCOMPARE(errorKindOf(file("zero.wav")), std::string("empty"));
        WavBytes{}.write(file("header.wav"));
        QCOMPARE(errorKindOf(file("header.wav")), std::string("empty"));
        std::ofstream(file("text.wav")) << "file,fold,target\ndog.wav,1,0\n";
        QCOMPARE(errorKindOf(file("text.wav")), std::string("format"));
        fs::create_directories(file("folder.wav"));
        QCOMPARE(errorKindOf(file("folder.wav")), std::string("unreadable"));
        QCOMPARE(errorKindOf(file("gone.wav")), std::string("missing"));
        const auto error = errorOf([&] { readAudioInfo(file("gone.wav")); });
        QVERIFY(error && error->kind() == ErrorKind::Missing);
    }

    void theReasonDoesNotDependOnWhatOtherThreadsOpen()
    {
        std::ofstream(file("words.wav")) << "no sound";
        WavBytes{.data = "1234"}.write(file("good.wav"));
        std::set<std::string> sentences;
        {
            const std::jthread other([&](std::stop_token stop) {
                while (!stop.stop_requested())
                    readAudioInfo(file("good.wav"));
            });
            for (int i = 0; i < 500; ++i)
                if (const auto error = errorOf([&] { readAudioInfo(file("words.wav")); }))
                    sentences.insert(error->what());
        }
        QCOMPARE(sentences.size(), size_t(1));
    }

    void forbiddenFilesAreUnreadable()
    {
        if (::geteuid() == 0)
            QSKIP("The superuser may read everything.");
        WavBytes{.data = "1234"}.write(file("locked.wav"));
        fs::permissions(file("locked.wav"), fs::perms::none);
        QCOMPARE(errorKindOf(file("locked.wav")), std::string("unreadable"));
    }

    void losslessFormatsKeepEverySample()
    {
        Waveform stereo{22050, 2, {}};
        for (int i = 0; i < 40000; ++i)
            stereo.samples.push_back(static_cast<float>((i * 7919) % 65536 - 32768) / 32768.0f);
        for (const char* name : {"lossless.wav", "lossless.flac"}) {
            writeAudioFile(file(name), stereo);
            QVERIFY(readAudioFile(file(name)) == stereo);
            QCOMPARE(readAudioInfo(file(name)).frames, SampleIndex(20000));
        }
    }

    void writingAndReadingAgree()
    {
        Waveform stereo{32000, 2, noise(20000)};
        stereo.samples[7] = std::numeric_limits<float>::quiet_NaN();
        stereo.samples[8] = 3.0f;
        writeAudioFile(file("float.wav"), stereo, SampleFormat::Float32);
        const Waveform asFloat = readAudioFile(file("float.wav"));
        QCOMPARE(asFloat.samples[7], 0.0f);
        stereo.samples[7] = 0.0f;
        QVERIFY(asFloat == stereo);
        stereo.samples[8] = 32767.0f / 32768.0f;
        for (const char* name : {"short.wav", "short.flac"}) {
            writeAudioFile(file(name), asFloat);
            const Waveform read = readAudioFile(file(name));
            QCOMPARE(read.channels, 2);
            for (size_t i = 0; i < stereo.samples.size(); ++i)
                QVERIFY(std::abs(read.samples[i] - stereo.samples[i]) <= 0.5f / 32768.0f);
        }
        const auto error = errorOf([&] { writeAudioFile(file("x.mp3"), stereo); });
        QVERIFY(error && error->kind() == ErrorKind::InvalidValue);
        QVERIFY(!fs::exists(file("x.mp3")));
    }

    void extensionsInAnyCase()
    {
        QVERIFY(hasAudioExtension("a.WAV") && hasAudioExtension("b.Flac") && hasAudioExtension("c.ogg"));
        QVERIFY(!hasAudioExtension("a.csv") && !hasAudioExtension("wav") && !hasAudioExtension(".wav.txt"));
    }
};

QTEST_GUILESS_MAIN(TestAudioFile)
#include "tst_audiofile.moc"
