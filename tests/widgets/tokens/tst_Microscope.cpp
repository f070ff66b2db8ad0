// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/GuessList.h"
#include "tokens/MaskLegend.h"
#include "tokens/MaskedClipView.h"
#include "tokens/MicroscopePanel.h"
#include "widgets/tokens/SmallTokens.h"

#include <QComboBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QtTest>

#include <cmath>

using namespace melscope;
using namespace melscope::test;

/// A batch of two clips of the small set; of the second, tokens 2 (guessed right), 3 (guessed wrong) and 5 are hidden.
static std::shared_ptr<const MicroscopeLook> smallLook()
{
    auto look = std::make_shared<MicroscopeLook>();
    look->tokens = smallTokenSet();
    const TokenSet& set = *look->tokens;
    for (const int index : {0, 2}) {
        MaskedPrediction clip{.clip = index, .layout = set.layout, .mels = 16, .frames = 65};
        for (int i = 0; i < 16 * 65; ++i)
            clip.input.push_back(static_cast<float>(i % 65));
        clip.masked = {false, false, true, true, false, true, false, false};
        clip.targets.assign(set.tokensOf(index).begin(), set.tokensOf(index).end());
        clip.losses.assign(8, 0.0f);
        clip.guesses.resize(8);
        const int32_t target = clip.targets[2];
        clip.guesses[2] = {{{target, 0.5f}, {1, 0.2f}, {4, 0.1f}, {0, 0.05f}, {3, 0.01f}}};
        clip.losses[2] = -std::log(0.5f);
        clip.guesses[3] = {{{4, 0.8f}, {clip.targets[3], 0.1f}, {0, 0.05f}, {1, 0.02f}, {2, 0.01f}}};
        clip.losses[3] = -std::log(0.1f);
        look->batch.clips.push_back(clip);
    }
    look->batch.loss = 1.49786;
    look->batch.accuracy = 0.5;
    look->batch.asked = 4;
    return look;
}

static std::shared_ptr<const MicroscopeLook> lookAt(const RunCodebook& round)
{
    auto look = std::make_shared<MicroscopeLook>(*smallLook());
    look->round = round;
    return look;
}

class TestMicroscope : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aClickAsksForTheBatch()
    {
        MicroscopePanel panel;
        panel.resize(1000, 320);
        panel.show();
        auto* start = panel.findChild<QPushButton*>();
        QVERIFY(!start->isEnabled());
        const RunCodebook round{.run = "abcdefgh", .runName = "bold-owl-3", .fold = 1, .round = 2};
        panel.setRounds({round});
        std::vector<std::pair<RunCodebook, MaskedSpot>> wanted;
        connect(&panel, &MicroscopePanel::lookRequested, this, [&](const RunCodebook& r, const MaskedSpot& spot) { wanted.emplace_back(r, spot); });
        QTest::mouseClick(start, Qt::LeftButton);
        panel.begin(QStringLiteral("Looking"));
        auto* batch = panel.findChild<QSpinBox*>();
        QTest::keyClick(batch, Qt::Key_Up); // on to the next batch, before the first has come
        panel.showLook(lookAt(round));
        panel.begin(QStringLiteral("Looking"));
        QTest::keyClick(batch, Qt::Key_Up);
        QVERIFY(wanted == (std::vector<std::pair<RunCodebook, MaskedSpot>>{{round, {.batch = 0}}, {round, {.batch = 1}}, {round, {.batch = 2}}}));
    }

    void withoutRoundsNothingIsAskedFor()
    {
        MicroscopePanel panel;
        const RunCodebook round{.run = "abcdefgh", .round = 1, .epochs = {5}};
        panel.setRounds({round});
        panel.showLook(lookAt(round));
        QSignalSpy wanted(&panel, &MicroscopePanel::lookRequested);
        panel.setRounds({});
        panel.findChild<QSpinBox*>()->setValue(3);
        QCOMPARE(wanted.count(), 0);
        panel.setRounds({{.run = "another", .round = 1}});
        panel.findChild<QSpinBox*>()->setValue(4); // of a round that nobody has asked for
        QCOMPARE(wanted.count(), 0);
    }

    void anEpochChosenBeforeTheFirstLookHasComeIsLookedAt()
    {
        MicroscopePanel panel;
        panel.setRounds({{.run = "abcdefgh", .round = 2, .epochs = {5, 10}}});
        std::vector<MaskedSpot> wanted;
        connect(&panel, &MicroscopePanel::lookRequested, this, [&](const RunCodebook&, const MaskedSpot& spot) { wanted.push_back(spot); });
        panel.findChild<QPushButton*>()->click();
        panel.begin(QStringLiteral("Looking"));
        panel.findChildren<QComboBox*>()[1]->setCurrentIndex(2);
        QVERIFY(wanted == (std::vector<MaskedSpot>{{}, {.epoch = 10}}));
    }

    void anotherEpochLooksAtTheSameBatch()
    {
        MicroscopePanel panel;
        panel.setRounds({{.run = "abcdefgh", .round = 1}, {.run = "abcdefgh", .round = 2, .epochs = {5, 10}}});
        auto* rounds = panel.findChildren<QComboBox*>()[0];
        auto* epochs = panel.findChildren<QComboBox*>()[1];
        auto* clips = panel.findChildren<QComboBox*>()[2];
        QVERIFY(!epochs->isEnabled()); // round 1 kept its newest alone
        rounds->setCurrentIndex(1);
        QCOMPARE(epochs->count(), 3);
        std::vector<MaskedSpot> wanted;
        connect(&panel, &MicroscopePanel::lookRequested, this, [&](const RunCodebook&, const MaskedSpot& spot) { wanted.push_back(spot); });
        epochs->setCurrentIndex(1);
        QVERIFY(wanted.empty()); // nothing is looked at yet
        auto look = std::make_shared<MicroscopeLook>(*smallLook());
        look->round = {.run = "abcdefgh", .round = 2, .epochs = {5, 10}};
        look->batch.epoch = 5;
        look->batch.step = 50;
        look->batch.isNext = true;
        panel.showLook(look);
        QVERIFY2(panel.verdict().startsWith(QStringLiteral("After epoch 5: loss 1.4979 nats, as training has it")), qPrintable(panel.verdict()));
        clips->setCurrentIndex(1);
        epochs->setCurrentIndex(2);
        QVERIFY(wanted == (std::vector<MaskedSpot>{{.epoch = 10, .step = 50}}));
        look = std::make_shared<MicroscopeLook>(*look);
        look->batch.epoch = 10;
        look->batch.isNext = false;
        panel.showLook(look);
        QVERIFY2(panel.verdict().contains(QStringLiteral("batch 51 in the order of training")), qPrintable(panel.verdict()));
        QCOMPARE(clips->currentIndex(), 1);
    }

    void aRoundThatKeepsAnotherEpochStaysChosen()
    {
        MicroscopePanel panel;
        const RunCodebook other{.run = "a", .runName = "calm-otter-4", .fold = 1, .round = 1, .file = {}, .epochs = {}};
        RunCodebook chosen{.run = "b", .runName = "brave-owl-2", .fold = 1, .round = 2, .file = {}, .epochs = {2}};
        panel.setRounds({other, chosen});
        auto* rounds = panel.findChildren<QComboBox*>().first();
        auto* epochs = panel.findChildren<QComboBox*>().at(1);
        rounds->setCurrentIndex(1);
        epochs->setCurrentIndex(1);
        chosen.epochs = {2, 4};
        panel.setRounds({other, chosen});
        QCOMPARE(rounds->currentText(), QStringLiteral("brave-owl-2, fold 1, round 2"));
        QCOMPARE(epochs->currentText(), QStringLiteral("Epoch 2"));
        QCOMPARE(epochs->count(), 3);
        panel.showLook(smallLook());
        panel.setRounds({});
        panel.showLook(smallLook()); // asked for while there was a run
        QVERIFY(!panel.findChild<QPushButton*>()->isEnabled());
    }

    void aRoundCanBeChosenFromElsewhere()
    {
        MicroscopePanel panel;
        const RunCodebook one{.run = "a", .round = 1}, two{.run = "a", .round = 2, .epochs = {5}};
        panel.setRounds({one, two});
        QSignalSpy wanted(&panel, &MicroscopePanel::lookRequested);
        panel.chooseRound({.run = "a", .round = 2});
        QCOMPARE(panel.findChildren<QComboBox*>()[0]->currentIndex(), 1);
        QCOMPARE(panel.findChildren<QComboBox*>()[1]->count(), 2); // its epochs
        panel.chooseRound({.run = "gone", .round = 1});
        QCOMPARE(panel.findChildren<QComboBox*>()[0]->currentIndex(), 1);
        QCOMPARE(wanted.count(), 0);
    }

    void theLegendHasTheColoursOfTheView()
    {
        MaskedClipView view;
        view.resize(650, 160);
        view.setLook(smallLook(), 1);
        MaskLegend legend;
        const QImage drawn = legend.grab().toImage();
        const auto isInLegend = [&](QRgb colour) {
            for (int y = 0; y < drawn.height(); ++y)
                for (int x = 0; x < drawn.width(); ++x)
                    if (drawn.pixel(x, y) == colour)
                        return true;
            return false;
        };
        const QImage shown = view.grab().toImage();
        const auto frameIsInLegend = [&](int token, auto isIt) {
            for (int y = -1; y <= 3; ++y) { // across the upper edge
                const QRgb pixel = shown.pixel((view.rectOf(token).topLeft() + QPointF(40.0, 0.0)).toPoint() + QPoint(0, y));
                if (isIt(pixel) && isInLegend(pixel))
                    return true;
            }
            return false;
        };
        QVERIFY(frameIsInLegend(2, [](QRgb pixel) { return qBlue(pixel) > qRed(pixel) + 100; })); // guessed right
        QVERIFY(frameIsInLegend(3, [](QRgb pixel) { return qRed(pixel) > qBlue(pixel) + 100; }));
    }

    void theLossIsTheBatchs()
    {
        MicroscopePanel panel;
        panel.showLook(smallLook());
        QVERIFY2(panel.verdict().contains(QStringLiteral("1.4979 nats")), qPrintable(panel.verdict()));
        QVERIFY(panel.verdict().contains(QStringLiteral("50.0 %")));
        panel.showMessage(QStringLiteral("no checkpoint yet"));
        QCOMPARE(panel.verdict(), QStringLiteral("no checkpoint yet"));
    }

    void aTokenTellsTargetAndGuesses()
    {
        MicroscopePanel panel;
        panel.resize(1000, 320);
        panel.show();
        const auto look = smallLook();
        panel.showLook(look);
        auto* clips = panel.findChildren<QComboBox*>().last();
        QCOMPARE(clips->count(), 2);
        QTest::keyClick(clips, Qt::Key_Down); // the second clip
        MaskedClipView& view = panel.view();
        QTest::mouseClick(&view, Qt::LeftButton, {}, view.rectOf(3).center().toPoint());
        const int target = look->batch.clips[1].targets[3];
        QStringList lines = panel.guesses().lines();
        QCOMPARE(lines.size(), 6);
        QCOMPARE(lines[0], QStringLiteral("Asked for code %1: 10.0 %, loss 2.30 nats").arg(target));
        QCOMPARE(lines[1], QStringLiteral("code 4: 80.0 %"));
        QCOMPARE(lines[2], QStringLiteral("✓ code %1: 10.0 %").arg(target));
        QTest::keyClick(&view, Qt::Key_Down); // to the row below: not the same code's row
        QCOMPARE(view.token(), 2);
        QTest::keyClick(&view, Qt::Key_Left);
        QVERIFY(panel.guesses().lines().first().contains(QStringLiteral("not hidden")));
    }

    void whatTheModelSawIsBlank()
    {
        MaskedClipView view;
        view.resize(650, 160);
        view.setLook(smallLook(), 1);
        const auto spread = [&](int token) { // of the picture inside a token: an input that rises by one grey a frame
            const QRect rect = view.rectOf(token).toRect().adjusted(6, 6, -6, -6);
            const QImage image = view.grab(rect).toImage();
            return std::abs(qGray(image.pixel(0, 2)) - qGray(image.pixel(image.width() - 1, 2)));
        };
        QVERIFY(spread(3) > 5);
        view.setBlank(true);
        QCOMPARE(spread(3), 0);
        QVERIFY(spread(0) > 5);
    }
};

QTEST_MAIN(TestMicroscope)
#include "tst_Microscope.moc"
