// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ContactSheet.h"
#include "augment/SteadyScale.h"
#include "spectrogram/SpectrogramThumbnail.h"
#include "widgets/augment/PreviewedClips.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace melscope;
using namespace melscope::test;

namespace {

constexpr int patience = 20000;

struct ShownSheet
{
    PreviewedClips clips;
    std::shared_ptr<const PreviewClips> source = std::make_shared<const PreviewClips>(clips.dataset, clipsFrontEnd());
    ContactSheet sheet;
    QSignalSpy completed{&sheet, &ContactSheet::completed};
    QSignalSpy pinned{&sheet, &ContactSheet::epochPinned};

    ShownSheet()
    {
        sheet.resize(300, 600);
        sheet.show();
    }

    PreviewRequest request(const AugmentationChain& chain, quint64 epoch = 0) const
    {
        return {.number = 1, .clips = source, .chain = chain, .draw = {.seed = 5, .epoch = epoch, .clip = 2}};
    }

    bool open(const AugmentationChain& chain, quint64 epoch = 0)
    {
        sheet.setRequest(request(chain, epoch));
        return completed.wait(patience);
    }

    QImage expected(const AugmentationChain& chain, quint64 epoch) const
    {
        const SpectrogramGrid before = clips.trained({}, {.seed = 5, .epoch = epoch, .clip = 2}).grid;
        const SpectrogramGrid after = clips.trained(chain, {.seed = 5, .epoch = epoch, .clip = 2}).grid;
        return drawThumbnail(after, clipsFrontEnd(), steadyScale(describe(before, clipsFrontEnd(), 0).autoScale.high, clipsFrontEnd()));
    }
};

} // namespace

class TestContactSheet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheSixteenEpochsAroundTheDraw()
    {
        ShownSheet shown;
        QVERIFY(shown.open(maskChain(), 20));
        QCOMPARE(shown.sheet.firstEpoch(), quint64{16});
        for (int cell = 0; cell < ContactSheet::count; ++cell)
            QCOMPARE(shown.sheet.picture(cell), shown.expected(maskChain(), 16 + static_cast<quint64>(cell)));
        QVERIFY(shown.sheet.picture(0) != shown.sheet.picture(1));
    }

    void aSilentDrawIsMarked()
    {
        ShownSheet shown;
        const AugmentationChain chain = AugmentationChain::fromJson(
            {{"waveform", {{{"name", "time_mask"}, {"probability", 0.5}, {"masks", 1}, {"min_share", 1.0}, {"max_share", 1.0}, {"fade", 0.0}}}}});
        QVERIFY(shown.open(chain));
        int silent = 0;
        for (int cell = 0; cell < ContactSheet::count; ++cell) {
            const std::vector<float> samples = shown.clips.trained(chain, {.seed = 5, .epoch = static_cast<uint64_t>(cell), .clip = 2}).samples;
            const bool isSilent = std::ranges::all_of(samples, [](float sample) { return sample == 0.0f; });
            QCOMPARE(shown.sheet.caption(cell).contains(QStringLiteral("silent")), isSilent);
            silent += isSilent;
        }
        QVERIFY(silent > 0 && silent < ContactSheet::count);
    }

    void aClickPinsItsDraw()
    {
        ShownSheet shown;
        QVERIFY(shown.open(maskChain(), 16));
        QTest::mouseClick(&shown.sheet, Qt::LeftButton, {}, shown.sheet.cellRect(5).center());
        QCOMPARE(shown.pinned.count(), 1);
        QCOMPARE(shown.pinned.first().first().toULongLong(), 21ULL);
    }

    void arrowsGoFromDrawToDraw()
    {
        ShownSheet shown;
        QVERIFY(shown.open(maskChain(), 0));
        QTest::keyClick(&shown.sheet, Qt::Key_Left); // there is none before the first
        QVERIFY(shown.pinned.isEmpty());
        QTest::keyClick(&shown.sheet, Qt::Key_Right);
        QCOMPARE(shown.pinned.last().first().toULongLong(), 1ULL);
        QTest::keyClick(&shown.sheet, Qt::Key_End);
        QCOMPARE(shown.pinned.last().first().toULongLong(), 15ULL);
    }

    void theNewestChainWinsAndTheOldPicturesStayMeanwhile()
    {
        ShownSheet shown;
        QVERIFY(shown.open(maskChain(0.1)));
        const QImage old = shown.sheet.picture(3);
        for (int i = 1; i <= 20; ++i)
            shown.sheet.setRequest(shown.request(maskChain(0.1 + 0.02 * i)));
        QCOMPARE(shown.sheet.picture(3), old);
        QVERIFY(shown.completed.wait(patience));
        QCOMPARE(shown.completed.count(), 2); // nothing in between
        QCOMPARE(shown.sheet.picture(3), shown.expected(maskChain(0.1 + 0.02 * 20), 3));
    }

    void anotherEpochOfTheSameSheetDrawsNothingAnew()
    {
        ShownSheet shown;
        QVERIFY(shown.open(maskChain(), 0));
        shown.sheet.setRequest(shown.request(maskChain(), 7));
        shown.sheet.setRequest(shown.request(maskChain(), 17)); // the next sheet
        QVERIFY(shown.completed.wait(patience));
        QCOMPARE(shown.completed.count(), 2);
    }

    void whileHiddenItWaits()
    {
        ShownSheet shown;
        shown.sheet.hide();
        shown.sheet.setRequest(shown.request(maskChain()));
        const auto* rest = shown.sheet.findChild<QTimer*>();
        QVERIFY(rest);
        QSignalSpy rested(rest, &QTimer::timeout);
        QVERIFY(rested.wait(patience));
        QCOMPARE(shown.source.use_count(), 2L); // the sheet's request alone knows the clips, no job does
        shown.sheet.show();
        QVERIFY(shown.completed.wait(patience));
    }
};

QTEST_MAIN(TestContactSheet)
#include "tst_ContactSheet.moc"
