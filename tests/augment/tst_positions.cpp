// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/RandomCrop.h"
#include "augment/waveform/TimeMask.h"
#include "augment/waveform/TimeReversal.h"
#include "augment/waveform/TimeShift.h"

#include <QtTest>

#include <numeric>
#include <set>

using namespace melscope;

/// Waveform augmentations that move, cut and silence samples.
class TestPositions : public QObject
{
    Q_OBJECT

private:
    static constexpr int rate = 1000; // a fade of 5 ms is 5 samples

    static std::vector<float> applied(const WaveformAugmentation& augmentation, std::vector<float> samples, uint64_t clip)
    {
        RandomStream random({.seed = 6, .clip = clip});
        augmentation.apply(samples, {.sampleRate = rate}, random);
        return samples;
    }

    static std::vector<float> ramp(size_t length)
    {
        std::vector<float> samples(length);
        std::iota(samples.begin(), samples.end(), 1.0f);
        return samples;
    }

private Q_SLOTS:
    void shiftKeepsSamplesInCyclicOrder()
    {
        const std::vector<float> before = ramp(53);
        std::set<size_t> shifts;
        for (uint64_t clip = 0; clip < 600; ++clip) {
            const std::vector<float> after = applied(TimeShift(Json{{"max_share", 1.0}}), before, clip);
            const auto shift = static_cast<size_t>(std::ranges::find(after, 1.0f) - after.begin());
            shifts.insert(shift);
            for (size_t i = 0; i < before.size(); ++i)
                QCOMPARE(after[(i + shift) % before.size()], before[i]);
        }
        QCOMPARE(shifts.size(), before.size()); // every position is drawn
    }

    void shiftIsNoFurtherThanAsked()
    {
        const std::vector<float> before = ramp(1000);
        std::ptrdiff_t furthest = 0;
        for (uint64_t clip = 0; clip < 200; ++clip) {
            const std::vector<float> after = applied(TimeShift(Json{{"max_share", 0.1}}), before, clip);
            furthest = std::max(furthest, std::ranges::find(after, 1.0f) - after.begin());
        }
        QVERIFY(furthest > 90 && furthest < 100);
    }

    void reversalTwiceIsNothing()
    {
        const std::vector<float> before = ramp(101);
        const std::vector<float> once = applied(TimeReversal({}), before, 0);
        QCOMPARE(once.front(), before.back());
        QCOMPARE(once[1], before[99]);
        QCOMPARE(applied(TimeReversal({}), once, 0), before);
    }

    void cropKeepsOneStretchInOrderAndSilencesTheRest()
    {
        const std::vector<float> before = ramp(1000);
        const RandomCrop crop({{"min_share", 0.3}, {"max_share", 0.6}, {"least_energy", 0.0}});
        std::set<size_t> places, origins;
        size_t shortest = 1000, longest = 0;
        for (uint64_t clip = 0; clip < 300; ++clip) {
            const std::vector<float> after = applied(crop, before, clip);
            const auto sounds = [](float sample) { return sample != 0.0f; };
            const auto begin = std::ranges::find_if(after, sounds);
            const auto end = std::find_if_not(begin, after.end(), sounds);
            QVERIFY(std::none_of(end, after.end(), sounds));
            const auto kept = static_cast<size_t>(end - begin);
            // Between the fades samples are what they were, one after the other.
            for (auto sample = begin + 6; sample != end - 5; ++sample)
                QCOMPARE(*sample, *(sample - 1) + 1.0f);
            QVERIFY(*begin < *(begin + 5) && *(end - 1) < *(end - 6));
            places.insert(static_cast<size_t>(begin - after.begin()));
            origins.insert(static_cast<size_t>(*(begin + 5)) - 6);
            shortest = std::min(shortest, kept);
            longest = std::max(longest, kept);
        }
        QVERIFY(shortest >= 300 && shortest < 310 && longest > 590 && longest <= 600);
        QVERIFY(places.size() > 150 && origins.size() > 150);
    }

    void theWholeClipIsNoCrop()
    {
        const std::vector<float> before = ramp(1000);
        QCOMPARE(applied(RandomCrop({{"min_share", 1.0}, {"max_share", 1.0}, {"least_energy", 1.0}}), before, 0), before);
    }

    /// 50 samples of equal level near the beginning, silence around them.
    static std::vector<float> shortSound()
    {
        std::vector<float> samples(1000);
        std::fill_n(samples.begin() + 20, 50, 0.5f);
        return samples;
    }

    void aCropKeepsItsShareOfTheEnergy_data()
    {
        QTest::addColumn<double>("share");
        for (const double share : {0.1, 0.5, 0.9})
            QTest::addRow("%g", share) << share;
    }
    void aCropKeepsItsShareOfTheEnergy()
    {
        QFETCH(const double, share);
        const RandomCrop crop({{"min_share", 0.3}, {"max_share", 0.6}, {"least_energy", share}});
        std::set<std::ptrdiff_t> kept;
        for (uint64_t clip = 0; clip < 300; ++clip) // fades lower samples, and silence none
            kept.insert(std::ranges::count_if(applied(crop, shortSound(), clip), [](float sample) { return sample > 0.0f; }));
        QVERIFY2(static_cast<double>(*kept.begin()) >= 50.0 * share, qPrintable(QString::number(*kept.begin())));
        QVERIFY(share > 0.5 || kept.size() > 10); // as random as before
    }

    void withoutALimitCropsMayBeSilent()
    {
        const RandomCrop crop({{"min_share", 0.3}, {"max_share", 0.6}, {"least_energy", 0.0}});
        int silent = 0;
        for (uint64_t clip = 0; clip < 300; ++clip)
            silent += std::ranges::max(applied(crop, shortSound(), clip)) == 0.0f;
        // The stretch begins anywhere in the 400 to 700 that are free, beyond the 70th sample in at least 5 of 6 cases.
        QVERIFY2(silent > 200 && silent < 290, qPrintable(QString::number(silent)));
    }

    void whereNoCropKeepsEnoughTheClipStaysWhole()
    {
        const RandomCrop crop({{"min_share", 0.01}, {"max_share", 0.04}, {"least_energy", 0.9}});
        for (uint64_t clip = 0; clip < 50; ++clip)
            QCOMPARE(applied(crop, shortSound(), clip), shortSound());
        // Silence has nothing to keep: every crop of it will do.
        QCOMPARE(applied(crop, std::vector<float>(1000), 1), std::vector<float>(1000));
    }

    void masksSilenceAsMuchAsAskedAndFadeInside_data()
    {
        QTest::addColumn<double>("fade");
        QTest::addColumn<int>("faded");
        QTest::newRow("hard") << 0.0 << 0;
        QTest::newRow("5 ms") << 5.0 << 5;
        QTest::newRow("longer than half") << 200.0 << 50;
    }
    void masksSilenceAsMuchAsAskedAndFadeInside()
    {
        QFETCH(const double, fade);
        QFETCH(const int, faded);
        const std::vector<float> before(1000, 1.0f);
        const TimeMask mask({{"masks", 1}, {"min_share", 0.1}, {"max_share", 0.1}, {"fade", fade}});
        std::set<size_t> places;
        for (uint64_t clip = 0; clip < 100; ++clip) {
            const std::vector<float> after = applied(mask, before, clip);
            const auto first = static_cast<size_t>(std::ranges::find_if(after, [](float sample) { return sample < 1.0f; }) - after.begin());
            places.insert(first);
            for (size_t i = 0; i < after.size(); ++i) {
                const bool inside = i >= first && i < first + 100;
                const auto fromEnd = static_cast<int>(std::min(i - first, first + 99 - i));
                if (!inside)
                    QCOMPARE(after[i], 1.0f);
                else if (fromEnd >= faded)
                    QCOMPARE(after[i], 0.0f);
                else
                    QVERIFY(std::abs(after[i] - (1.0f - (static_cast<float>(fromEnd) + 0.5f) / static_cast<float>(faded))) < 1e-6f);
            }
        }
        QVERIFY(places.size() > 50);
    }

    void maskLengthsFillTheirRange()
    {
        const std::vector<float> before(1000, 1.0f);
        const TimeMask mask({{"masks", 1}, {"min_share", 0.05}, {"max_share", 0.2}, {"fade", 0.0}});
        std::ptrdiff_t shortest = 1000, longest = 0;
        for (uint64_t clip = 0; clip < 300; ++clip) {
            const std::ptrdiff_t silent = std::ranges::count(applied(mask, before, clip), 0.0f);
            shortest = std::min(shortest, silent);
            longest = std::max(longest, silent);
        }
        QVERIFY(shortest >= 50 && shortest < 55 && longest > 195 && longest <= 200);
        const TimeMask many({{"masks", 3}, {"min_share", 0.05}, {"max_share", 0.05}, {"fade", 0.0}});
        std::ptrdiff_t most = 0;
        for (uint64_t clip = 0; clip < 50; ++clip)
            most = std::max(most, std::ranges::count(applied(many, before, clip), 0.0f));
        QCOMPARE(most, 150);
    }
};

QTEST_APPLESS_MAIN(TestPositions)
#include "tst_positions.moc"
