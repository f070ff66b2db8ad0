// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/Gain.h"
#include "support/Signals.h"

#include <QtTest>

using namespace melscope;

/// Waveform augmentations that change levels and shapes of samples, not their places.
class TestLevels : public QObject
{
    Q_OBJECT

private:
    static void apply(const Augmentation& augmentation, std::vector<float>& samples, uint64_t clip)
    {
        RandomStream random({.seed = 2, .clip = clip});
        dynamic_cast<const WaveformAugmentation&>(augmentation).apply(samples, {.sampleRate = 44100}, random);
    }

private Q_SLOTS:
    void gainIsExactAndStaysInItsRange()
    {
        const std::vector<float> before = test::noise(1001);
        const Gain exact(Json{{"min_gain", 20.0}, {"max_gain", 20.0}});
        std::vector<float> after = before;
        apply(exact, after, 0);
        for (size_t i = 0; i < before.size(); ++i)
            QCOMPARE(after[i], 10.0f * before[i]);
        const Gain drawn(Json{{"min_gain", -12.0}, {"max_gain", 6.0}});
        double lowest = 100.0, highest = -100.0;
        for (uint64_t clip = 0; clip < 300; ++clip) {
            std::vector<float> one{1.0f};
            apply(drawn, one, clip);
            const double decibels = 20.0 * std::log10(one.front());
            lowest = std::min(lowest, decibels);
            highest = std::max(highest, decibels);
        }
        QVERIFY(lowest >= -12.001 && lowest < -11.0 && highest > 5.0 && highest <= 6.001);
    }
};

QTEST_APPLESS_MAIN(TestLevels)
#include "tst_levels.moc"
