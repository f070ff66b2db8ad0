// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/AudioFile.h"
#include "base/Error.h"
#include "base/Files.h"

#include <QtTest>

using namespace melscope;

class TestAudioFile : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    std::filesystem::path path(const char* name) const { return std::filesystem::path(m_folder.path().toStdString()) / name; }

    static QString kindOf(const std::filesystem::path& path)
    {
        try {
            readAudioFile(path);
        } catch (const Error& error) {
            return QString::fromLatin1(toString(error.kind()));
        }
        return QStringLiteral("read");
    }

    static Waveform ramp(int channels)
    {
        Waveform waveform{22050, channels, {}};
        for (int i = 0; i < 20000 * channels; ++i)
            waveform.samples.push_back(static_cast<float>((i * 7919) % 65536 - 32768) / 32768.0f);
        return waveform;
    }

private Q_SLOTS:
    void losslessFormatsKeepEverySample()
    {
        const Waveform stereo = ramp(2);
        for (const char* name : {"a.wav", "a.flac"}) {
            writeAudioFile(path(name), stereo);
            QVERIFY(readAudioFile(path(name)) == stereo);
            QCOMPARE(readAudioInfo(path(name)).frames, SampleIndex(20000));
        }
    }

    void troubleHasAKind()
    {
        writeAudioFile(path("whole.wav"), ramp(1));
        const std::string bytes = readFile(path("whole.wav"));
        writeFileAtomically(path("cut.wav"), bytes.substr(0, bytes.size() / 2));
        writeFileAtomically(path("empty.wav"), "");
        writeFileAtomically(path("text.wav"), "this is not sound at all");
        QCOMPARE(kindOf(path("whole.wav")), QStringLiteral("read"));
        QCOMPARE(kindOf(path("cut.wav")), QStringLiteral("truncated"));
        QCOMPARE(kindOf(path("empty.wav")), QStringLiteral("empty"));
        QCOMPARE(kindOf(path("text.wav")), QStringLiteral("format"));
        QCOMPARE(kindOf(path("absent.wav")), QStringLiteral("missing"));
        QCOMPARE(kindOf(path(".")), QStringLiteral("unreadable"));
        bool partial = false;
        QVERIFY(readAudioFile(path("cut.wav"), &partial).length() > 9000);
        QVERIFY(partial);
    }
};

QTEST_GUILESS_MAIN(TestAudioFile)
#include "tst_audiofile.moc"
