// SPDX-License-Identifier: GPL-3.0-or-later
#include "OneAugmentation.h"
#include "augment/SilentView.h"
#include "spectral/SpectrogramExtractor.h"
#include "support/Signals.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace melscope;
using namespace melscope::test;

/// The augmentations of a spectrogram against their definitions.
class TestSpectrogramStage : public QObject
{
    Q_OBJECT

private:
    static constexpr uint64_t draws = 300;

    static std::vector<double> rowOf(const SpectrogramGrid& grid, int mel)
    {
        const auto row = grid.row(mel);
        return {row.begin(), row.end()};
    }

    /// The values of the first frame, row by row.
    static std::vector<double> columnOf(const SpectrogramGrid& grid)
    {
        std::vector<double> column;
        for (int mel = 0; mel < grid.mels; ++mel)
            column.push_back(grid.at(mel, 0));
        return column;
    }

    static std::vector<double> steps(const std::vector<double>& values)
    {
        std::vector<double> steps;
        for (size_t i = 1; i < values.size(); ++i)
            steps.push_back(values[i] - values[i - 1]);
        return steps;
    }

    static double largest(const std::vector<double>& values)
    {
        return std::abs(*std::ranges::max_element(values, {}, [](double value) { return std::abs(value); }));
    }

private Q_SLOTS:
    void decibelsAreDecibelsInEveryFrontEnd_data()
    {
        QTest::addColumn<QByteArray>("frontEnd");
        for (const std::string& name : FrontEnd::presetNames())
            QTest::newRow(name.c_str()) << QByteArray::fromStdString(name);
    }
    void decibelsAreDecibelsInEveryFrontEnd()
    {
        QFETCH(const QByteArray, frontEnd);
        const SpectrogramExtractor extractor(FrontEnd::preset(frontEnd.toStdString()));
        const std::vector<float> quiet = noise(static_cast<size_t>(extractor.frontEnd().sampleRate));
        std::vector<float> loud = quiet;
        for (float& sample : loud)
            sample *= 2.0f; // by 6.02 dB
        const SpectrogramGrid before = extractor.compute(quiet);
        const SpectrogramGrid after = extractor.compute(loud);
        const double expected = unitsPerDecibel(extractor.frontEnd()) * 20.0 * std::log10(2.0);
        int told = 0;
        for (size_t i = 0; i < before.values.size(); ++i) {
            const double difference = after.values[i] - before.values[i];
            QVERIFY(std::abs(difference - expected) < 1e-3 || difference == 0.0); // 0 in an empty mel row
            told += difference != 0.0;
        }
        QVERIFY(told > static_cast<int>(before.values.size() * 9 / 10));
    }

    void warpIsMonotoneSmoothAndKeepsBothEnds()
    {
        constexpr int frames = 401;
        const SpectrogramGrid before = gridOf(2, frames, [](int mel, FrameIndex frame) { return 1000.0 * mel + static_cast<double>(frame); });
        double farthest = 0.0;
        for (uint64_t draw = 0; draw < draws; ++draw) {
            const SpectrogramGrid after = augmented({{"name", "time_warp"}, {"max_share", 0.1}}, before, draw);
            const std::vector<double> source = rowOf(after, 0);
            QCOMPARE(source.front(), 0.0);
            QCOMPARE(source.back(), 400.0);
            const std::vector<double> speeds = steps(source);
            const auto [slowest, fastest] = std::ranges::minmax(speeds);
            QVERIFY(slowest > 0.5);
            QVERIFY(fastest < 2.4);
            QVERIFY2(largest(steps(speeds)) < 0.25 * (fastest - slowest) + 1e-4, "a kink");
            for (FrameIndex frame = 0; frame < frames; ++frame) {
                farthest = std::max(farthest, std::abs(source[static_cast<size_t>(frame)] - static_cast<double>(frame)));
                QVERIFY(std::abs(after.at(1, frame) - 1000.0 - source[static_cast<size_t>(frame)]) < 1e-3);
            }
        }
        QVERIFY2(farthest > 36.0 && farthest <= 40.0, qPrintable(QString::number(farthest)));
        QVERIFY(augmented({{"name", "time_warp"}, {"max_share", 0.0}}, before, 1) == before);
    }

    void warpLeavesTinyGridsInOnePiece()
    {
        for (int frames = 1; frames < 4; ++frames)
            QCOMPARE(augmented({{"name", "time_warp"}}, ramp(2, frames), 3).values.size(), static_cast<size_t>(2 * frames));
    }

    void cropOfFullSizeIsTheIdentity()
    {
        const Json whole{{"name", "random_resized_crop"}, {"min_time", 1.0}, {"max_time", 1.0}, {"min_frequency", 1.0}, {"max_frequency", 1.0}};
        for (const SpectrogramGrid& grid : {ramp(5, 7), ramp(128, 431), ramp(1, 1), ramp(1, 9)})
            QVERIFY(augmented(whole, grid, 4) == grid);
    }

    void cropWithinTheGridIsAPartOfItStretched()
    {
        // A plane, on which bilinear values are exact.
        const SpectrogramGrid plane = gridOf(33, 101, [](int mel, FrameIndex frame) { return 1000.0 * mel + static_cast<double>(frame); });
        const Json entry{{"name", "random_resized_crop"}, {"min_time", 0.5}, {"max_time", 0.5}, {"min_frequency", 0.6}, {"max_frequency", 0.6}};
        std::set<int> places;
        for (uint64_t draw = 0; draw < draws; ++draw) {
            const SpectrogramGrid after = augmented(entry, plane, draw);
            const double first = std::fmod(after.at(0, 0), 1000.0);
            for (FrameIndex frame = 0; frame < 101; ++frame) // 50.5 of 101 frames, first to last
                QVERIFY(std::abs(after.at(0, frame) - after.at(0, 0) - 49.5 / 100.0 * static_cast<double>(frame)) < 0.01);
            for (int mel = 0; mel < 33; ++mel) // 19.8 of 33 rows
                QVERIFY(std::abs(after.at(mel, 0) - after.at(0, 0) - 1000.0 * 18.8 / 32.0 * mel) < 0.1);
            QVERIFY(after.at(0, 0) >= 0.0f && after.at(32, 100) <= plane.at(32, 100));
            places.insert(static_cast<int>(first));
        }
        QVERIFY2(places.size() > 35, qPrintable(QString::number(places.size()))); // of 0 ... 50.5
    }

    void cropBeyondTheGridHoldsAllOfItAndTheMean()
    {
        const SpectrogramGrid before = gridOf(4, 300, [](int, FrameIndex frame) { return static_cast<double>(frame); });
        const Json entry{{"name", "random_resized_crop"}, {"min_time", 1.5}, {"max_time", 1.5}, {"min_frequency", 1.0}, {"max_frequency", 1.0}};
        std::set<FrameIndex> places;
        for (uint64_t draw = 0; draw < draws; ++draw) {
            const std::vector<double> row = rowOf(augmented(entry, before, draw), 2);
            const auto [low, high] = std::ranges::minmax(row);
            QVERIFY(low < 1.6 && high > 297.4);
            const auto filled = std::ranges::count(row, 149.5);
            QVERIFY2(filled >= 97 && filled <= 101, qPrintable(QString::number(filled))); // a third of 300
            places.insert(std::ranges::min_element(row) - row.begin());
        }
        QVERIFY(places.size() > 60);
    }

    /// Ten of 100 frames at 0 dB, the rest at -90 dB, in the unit of the front end.
    static SpectrogramGrid shortSound(const FrontEnd& frontEnd)
    {
        return gridOf(3, 100, [&](int, FrameIndex frame) { return frame >= 5 && frame < 15 ? 0.0 : -90.0 * unitsPerDecibel(frontEnd); });
    }

    void aCropKeepsItsShareOfTheEnergy()
    {
        Json entry{{"name", "random_resized_crop"}, {"min_time", 0.5}, {"max_time", 0.5}, {"min_frequency", 1.0}, {"max_frequency", 1.0}};
        for (const char* name : {"esc", "kaldi", "beats"}) {
            const FrontEnd frontEnd = FrontEnd::preset(name);
            // Each frame of the crop becomes two, but for the ends: those above half of the fall.
            const auto soundingIn = [&](double share, uint64_t draw) {
                entry["least_energy"] = share;
                const std::vector<double> row = rowOf(augmented(entry, shortSound(frontEnd), draw, frontEnd), 1);
                return std::ranges::count_if(row, [&](double value) { return value > -45.0 * unitsPerDecibel(frontEnd); });
            };
            int silent = 0;
            std::set<std::ptrdiff_t> sounding;
            for (uint64_t draw = 0; draw < draws; ++draw) {
                silent += soundingIn(0.0, draw) == 0;
                sounding.insert(soundingIn(0.5, draw));
                QVERIFY(soundingIn(1.0, draw) >= 19 || soundingIn(1.0, draw) == 10); // or whole, where no draw had it all
            }
            QVERIFY2(silent > 180 && silent < 240, qPrintable(QString::number(silent))); // the crop begins beyond frame 14 of 0 ... 50
            QVERIFY2(*sounding.begin() >= 9, qPrintable(QString::number(*sounding.begin()))); // five frames
            QVERIFY(sounding.size() > 5);
        }
    }

    void whereNoCropKeepsEnoughTheTimeStaysWhole()
    {
        const SpectrogramGrid steady = gridOf(2, 50, [](int mel, FrameIndex) { return -10.0 * mel; });
        SpectrogramGrid marked = steady;
        marked.row(0)[7] = -0.5f;
        const Json entry{{"name", "random_resized_crop"}, {"min_time", 0.2}, {"max_time", 0.4}, {"min_frequency", 1.0}, {"max_frequency", 1.0},
                         {"least_energy", 0.8}};
        for (uint64_t draw = 0; draw < 50; ++draw)
            QVERIFY(augmented(entry, marked, draw) == marked);
    }

    void aViewIsSilentSixtyDecibelsBelowItsClip()
    {
        for (const char* name : {"esc", "kaldi", "beats"}) {
            const FrontEnd frontEnd = FrontEnd::preset(name);
            const auto at = [&](double decibels) { return gridOf(2, 3, [&](int mel, FrameIndex) { return unitsPerDecibel(frontEnd) * (decibels - 20.0 * mel); }); };
            QVERIFY(!isSilent(at(-59.0), at(0.0), frontEnd));
            QVERIFY(isSilent(at(-61.0), at(0.0), frontEnd));
            QVERIFY(!isSilent(at(-100.0), at(-100.0), frontEnd)); // a silent clip as it is
        }
    }

    void shiftedRowsAreThoseBelowOrAbove()
    {
        const SpectrogramGrid before = ramp(20, 11);
        std::set<int> shifts;
        for (uint64_t draw = 0; draw < draws; ++draw) {
            const SpectrogramGrid after = augmented({{"name", "frequency_shift"}, {"max_rows", 3}}, before, draw);
            int matching = 0;
            for (int shift = -3; shift <= 3; ++shift) {
                bool matches = true;
                for (int mel = 0; mel < 20; ++mel)
                    matches = matches && std::ranges::equal(after.row(mel), before.row(std::clamp(mel - shift, 0, 19)));
                if (matches)
                    shifts.insert(shift);
                matching += matches;
            }
            QCOMPARE(matching, 1);
        }
        QCOMPARE(shifts.size(), size_t{7}); // each is drawn
    }

    void shiftsOfFewRowsStayInside()
    {
        for (uint64_t draw = 0; draw < 50; ++draw) {
            QVERIFY(augmented({{"name", "frequency_shift"}, {"max_rows", 64}}, ramp(1, 5), draw) == ramp(1, 5));
            const SpectrogramGrid two = augmented({{"name", "frequency_shift"}, {"max_rows", 64}}, ramp(2, 5), draw);
            for (int mel = 0; mel < 2; ++mel)
                QVERIFY(std::ranges::equal(two.row(mel), ramp(2, 5).row(0)) || std::ranges::equal(two.row(mel), ramp(2, 5).row(1)));
        }
    }

    void cutoutHidesARectangleBehindTheMean()
    {
        const SpectrogramGrid before = ramp(40, 100);
        const auto mean = static_cast<float>((1.0 + 4000.0) / 2.0);
        std::set<FrameIndex> widths;
        std::set<int> heights;
        for (uint64_t draw = 0; draw < draws; ++draw) {
            const SpectrogramGrid after =
                augmented({{"name", "cutout"}, {"rectangles", 1}, {"time_share", 0.1}, {"frequency_share", 0.2}}, before, draw);
            std::set<int> rows;
            std::set<FrameIndex> frames;
            size_t hidden = 0;
            for (int mel = 0; mel < 40; ++mel) {
                for (FrameIndex frame = 0; frame < 100; ++frame) {
                    if (after.at(mel, frame) == before.at(mel, frame))
                        continue;
                    QCOMPARE(after.at(mel, frame), mean);
                    ++hidden;
                    rows.insert(mel);
                    frames.insert(frame);
                }
            }
            QCOMPARE(hidden, rows.size() * frames.size());
            if (hidden == 0)
                continue;
            QCOMPARE(*rows.rbegin() - *rows.begin() + 1, static_cast<int>(rows.size()));
            QCOMPARE(*frames.rbegin() - *frames.begin() + 1, static_cast<FrameIndex>(frames.size()));
            heights.insert(static_cast<int>(rows.size()));
            widths.insert(static_cast<FrameIndex>(frames.size()));
        }
        QCOMPARE(heights.size(), size_t{8}); // 1 ... 8 of 40 rows
        QCOMPARE(widths.size(), size_t{10}); // 1 ... 10 of 100 frames
    }

    void stepFilterHasOneGainABand()
    {
        std::set<size_t> counts;
        for (uint64_t draw = 0; draw < draws; ++draw) {
            const SpectrogramGrid after = augmented({{"name", "filter_augment"}, {"type", "step"}, {"min_bands", 2}, {"max_bands", 4},
                                                     {"narrowest_band", 5}, {"max_db", 6}}, zeros(64, 3), draw);
            const std::vector<double> weights = columnOf(after);
            QVERIFY(largest(weights) <= 6.0);
            size_t bands = 1;
            int width = 1;
            for (size_t row = 1; row < weights.size(); ++row, ++width) {
                if (weights[row] == weights[row - 1])
                    continue;
                QVERIFY(width >= 5);
                width = 0;
                ++bands;
            }
            QVERIFY(width >= 5);
            counts.insert(bands);
            for (int mel = 0; mel < 64; ++mel)
                QVERIFY(std::ranges::count(after.row(mel), after.at(mel, 0)) == 3);
        }
        QCOMPARE(counts, (std::set<size_t>{2, 3, 4}));
    }

    void linearFilterJoinsTheGainsOfTheBoundaries()
    {
        for (uint64_t draw = 0; draw < draws; ++draw) {
            const std::vector<double> weights = columnOf(augmented({{"name", "filter_augment"}, {"type", "linear"}, {"min_bands", 3},
                                                                    {"max_bands", 3}, {"narrowest_band", 6}, {"max_db", 10}}, zeros(64, 2), draw));
            QVERIFY(largest(weights) <= 10.0);
            // The last row of a band and the first of the next have the boundary's gain; else each band is a straight line.
            const std::vector<double> slopes = steps(weights);
            std::vector<size_t> boundaries{0};
            for (size_t row = 0; row < slopes.size(); ++row)
                if (slopes[row] == 0.0)
                    boundaries.push_back(row + 1);
            boundaries.push_back(64);
            QCOMPARE(boundaries.size(), size_t{4});
            for (size_t band = 0; band < 3; ++band) {
                QVERIFY(boundaries[band + 1] - boundaries[band] >= 6);
                for (size_t row = boundaries[band]; row + 2 < boundaries[band + 1]; ++row)
                    QVERIFY(std::abs(slopes[row + 1] - slopes[row]) < 1e-4);
            }
        }
    }

    void filterOfFewRowsHasNarrowerBands()
    {
        for (const int mels : {1, 2, 3, 7})
            for (uint64_t draw = 0; draw < 50; ++draw)
                QVERIFY(largest(columnOf(augmented({{"name", "filter_augment"}}, zeros(mels, 4), draw))) <= 6.0);
    }

    void faderIsALineInDecibels()
    {
        std::vector<double> heads;
        std::vector<double> tails;
        for (uint64_t draw = 0; draw < 1000; ++draw) {
            const SpectrogramGrid after = augmented({{"name", "linear_fader"}, {"max_db", 8}}, zeros(3, 50), draw);
            const std::vector<double> row = rowOf(after, 0);
            for (FrameIndex frame = 0; frame < 50; ++frame) {
                const double expected = row.front() + (row.back() - row.front()) * static_cast<double>(frame) / 49.0;
                QVERIFY(std::abs(row[static_cast<size_t>(frame)] - expected) < 1e-5);
                QCOMPARE(after.at(2, frame), after.at(0, frame));
            }
            heads.push_back(row.front());
            tails.push_back(row.back());
        }
        for (const std::vector<double>& ends : {heads, tails}) {
            QVERIFY(largest(ends) <= 8.0);
            QVERIFY(std::abs(momentsOf(ends).mean) < 0.6);                 // four deviations of a mean of 1000
            QVERIFY(std::abs(momentsOf(ends).variance - 64.0 / 3.0) < 2.5); // uniform in -8 ... 8
        }
    }

    void noiseIsGaussianWithItsDeviation()
    {
        const SpectrogramGrid after = augmented({{"name", "spectrogram_noise"}, {"deviation_db", 3}}, zeros(128, 431), 5);
        const auto [mean, variance] = momentsOf(after.values);
        QVERIFY(std::abs(mean) < 0.05);
        QVERIFY(std::abs(std::sqrt(variance) - 3.0) < 0.04);
        double fourth = 0.0;
        double neighbours = 0.0;
        for (size_t i = 1; i < after.values.size(); ++i) {
            fourth += std::pow(after.values[i] / 3.0, 4) / static_cast<double>(after.values.size());
            neighbours += after.values[i] * after.values[i - 1] / 9.0 / static_cast<double>(after.values.size());
        }
        QVERIFY(std::abs(fourth - 3.0) < 0.15);
        QVERIFY(std::abs(neighbours) < 0.02);
    }

    void gainsMeanTheSameInEveryFrontEnd_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char* name : {"linear_fader", "filter_augment", "spectrogram_noise"})
            QTest::newRow(name) << QByteArray(name);
    }
    void gainsMeanTheSameInEveryFrontEnd()
    {
        QFETCH(const QByteArray, name);
        const SpectrogramGrid decibels = augmented({{"name", name.toStdString()}}, zeros(32, 20), 7);
        QVERIFY(largest(columnOf(decibels)) > 0.0);
        for (const char* preset : {"kaldi", "beats"}) {
            const FrontEnd frontEnd = FrontEnd::preset(preset);
            const SpectrogramGrid scaled = augmented({{"name", name.toStdString()}}, zeros(32, 20), 7, frontEnd);
            for (size_t i = 0; i < decibels.values.size(); ++i)
                QVERIFY(std::abs(scaled.values[i] - unitsPerDecibel(frontEnd) * decibels.values[i]) < 1e-5);
        }
    }
};

QTEST_APPLESS_MAIN(TestSpectrogramStage)
#include "tst_spectrogram_stage.moc"
