// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "spectral/FrontEndSettings.h"
#include "spectral/SpectrogramExtractor.h"

#include <QtTest>

#include <cmath>
#include <numbers>

using namespace melscope;

class TestSpectrogram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sineLightsItsRow()
    {
        const FrontEnd frontEnd;
        std::vector<float> samples(44100);
        const double hz = frontEnd.hzOfMel(60);
        for (size_t i = 0; i < samples.size(); ++i)
            samples[i] = static_cast<float>(std::sin(2.0 * std::numbers::pi * hz * double(i) / 44100.0));
        const SpectrogramGrid grid = SpectrogramExtractor(frontEnd).compute(samples);
        for (int mel = 0; mel < grid.mels; ++mel)
            QVERIFY(mel == 60 || grid.at(mel, 40) < grid.at(60, 40));
        QVERIFY(std::abs(frontEnd.melOfHz(hz) - 60.0) < 1e-9);
    }

    void silenceAndOneSample()
    {
        const SpectrogramExtractor extractor(FrontEnd::preset("esc"));
        const SpectrogramGrid silence = extractor.compute(std::vector<float>(5000));
        QCOMPARE(silence.frames, FrameIndex(10));
        for (const float value : silence.values)
            QVERIFY(std::abs(value + 100.0f) < 1e-3f);
        QCOMPARE(extractor.compute(std::vector<float>{0.5f}).frames, FrameIndex(1));
        QCOMPARE(FrontEnd().frames(), 431);
        QCOMPARE(FrontEnd::preset("beats").frames(), 498);
    }

    void tiesFollowAndContradictionsAreRefused()
    {
        const FrontEnd f = withSettings(FrontEnd::preset("torchaudio"),
                                        {{"sample_rate", "44100"}, {"n_fft", "1024"}, {"hop", "441"}, {"mels", "80"}});
        QCOMPARE(f.winLength, 1024);
        QCOMPARE(f.fMax, 22050.0);
        QVERIFY(FrontEnd::fromJson(f.toJson()) == f);
        QVERIFY_EXCEPTION_THROWN(f.with("win_length", 2048), Error);
        QVERIFY_EXCEPTION_THROWN(f.with("f_max", 30000), Error);
    }
};

QTEST_GUILESS_MAIN(TestSpectrogram)
#include "tst_spectrogram.moc"
