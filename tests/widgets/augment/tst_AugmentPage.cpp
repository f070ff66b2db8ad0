// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/AugmentPage.h"
#include "audio/Loudness.h"
#include "augment/ComparisonPlayer.h"
#include "augment/DrawBar.h"
#include "augment/FrontEndChoice.h"
#include "augment/MixingBar.h"
#include "common/NumberText.h"
#include "playback/NullOutput.h"
#include "playback/Player.h"
#include "spectrogram/ColourBar.h"
#include "spectrogram/SpectrogramView.h"
#include "spectrogram/Timeline.h"
#include "widgets/augment/PreviewedClips.h"

#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <optional>
#include <set>

using namespace melscope;
using namespace melscope::test;

namespace {

constexpr int patience = 20000;
constexpr int clipNumber = 3;

/// A page on the screen with a silent, recording player and a clip open.
struct ShownPage
{
    PreviewedClips clips;
    NullOutput* output = nullptr;
    AugmentPage page{std::make_unique<Player>([this] {
        auto made = std::make_unique<NullOutput>();
        made->setKeep(true);
        output = made.get();
        return made;
    })};
    QSignalSpy painted{&page, &AugmentPage::previewPainted};

    ShownPage()
    {
        page.resize(900, 700);
        page.show();
        page.setDataset(clips.dataset);
        page.setFrontEnd(clipsFrontEnd());
    }

    bool open(const AugmentationChain& chain = maskChain(), int clip = clipNumber)
    {
        page.setChain(chain);
        page.setClip(clip);
        return awaitPainted(1);
    }

    bool awaitPainted(int times)
    {
        return QTest::qWaitFor([this, times] { return painted.count() >= times; }, patience);
    }

    const AugmentationPreview& preview() const { return *page.preview(); }
    Player& player() const { return page.comparison().player(); }

    QString notes() const
    {
        for (const QLabel* label : page.findChildren<QLabel*>())
            if (label->accessibleName() == QStringLiteral("Notes on this preview"))
                return label->text();
        return {};
    }
};

} // namespace

class TestAugmentPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsShownIsWhatTrainingFeedsBitForBit()
    {
        ShownPage shown;
        QVERIFY(shown.open());
        shown.page.draws().setDraw(77, 12);
        QVERIFY(shown.awaitPainted(2));
        const Example example = shown.clips.trained(maskChain(), {.seed = 77, .epoch = 12, .clip = clipNumber});
        QCOMPARE(shown.preview().after.spectrogram->grid, example.grid);
        QCOMPARE(shown.preview().after.waveform->samples, example.samples);
        QCOMPARE(shown.page.panes().after().spectrogram(), shown.preview().after.spectrogram);
        const Example untouched = shown.clips.trained({}, {.clip = clipNumber});
        QCOMPARE(shown.preview().before.spectrogram->grid, untouched.grid);
        QCOMPARE(shown.preview().before.waveform->samples, untouched.samples);
    }

    void theNewestOfManyChangesWins()
    {
        ShownPage shown;
        QVERIFY(shown.open());
        for (int i = 1; i <= 40; ++i)
            shown.page.setChain(maskChain(i / 100.0));
        QVERIFY(shown.awaitPainted(2));
        QCOMPARE(shown.painted.count(), 2); // the overtaken ones are not reported
        QCOMPARE(shown.preview().after.spectrogram->grid, shown.clips.trained(maskChain(0.4), {.clip = clipNumber}).grid);
    }

    void whatDidNotChangeIsNotComputedAgain()
    {
        ShownPage shown;
        QVERIFY(shown.open());
        const auto before = shown.preview().before.spectrogram;
        shown.page.setChain(maskChain(0.1));
        QVERIFY(shown.awaitPainted(2));
        QCOMPARE(shown.preview().before.spectrogram, before);
    }

    void theDifferenceIsCentredOnZero()
    {
        ShownPage shown;
        QVERIFY(shown.open());
        const Spectrogram& difference = *shown.preview().difference;
        const ColourScale scale = shown.page.panes().difference().scale();
        QCOMPARE(scale.low, -scale.high);
        QVERIFY(difference.isDifference);
        for (size_t i = 0; i < difference.grid.values.size(); ++i)
            QCOMPARE(difference.grid.values[i],
                     shown.preview().after.spectrogram->grid.values[i] - shown.preview().before.spectrogram->grid.values[i]);
        // A handle that is moved takes the other one along.
        Q_EMIT shown.page.panes().differences().scaleEdited({-scale.high, 5.0F});
        QCOMPARE(shown.page.panes().difference().scale(), (ColourScale{-5.0F, 5.0F}));
        Q_EMIT shown.page.panes().differences().scaleEdited({-9.0F, 5.0F});
        QCOMPARE(shown.page.panes().difference().scale(), (ColourScale{-9.0F, 9.0F}));
    }

    void unchangedPlacesHaveTheMiddleColour()
    {
        ShownPage shown;
        // A chain that could act and by its draw changes nothing.
        QVERIFY(shown.open(maskChain(0.0)));
        const SpectrogramView& view = shown.page.panes().difference();
        for (const float value : shown.preview().difference->grid.values)
            QCOMPARE(value, 0.0F);
        const QImage image = shown.page.panes().difference().grab().toImage();
        const QColor middle(ColourMap::named(view.colourMap()).at(0.5));
        QVERIFY(view.colourMap().startsWith(QStringLiteral("diverging")));
        QCOMPARE(image.pixelColor((QPointF(view.plotArea().center()) * image.devicePixelRatio()).toPoint()), middle);
    }

    void anEmptyChainSaysWhatToDo()
    {
        ShownPage shown;
        shown.page.setClip(clipNumber);
        QTRY_VERIFY_WITH_TIMEOUT(shown.page.preview(), patience);
        QVERIFY(shown.page.panes().difference().message().contains(QStringLiteral("add an augmentation")));
        shown.page.setChain(maskChain());
        QVERIFY(shown.awaitPainted(1));
        QVERIFY(shown.page.panes().difference().message().isEmpty());
    }

    void withoutAClipItSaysWhereToFindOne()
    {
        ShownPage shown;
        QVERIFY(shown.open());
        QSignalSpy requests(&shown.page, &AugmentPage::previewRequested);
        shown.page.setDataset(nullptr);
        QVERIFY(!shown.page.preview());
        QVERIFY(!shown.page.actions().play->isEnabled());
        QVERIFY(!shown.page.panes().isVisible());
        QVERIFY(!requests.last().first().value<PreviewRequest>().clips);
    }

    void anUnreadableClipGetsItsSentenceInPlaceOfThePicture()
    {
        ShownPage shown;
        const std::filesystem::path path = shown.clips.dataset->clips[5].path;
        QFile file(QString::fromStdString(path.string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("no sound");
        file.close();
        shown.page.setChain(maskChain());
        shown.page.setClip(5);
        const SpectrogramView& view = shown.page.panes().before();
        QTRY_VERIFY_WITH_TIMEOUT(view.message().contains(QString::fromStdString(path.filename().string())), patience);
        QVERIFY(!shown.page.panes().difference().isVisible());
        shown.page.setClip(clipNumber);
        QVERIFY(shown.awaitPainted(1));
        QVERIFY(view.message().isEmpty());
        QVERIFY(shown.page.panes().difference().isVisible());
    }

    void rollingChangesTheSeedAndFreeSeedsRollByThemselves()
    {
        ShownPage shown;
        QVERIFY(shown.open());
        const quint64 seed = shown.page.draws().seed();
        shown.page.setChain(maskChain(0.2));
        QCOMPARE(shown.page.draws().seed(), seed); // pinned
        QTest::keyClick(&shown.page, Qt::Key_R);
        QVERIFY(shown.page.draws().seed() != seed);
        const quint64 rolled = shown.page.draws().seed();
        shown.page.draws().pinAction()->setChecked(false);
        shown.page.setChain(maskChain(0.25));
        QVERIFY(shown.page.draws().seed() != rolled);
    }

    void aPinnedDrawKeepsItsSeedAlsoWhereThatWasFree()
    {
        ShownPage shown;
        QVERIFY(shown.open());
        shown.page.draws().setDraw(77, 0);
        shown.page.draws().pinAction()->setChecked(false);
        shown.page.pinDraw(5);
        QCOMPARE(shown.page.draws().epoch(), quint64{5});
        shown.page.setChain(maskChain(0.2));
        shown.page.setClip(clipNumber + 1);
        QCOMPARE(shown.page.draws().seed(), quint64{77});
        QCOMPARE(shown.page.draws().epoch(), quint64{5});
    }

    void theRecipesFrontEndIsNamedAndCanBeChosen()
    {
        ShownPage shown;
        QVERIFY(shown.open());
        shown.page.setRecipe(QStringLiteral("Same"), clipsFrontEnd());
        QVERIFY2(!shown.notes().contains(QStringLiteral("front end")), qPrintable(shown.notes()));
        const FrontEnd recipes = clipsFrontEnd().with(Json{{"mels", 20}, {"hop", 128}});
        shown.page.setRecipe(QStringLiteral("Coarse"), recipes);
        QVERIFY2(shown.notes().contains(QStringLiteral("\"Coarse\"")) && shown.notes().contains(QStringLiteral("20 mels, hop 128")), qPrintable(shown.notes()));
        QCOMPARE(shown.preview().after.spectrogram->grid.mels, 32);
        QSignalSpy changed(&shown.page, &AugmentPage::frontEndChanged);
        shown.page.frontEnds().choose(FrontEndChoice::Recipe);
        QVERIFY(shown.awaitPainted(2));
        QCOMPARE(changed.count(), 1);
        QVERIFY(shown.page.frontEnd() == recipes);
        QCOMPARE(shown.preview().after.spectrogram->grid.mels, 20);
        QVERIFY2(!shown.notes().contains(QStringLiteral("front end")), qPrintable(shown.notes()));
        shown.page.setFrontEnd(clipsFrontEnd().with(Json{{"mels", 16}})); // of Explore: another page's business now
        QCOMPARE(changed.count(), 1);
    }

    void keysGoFromDrawToDraw()
    {
        ShownPage shown;
        QVERIFY(shown.open());
        QTest::keyClick(&shown.page, Qt::Key_Period);
        QCOMPARE(shown.page.draws().epoch(), quint64{1});
        QTest::keyClick(&shown.page, Qt::Key_Comma);
        QTest::keyClick(&shown.page, Qt::Key_Comma);
        QCOMPARE(shown.page.draws().epoch(), quint64{0});
        QSignalSpy steps(&shown.page, &AugmentPage::clipStepRequested);
        QTest::keyClick(&shown.page, Qt::Key_N);
        QTest::keyClick(&shown.page, Qt::Key_P);
        QCOMPARE(steps.count(), 2);
        QCOMPARE(steps.first().first().toInt(), 1);
        QCOMPARE(steps.last().first().toInt(), -1);
    }

    void flippingKeepsPositionAndPlaying()
    {
        ShownPage shown;
        QVERIFY(shown.open());
        shown.player().setLooping(true);
        QTest::keyClick(&shown.page, Qt::Key_Space);
        QVERIFY(shown.player().isPlaying());
        QTRY_VERIFY(shown.player().positionSeconds() > 0.1);
        QSignalSpy playing(&shown.player(), &Player::playingChanged);
        QSignalSpy positions(&shown.player(), &Player::positionChanged);
        QTest::keyClick(&shown.page, Qt::Key_X);
        QCOMPARE(shown.page.comparison().side(), PreviewSide::Before);
        QVERIFY(shown.player().isPlaying());
        QVERIFY(playing.isEmpty());
        QVERIFY(positions.isEmpty()); // nothing was sought
        QVERIFY(shown.player().positionSeconds() > 0.1);
        QTest::keyClick(&shown.page, Qt::Key_X);
        QCOMPARE(shown.page.comparison().side(), PreviewSide::After);
        // So does a changed chain, while it plays.
        shown.page.setChain(maskChain(0.1));
        QVERIFY(shown.awaitPainted(2));
        QVERIFY(shown.player().isPlaying());
        QVERIFY(playing.isEmpty());
    }

    void bothSidesAreHeardEquallyLoud()
    {
        ShownPage shown;
        QVERIFY(shown.open(AugmentationChain::fromJson({{"waveform", {{{"name", "gain"}, {"min_gain", -18.0}, {"max_gain", -12.0}}}}})));
        const auto heardLufs = [&](PreviewSide side) {
            shown.page.comparison().setSide(side);
            shown.player().seek(0.0);
            shown.player().play();
            [[maybe_unused]] const bool ended = QTest::qWaitFor([&] { return !shown.player().isPlaying(); }, patience);
            const QByteArray bytes = shown.output->taken();
            const auto length = shown.preview().before.waveform->length();
            std::vector<float> samples(static_cast<size_t>(length));
            std::memcpy(samples.data(), bytes.constData() + bytes.size() - length * static_cast<qsizetype>(sizeof(float)), samples.size() * sizeof(float));
            return integratedLoudness(samples, clipsFrontEnd().sampleRate);
        };
        const double before = heardLufs(PreviewSide::Before);
        const double after = heardLufs(PreviewSide::After);
        QVERIFY2(std::abs(before - after) < 0.1, qPrintable(QStringLiteral("%1 against %2").arg(before).arg(after)));
        QVERIFY(std::abs(shown.preview().before.loudness.lufs - shown.preview().after.loudness.lufs) > 11.0); // not by itself
        shown.page.actions().match->setChecked(false);
        QVERIFY(std::abs(heardLufs(PreviewSide::After) - shown.preview().after.loudness.lufs) < 0.1);
    }

    void aMixShowsItsPartnerAndTheSoftLabel()
    {
        ShownPage shown;
        const AugmentationChain chain = AugmentationChain::fromJson({{"mix", {{{"name", "mixup"}}}}});
        QVERIFY(shown.open(chain));
        QVERIFY(shown.page.mixing().isVisible());
        const Example example = shown.clips.trained(chain, {.clip = clipNumber}, shown.page.draws().heldOut());
        QVERIFY(example.partner >= 0);
        QCOMPARE(shown.preview().partner.clip, example.partner);
        QCOMPARE(shown.preview().partner.ownShare, example.ownShare);
        QVERIFY(!shown.preview().partner.thumbnail.isNull());
        const Dataset& dataset = *shown.clips.dataset;
        const QString label = shown.page.mixing().label();
        QVERIFY2(label.contains(QString::fromStdString(dataset.classes[static_cast<size_t>(dataset.clips[clipNumber].label)])), qPrintable(label));
        shown.page.setChain(maskChain());
        QVERIFY(!shown.page.mixing().isVisible());
    }

    void aMixOfSpectrogramsIsSaidToBeSeenNotHeard()
    {
        ShownPage shown;
        QVERIFY(shown.open(AugmentationChain::fromJson({{"mix", {{{"name", "spectrogram_mixup"}}}}})));
        QVERIFY2(shown.notes().contains(QStringLiteral("not heard")), qPrintable(shown.notes()));
        shown.page.setChain(AugmentationChain::fromJson({{"mix", {{{"name", "mixup"}}}}}));
        QVERIFY(shown.awaitPainted(2));
        QVERIFY2(!shown.notes().contains(QStringLiteral("not heard")), qPrintable(shown.notes()));
    }

    void whereNobodyCanBeMixedInItSaysSo()
    {
        ShownPage shown;
        Dataset alone = *shown.clips.dataset;
        for (Clip& clip : alone.clips)
            clip.label = 0;
        shown.page.setDataset(std::make_shared<const Dataset>(alone));
        QVERIFY(shown.open(AugmentationChain::fromJson({{"mix", {{{"name", "between_class"}}}}}))); // wants another class
        QVERIFY2(shown.page.mixing().accessibleDescription().contains(QStringLiteral("there is none")), qPrintable(shown.page.mixing().accessibleDescription()));
        shown.page.setChain(AugmentationChain::fromJson({{"mix", {{{"name", "between_class"}, {"probability", 0.5}}}}}));
        QVERIFY(shown.awaitPainted(2));
        QVERIFY2(shown.page.mixing().accessibleDescription().contains(QStringLiteral("not in this draw")), qPrintable(shown.page.mixing().accessibleDescription()));
    }

    void aSilentDrawSaysSo()
    {
        ShownPage shown;
        const Json all{{"name", "time_mask"}, {"masks", 1}, {"min_share", 1.0}, {"max_share", 1.0}, {"fade", 0.0}};
        QVERIFY(shown.open(AugmentationChain::fromJson({{"waveform", {all}}})));
        QVERIFY2(shown.notes().contains(QStringLiteral("silent")), qPrintable(shown.notes()));
        shown.page.setChain(maskChain());
        QVERIFY(shown.awaitPainted(2));
        QVERIFY2(!shown.notes().contains(QStringLiteral("silent")), qPrintable(shown.notes()));
    }

    void theHeldOutFoldDecidesWhoIsMixedIn()
    {
        ShownPage shown;
        const AugmentationChain chain = AugmentationChain::fromJson({{"mix", {{{"name", "mixup"}}}}});
        QVERIFY(shown.open(chain));
        const Dataset& dataset = *shown.clips.dataset;
        QCOMPARE(shown.page.draws().heldOut(), std::optional(dataset.folds.back())); // as for a run, where nobody chose
        auto* folds = shown.page.draws().findChild<QComboBox*>();
        QCOMPARE(folds->count(), 1 + static_cast<int>(dataset.folds.size()));
        std::set<int> partners;
        int paintings = 1;
        for (const int fold : dataset.folds) {
            folds->setCurrentIndex(folds->findData(fold));
            QVERIFY(shown.awaitPainted(++paintings));
            const int partner = shown.preview().partner.clip;
            QCOMPARE(partner, shown.clips.trained(chain, {.clip = clipNumber}, fold).partner);
            QVERIFY(dataset.clips[static_cast<size_t>(partner)].fold != fold);
            partners.insert(partner);
            const bool held = fold == dataset.clips[clipNumber].fold;
            QCOMPARE(shown.notes().contains(QStringLiteral("held-out")), held);
        }
        QVERIFY(partners.size() > 1);
    }

    void aDrawThatChangesNothingSaysSo()
    {
        ShownPage shown;
        QVERIFY(shown.open(maskChain(0.0)));
        QVERIFY2(shown.notes().contains(QStringLiteral("leaves the clip as it is")), qPrintable(shown.notes()));
        shown.page.setChain(maskChain());
        QVERIFY(shown.awaitPainted(2));
        QVERIFY2(shown.notes().contains(QStringLiteral("changes the spectrogram only")), qPrintable(shown.notes()));
    }

    void nothingIsComputedWhileItIsHidden()
    {
        ShownPage shown;
        QVERIFY(shown.open());
        shown.page.hide();
        QSignalSpy requests(&shown.page, &AugmentPage::previewRequested);
        shown.page.setChain(maskChain(0.05));
        shown.page.setClip(clipNumber + 1);
        QVERIFY(requests.isEmpty());
        shown.page.show();
        QCOMPARE(requests.count(), 1);
        QVERIFY(shown.awaitPainted(2));
        QCOMPARE(shown.preview().request.draw.clip, clipNumber + 1);
    }

    void panesCanBeChosenAndOneAlwaysStays()
    {
        ShownPage shown;
        QVERIFY(shown.open());
        PreviewPanes& panes = shown.page.panes();
        panes.setShown(PreviewPanes::Difference);
        QVERIFY(panes.difference().isVisible());
        QVERIFY(!panes.before().isVisible());
        QVERIFY(!panes.levels().isVisible());
        shown.page.setChain(maskChain(0.1));
        QVERIFY(shown.awaitPainted(2)); // hidden panes are not waited for
        panes.setShown({});
        QVERIFY(panes.after().isVisible());
    }

    void theReadOutNamesBothValues()
    {
        ShownPage shown;
        QVERIFY(shown.open());
        QSignalSpy texts(&shown.page.panes(), &PreviewPanes::readOutChanged);
        SpectrogramView& view = shown.page.panes().after();
        const QPoint centre = view.plotArea().center();
        QTest::mouseMove(&view, centre);
        QTRY_VERIFY(!texts.isEmpty());
        const QString text = texts.last().first().toString();
        const ViewGeometry geometry = view.geometryInPixels();
        const double seconds = view.secondsOfX(centre.x());
        const double hz = geometry.hzOfY(centre.y() - view.plotArea().top());
        for (const SpectrogramView* each : {&shown.page.panes().before(), &view})
            QVERIFY2(text.contains(numberText(static_cast<double>(*each->valueAt(seconds, hz)), 1)), qPrintable(text));
    }

    void theTimeAxisIsShared()
    {
        ShownPage shown;
        QVERIFY(shown.open());
        QTest::keyClick(&shown.page, Qt::Key_Plus, Qt::ControlModifier);
        QVERIFY(!shown.page.timeline().window().isWhole());
        const double x = shown.page.panes().before().xOfSeconds(0.2);
        QCOMPARE(shown.page.panes().after().xOfSeconds(0.2), x);
        QCOMPARE(shown.page.panes().difference().xOfSeconds(0.2), x);
        QTest::keyClick(&shown.page, Qt::Key_F);
        QVERIFY(shown.page.timeline().window().isWhole());
    }
};

QTEST_MAIN(TestAugmentPage)
#include "tst_AugmentPage.moc"
