// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/TwinFinder.h"
#include "dataset/DatasetFiles.h"
#include "support/Signals.h"

#include <QTemporaryDir>
#include <QTest>

using namespace melscope;
using namespace melscope::test;

/// Tones whose twin is known beforehand: the one whose pitch and rhythm are nearest, however loud it is.
class TestTwinFinder : public QObject
{
    Q_OBJECT

private:
    static constexpr int rate = 8000;
    QTemporaryDir m_folder;
    std::shared_ptr<Dataset> m_dataset = std::make_shared<Dataset>();

    static FrontEnd frontEnd() { return FrontEnd{}.with(Json{{"sample_rate", rate}, {"clip_seconds", 1.0}, {"n_fft", 256}, {"hop", 64}, {"mels", 32}}); }

    /// A tone, on for the second half of every one of `beats` parts of a second (0: all the time). Returns the clip's place.
    int add(int label, double hz, int beats, double amplitude = 0.5)
    {
        Waveform waveform{rate, 1, sine(hz, rate, rate, amplitude)};
        for (size_t i = 0; beats > 0 && i < waveform.samples.size(); ++i)
            if (i * static_cast<size_t>(2 * beats) / rate % 2 == 0)
                waveform.samples[i] = 0.0F;
        const std::string name = std::to_string(m_dataset->clips.size()) + ".wav";
        const std::filesystem::path path = m_folder.filePath(QString::fromStdString(name)).toStdString();
        writeAudioFile(path, waveform, SampleFormat::Float32);
        m_dataset->clips.push_back({.name = name, .path = path, .label = label, .fold = 1});
        return static_cast<int>(m_dataset->clips.size()) - 1;
    }

private Q_SLOTS:
    void theNearestPitchAndRhythmWins()
    {
        const int asked = add(0, 500.0, 4);
        add(1, 2000.0, 4);
        const int likeness = add(1, 520.0, 4, 0.05); // a tenth as loud
        add(1, 500.0, 0);
        add(1, 3000.0, 1);
        add(0, 500.0, 4); // of its own class: nobody asks for it
        TwinFinder finder(m_dataset, frontEnd());
        const auto all = [](int) { return true; };
        const auto twin = finder.find(asked, 1, all);
        QVERIFY(twin);
        QCOMPARE(twin->clip, likeness);
        QCOMPARE(twin->candidates, 4);
        const auto next = finder.find(asked, 1, [&](int clip) { return clip != likeness; });
        QVERIFY(next && next->clip != likeness);
        QCOMPARE(next->candidates, 3);
        QVERIFY(!finder.find(asked, 1, [](int) { return false; }));
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!finder.find(asked, 1, all, stop.get_token()));
    }

    void clipsThatCannotBeReadAreNoTwins()
    {
        m_dataset->clips.clear();
        const int asked = add(0, 500.0, 4), damaged = add(1, 500.0, 4), readable = add(1, 3000.0, 1);
        writeText(m_dataset->clips[static_cast<size_t>(damaged)].path, "no sound");
        TwinFinder finder(m_dataset, frontEnd());
        const auto twin = finder.find(asked, 1, [](int) { return true; });
        QVERIFY(twin);
        QCOMPARE(twin->clip, readable);
        QCOMPARE(errorOf([&] { finder.find(damaged, 1, [](int) { return true; }); }).first, std::string("format"));
    }
};

QTEST_APPLESS_MAIN(TestTwinFinder)
#include "tst_twin_finder.moc"
