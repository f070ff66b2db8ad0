// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/AudioFile.h"
#include "audio/Resampler.h"
#include "playback/NullOutput.h"
#include "playback/Player.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <numbers>

using namespace melscope;

namespace {

constexpr double fastClock = 40.0;

/// A device that only knows one rate, as many laptops' do.
class FixedRateOutput : public NullOutput
{
public:
    int rateFor(int, int) const override { return 48000; }
    bool isAudible() const override { return true; }
};

/// A device that accepts the sound and then disappears.
class VanishingOutput : public NullOutput
{
public:
    bool isAudible() const override { return true; }
    void vanish() { Q_EMIT failed(QStringLiteral("Gone.")); }
};

std::shared_ptr<const Waveform> sine(double seconds, int rate, int channels = 1)
{
    Waveform waveform{rate, channels, {}};
    for (int channel = 0; channel < channels; ++channel)
        for (int i = 0; i < seconds * rate; ++i)
            waveform.samples.push_back(
                0.5F * static_cast<float>(std::sin(2.0 * std::numbers::pi * (440.0 + 220.0 * channel) * i / rate)));
    return std::make_shared<const Waveform>(waveform);
}

QList<float> floatsOf(const QByteArray& bytes)
{
    QList<float> values(bytes.size() / static_cast<qsizetype>(sizeof(float)));
    std::memcpy(values.data(), bytes.constData(), static_cast<size_t>(values.size()) * sizeof(float));
    return values;
}

QList<float> interleaved(const Waveform& waveform)
{
    QList<float> values;
    for (SampleIndex i = 0; i < waveform.length(); ++i)
        for (int channel = 0; channel < waveform.channels; ++channel)
            values.append(waveform.channel(channel)[static_cast<size_t>(i)]);
    return values;
}

template <typename Output>
struct PlayerOn
{
    Output* output = nullptr;
    Player player{[this] {
        auto made = std::make_unique<Output>();
        made->setKeep(true);
        made->setClockFactor(fastClock);
        output = made.get();
        return made;
    }};

    /// Plays to the end and returns what the output took.
    QList<float> playAll(std::shared_ptr<const Waveform> waveform)
    {
        player.setWaveform(std::move(waveform));
        player.play();
        if (!QTest::qWaitFor([this] { return !player.isPlaying(); }, 20000))
            return {};
        return floatsOf(output->taken());
    }
};

} // namespace

class TestPlayer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGeneratedFileReachesTheSinkSampleForSample()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("stereo.wav")).toStdString();
        writeAudioFile(path, *sine(1.3, 44100, 2), SampleFormat::Int16);
        const auto waveform = std::make_shared<const Waveform>(readAudioFile(path));
        PlayerOn<NullOutput> on;
        const QList<float> taken = on.playAll(waveform);
        QCOMPARE(taken.size(), 2 * 57330);
        QCOMPARE(taken, interleaved(*waveform));
        QCOMPARE(on.player.positionSeconds(), 1.3);
    }

    void aRealClipReachesTheSinkSampleForSample()
    {
        const QDir shared(qEnvironmentVariable("MELSCOPE_SHARED"));
        const QString path = shared.filePath(QStringLiteral("data/esc10/audio/1-100032-A-0.ogg"));
        if (!QFile::exists(path))
            QSKIP("The ESC-10 clips are not there: set MELSCOPE_SHARED to the folder that holds data/esc10.");
        const auto waveform = std::make_shared<const Waveform>(readAudioFile(path.toStdString()));
        PlayerOn<NullOutput> on;
        const QList<float> taken = on.playAll(waveform);
        QVERIFY(taken.size() > 100000);
        QCOMPARE(taken, interleaved(*waveform));
    }

    void exchangesWhatIsPlayedWithoutAGap()
    {
        const auto first = sine(4.0, 8000);
        Waveform negative = *first;
        for (float& sample : negative.samples)
            sample = -sample;
        const auto second = std::make_shared<const Waveform>(negative);
        PlayerOn<NullOutput> on;
        on.player.setWaveform(first);
        on.player.play();
        QTRY_VERIFY(on.player.positionSeconds() > 0.5);
        QSignalSpy playing(&on.player, &Player::playingChanged);
        on.player.exchangeWaveform(second, 0.0);
        QVERIFY(on.player.isPlaying());
        QVERIFY(on.player.positionSeconds() > 0.5);
        QTRY_VERIFY_WITH_TIMEOUT(!on.player.isPlaying(), 20000);
        QCOMPARE(playing.count(), 1); // the end
        const QList<float> taken = floatsOf(on.output->taken());
        QCOMPARE(taken.size(), first->length()); // no sample lost, none twice
        const QList<float> original = interleaved(*first);
        qsizetype change = 0;
        while (change < taken.size() && taken[change] == original[change])
            ++change;
        QVERIFY(change >= 4000 - 1 && change < taken.size());
        for (qsizetype i = change + 8000 / 200; i < taken.size(); ++i)
            QCOMPARE(taken[i], -original[i]);
    }

    void exchangesOnADeviceOfAnotherRate()
    {
        const auto first = sine(4.0, 22050);
        const auto second = std::make_shared<const Waveform>(Waveform{22050, 1, std::vector<float>(static_cast<size_t>(first->length()), 0.25F)});
        PlayerOn<FixedRateOutput> on;
        on.player.setWaveform(first);
        on.player.play();
        QTRY_VERIFY(on.player.positionSeconds() > 0.5);
        on.player.exchangeWaveform(second, 0.0);
        QTRY_VERIFY_WITH_TIMEOUT(!on.player.isPlaying(), 20000);
        const QList<float> taken = floatsOf(on.output->taken());
        QCOMPARE(taken.size(), 4 * 48000);
        QVERIFY(std::abs(taken[taken.size() - 4800] - 0.25F) < 1e-3F);
    }

    void exchangesWhilePausedAndKeepsThePosition()
    {
        PlayerOn<NullOutput> on;
        on.player.setWaveform(sine(2.0, 8000));
        on.player.seek(1.5);
        on.player.exchangeWaveform(sine(2.0, 8000), 0.0);
        QCOMPARE(on.player.positionSeconds(), 1.5);
        on.player.exchangeWaveform(sine(1.0, 8000), 0.0); // another length is another clip
        QCOMPARE(on.player.positionSeconds(), 0.0);
    }

    void convertsForADeviceOfAnotherRate()
    {
        const auto waveform = sine(0.5, 22050);
        PlayerOn<FixedRateOutput> on;
        const QList<float> taken = on.playAll(waveform);
        QCOMPARE(taken, interleaved(resample(*waveform, 48000)));
        QCOMPARE(taken.size(), 24000);
    }

    void playsAtHalfSpeedWithTwiceTheSamples()
    {
        PlayerOn<NullOutput> on;
        on.player.setSpeed(0.5);
        const QList<float> taken = on.playAll(sine(0.4, 8000));
        QCOMPARE(taken.size(), 6400);
        QCOMPARE(on.player.positionSeconds(), 0.4);
    }

    void seeksPausesAndGoesOnWhereItStopped()
    {
        const auto waveform = sine(2.0, 8000);
        PlayerOn<NullOutput> on;
        on.player.setWaveform(waveform);
        on.player.seek(1.5);
        QCOMPARE(on.player.positionSeconds(), 1.5);
        on.player.play();
        QTRY_VERIFY(on.player.positionSeconds() > 1.6);
        on.player.pause();
        const double paused = on.player.positionSeconds();
        QVERIFY(paused > 1.6 && paused <= 2.0);
        const QList<float> taken = floatsOf(on.output->taken());
        QCOMPARE(taken, interleaved(*waveform).mid(12000, taken.size()));
        on.player.seek(99.0);
        QCOMPARE(on.player.positionSeconds(), 2.0);
        on.player.seek(-1.0);
        QCOMPARE(on.player.positionSeconds(), 0.0);
    }

    void staysInsideTheLoopRegion()
    {
        PlayerOn<NullOutput> on;
        on.player.setWaveform(sine(2.0, 8000));
        on.player.setLooping(true);
        on.player.setLoopRegion(0.5, 0.75);
        on.player.seek(0.5);
        QSignalSpy positions(&on.player, &Player::positionChanged);
        on.player.play();
        QTRY_VERIFY(on.output->taken().size() > 3 * 2000 * 4);
        QVERIFY(on.player.isPlaying());
        for (const QList<QVariant>& position : positions)
            QVERIFY2(position.at(0).toDouble() >= 0.5 && position.at(0).toDouble() <= 0.75, qPrintable(position.at(0).toString()));
    }

    void theVolumeScalesWhatTheSinkGets()
    {
        const auto waveform = std::make_shared<const Waveform>(Waveform{8000, 1, std::vector<float>(800, 0.5F)});
        PlayerOn<NullOutput> on;
        on.player.setVolume(0.5);
        QCOMPARE(on.playAll(waveform), QList<float>(800, 0.25F));
    }

    void saysSoWhenThereIsNoSoundDevice()
    {
        PlayerOn<NullOutput> on;
        on.playAll(sine(0.1, 8000));
        QVERIFY(on.player.note().contains(QStringLiteral("no sound device")));
        PlayerOn<FixedRateOutput> audible;
        audible.playAll(sine(0.1, 8000));
        QCOMPARE(audible.player.note(), QString());
    }

    void theDefaultDeviceOfThisMachinePlaysOrSaysWhyNot()
    {
        Player player;
        player.setWaveform(sine(0.3, 44100));
        QSignalSpy stops(&player, &Player::playingChanged);
        player.play();
        QTRY_COMPARE_WITH_TIMEOUT(stops.count(), 2, 10000);
        QCOMPARE(player.positionSeconds(), 0.3);
    }

    void goesOnSilentlyWhenTheDeviceDisappears()
    {
        PlayerOn<VanishingOutput> on;
        on.player.setWaveform(sine(2.0, 8000));
        on.player.play();
        on.output->setClockFactor(1.0); // so that it cannot end before it vanishes
        QTRY_VERIFY(on.player.positionSeconds() > 0.1);
        on.output->vanish();
        QVERIFY(on.player.isPlaying());
        QVERIFY(on.player.note().contains(QStringLiteral("Gone.")));
        QTRY_VERIFY_WITH_TIMEOUT(!on.player.isPlaying(), 20000);
        QCOMPARE(on.player.positionSeconds(), 2.0);
    }

    void nothingToPlayIsNotAnError()
    {
        Player player;
        player.play();
        QVERIFY(!player.isPlaying());
        player.setWaveform(std::make_shared<const Waveform>(Waveform{8000, 1, {}}));
        player.play();
        QVERIFY(!player.isPlaying());
    }
};

QTEST_GUILESS_MAIN(TestPlayer)
#include "tst_Player.moc"
