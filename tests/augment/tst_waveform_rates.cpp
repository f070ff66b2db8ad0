// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/Tones.h"
#include "support/Signals.h"

#include <QtTest>

#include <algorithm>

using namespace melscope;

/// Every augmentation of samples at every rate that clips come in.
class TestWaveformRates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lengthsStayDrawsRepeatAndValuesAreFinite_data()
    {
        QTest::addColumn<std::string>("name");
        for (const AugmentationInfo& info : augmentationCatalogue())
            if (info.stage == AugmentationStage::Waveform)
                QTest::newRow(info.name.c_str()) << info.name;
    }
    void lengthsStayDrawsRepeatAndValuesAreFinite()
    {
        QFETCH(const std::string, name);
        for (const int rate : {1000, 8000, 22050, 96000, 192000})
            for (const size_t length : {size_t{0}, size_t{1}, size_t{100}, size_t{20000}})
                for (uint64_t clip = 0; clip < 3; ++clip) {
                    std::vector<float> samples = test::noise(length), again = samples;
                    test::augment(name, Json::object(), samples, rate, clip);
                    test::augment(name, Json::object(), again, rate, clip);
                    QCOMPARE(samples.size(), length);
                    QVERIFY(samples == again);
                    QVERIFY(std::ranges::all_of(samples, [](float value) { return std::isfinite(value); }));
                }
    }

    void whatFiltersAndStretchesAddsNothingToSilence()
    {
        for (const char* name : {"speed", "time_stretch", "pitch_shift", "equalizer", "random_filter", "low_pass", "high_pass", "band_pass", "reverb"}) {
            std::vector<float> samples(20000, 0.0f);
            test::augment(name, Json::object(), samples, 44100);
            QVERIFY2(std::ranges::all_of(samples, [](float value) { return value == 0.0f; }), name);
        }
    }
};

QTEST_APPLESS_MAIN(TestWaveformRates)
#include "tst_waveform_rates.moc"
