// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/RandomStream.h"
#include "support/ErrorOf.h"
#include "tokens/Patches.h"

#include <QtTest>

using namespace melscope;

class TestPatches : public QObject
{
    Q_OBJECT

private:
    /// [mel, frame]; value = 100 mel + frame.
    static std::vector<float> numbered(int mels, int frames)
    {
        std::vector<float> values;
        for (int mel = 0; mel < mels; ++mel)
            for (int frame = 0; frame < frames; ++frame)
                values.push_back(static_cast<float>(100 * mel + frame));
        return values;
    }

private Q_SLOTS:
    void tokensCountBandsFirstAndLeaveTheRestOut()
    {
        const TokenLayout layout = TokenLayout::of({.mels = 2, .frames = 3}, 5, 10);
        QCOMPARE(layout.rows, 2);
        QCOMPARE(layout.columns, 3);
        const std::vector<float> values = numbered(5, 10);
        const BandStatistics plain{.mean = std::vector<float>(5, 0.0f), .deviation = std::vector<float>(5, 1.0f)};
        std::vector<float> patch(6);
        copyPatch({values, 5, 10}, layout, plain, 3, patch); // second column, upper row
        QCOMPARE(patch, (std::vector<float>{203, 204, 205, 303, 304, 305}));
        QCOMPARE(layout.tokenAt(layout.rowOf(3), layout.columnOf(3)), 3);
    }

    void aPatchThatDoesNotFitIsRefused()
    {
        const auto error = test::errorOf([] { TokenLayout::of({.mels = 16, .frames = 16}, 8, 100); });
        QVERIFY(error && error->kind() == ErrorKind::InvalidValue);
    }

    void onlyPatchesOnTheFloorAreSilent()
    {
        std::vector<float> values(4 * 8, -80.0f);
        values[1 * 8 + 5] = -79.0f; // row 0, column 1
        const TokenLayout layout = TokenLayout::of({.mels = 2, .frames = 4}, 4, 8);
        QCOMPARE(silentTokens({values, 4, 8}, layout), (std::vector<bool>{true, true, false, true}));
        // A floor is where the clip's own lowest value is, after a normalisation too.
        for (float& value : values)
            value = (value + 40.0f) / 17.0f;
        QCOMPARE(silentTokens({values, 4, 8}, layout), (std::vector<bool>{true, true, false, true}));
    }

    void noiseIsNeverSilent()
    {
        std::vector<float> values(32 * 64);
        RandomStream({.seed = 4}).normals(values);
        const std::vector<bool> silent = silentTokens({values, 32, 64}, TokenLayout::of({.mels = 16, .frames = 16}, 32, 64));
        QVERIFY(std::ranges::count(silent, true) == 0);
    }

    void standardisedBandsHaveMeanZeroAndDeviationOne()
    {
        constexpr int mels = 4, frames = 64;
        std::vector<float> values(mels * frames);
        RandomStream({.seed = 1}).normals(values);
        for (int mel = 0; mel < mels; ++mel)
            for (int frame = 0; frame < frames; ++frame) {
                float& value = values[static_cast<size_t>(mel * frames + frame)];
                value = frame < 16 ? -90.0f : 10.0f * static_cast<float>(mel) + static_cast<float>(1 + mel) * value;
            }
        const GridView grid{values, mels, frames};
        const TokenLayout layout = TokenLayout::of({.mels = 2, .frames = 16}, mels, frames);
        BandMeter meter(mels);
        meter.add(grid, layout, silentTokens(grid, layout));
        const BandStatistics bands = meter.statistics();
        for (int mel = 0; mel < mels; ++mel) {
            double sum = 0.0, squares = 0.0;
            for (int column = 1; column < 4; ++column) { // the first is silent: it must not have been counted
                std::vector<float> patch(32);
                copyPatch(grid, layout, bands, layout.tokenAt(mel / 2, column), patch);
                for (const float value : std::span(patch).subspan(static_cast<size_t>(mel % 2 * 16), 16)) {
                    sum += value;
                    squares += value * value;
                }
            }
            QVERIFY(std::abs(sum / 48.0) < 1e-5);
            QVERIFY(std::abs(squares / 48.0 - 1.0) < 1e-4);
        }
    }

    void restoringUndoesStandardising()
    {
        const std::vector<float> values = numbered(4, 4);
        const TokenLayout layout = TokenLayout::of({.mels = 2, .frames = 2}, 4, 4);
        const BandStatistics bands{.mean = {1, 2, 3, 4}, .deviation = {2, 4, 8, 16}};
        std::vector<float> patch(4);
        copyPatch({values, 4, 4}, layout, bands, layout.tokenAt(1, 1), patch);
        QVERIFY(patch[0] != 202.0f);
        restorePatch(layout, bands, 1, patch);
        QCOMPARE(patch, (std::vector<float>{202, 203, 302, 303}));
    }

    void aBandThatNeverChangesIsOnlyShifted()
    {
        const std::vector<float> values{5, 5, 5, 5, 1, 2, 3, 4};
        BandMeter meter(2);
        meter.add({values, 2, 4}, TokenLayout::of({.mels = 2, .frames = 4}, 2, 4), {false});
        QCOMPARE(meter.statistics().mean[0], 5.0f);
        QCOMPARE(meter.statistics().deviation[0], 1.0f);
    }
};

QTEST_GUILESS_MAIN(TestPatches)
#include "tst_patches.moc"
