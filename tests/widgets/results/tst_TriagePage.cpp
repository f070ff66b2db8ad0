// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/TinyDataset.h"
#include "audio/AudioFile.h"
#include "playback/NullOutput.h"
#include "playback/Player.h"
#include "results/ClipListModel.h"
#include "results/TriagePage.h"
#include "spectrogram/SpectrogramView.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace melscope;

namespace {

constexpr int patience = 20000;

/// A page on the screen with a silent player and a queue of three mistakes: clips of fold 1, classes 0, 0 and 1, taken for class 1, 2 and 2.
struct ShownPage
{
    QTemporaryDir folder;
    std::shared_ptr<const Dataset> dataset;
    TriagePage page{std::make_unique<Player>([] { return std::make_unique<NullOutput>(); })};
    TriageQueue queue;
    VerdictMap stored;
    bool active = false;

    ShownPage()
    {
        writeTinyDataset(folder.filePath(QStringLiteral("tiny")));
        dataset = std::make_shared<const Dataset>(openDataset(folder.filePath(QStringLiteral("tiny")).toStdString()));
        queue = {.run = "aaaa1111", .title = QStringLiteral("Mistakes"), .classes = dataset->classes, .predictions = std::make_shared<const Predictions>()};
        for (const auto& [name, label, predicted] : {std::tuple("0-0.wav", 0, 1), std::tuple("0-4.wav", 0, 2), std::tuple("1-0.wav", 1, 2)})
            queue.clips.push_back({.prediction = {.name = name, .fold = 1, .label = label, .predicted = predicted, .loss = 2.0, .probabilities = {0.2F, 0.5F, 0.3F}}});
        // A store that answers at once.
        QObject::connect(&page, &TriagePage::verdictGiven, &page, [this](const std::string&, const ClipVerdict& verdict) {
            stored[{verdict.clip, verdict.predicted}] = verdict.verdict;
            page.setVerdicts(stored);
        });
        page.resize(1200, 680);
        page.show();
        active = QTest::qWaitForWindowActive(&page); // shortcuts hold in the active window only
    }

    static FrontEnd frontEnd()
    {
        return FrontEnd{}.with(Json{{"sample_rate", 8000}, {"clip_seconds", 0.5}, {"n_fft", 256}, {"hop", 64}, {"mels", 32}});
    }

    void open()
    {
        page.open(queue);
        page.setSource(queue.run, {.dataset = dataset, .frontEnd = frontEnd()});
    }

    const Clip& clipNamed(const QString& name) const
    {
        return *std::find_if(dataset->clips.begin(), dataset->clips.end(), [&](const Clip& clip) { return clip.name == name.toStdString(); });
    }
};

} // namespace

class TestTriagePage : public QObject
{
    Q_OBJECT

private:
    TriageTwin twinOf(ShownPage& shown, const auto& act)
    {
        TriageTwin found;
        const auto connection = connect(&shown.page, &TriagePage::twinShown, this, [&](const TriageTwin& twin) { found = twin; });
        act();
        [&] { QTRY_VERIFY_WITH_TIMEOUT(found.candidates > 0, patience); }();
        disconnect(connection);
        return found;
    }

private Q_SLOTS:
    void theClipPlaysAndItsTwinIsATrainingClipOfThePredictedClass()
    {
        ShownPage shown;
        const TriageTwin twin = twinOf(shown, [&] { shown.open(); });
        QVERIFY(shown.page.player().isPlaying());
        QVERIFY(shown.page.clipView().spectrogram() && shown.page.twinView().spectrogram());
        const Clip& clip = shown.clipNamed(twin.sound.name);
        QCOMPARE(clip.label, 1);
        QVERIFY(clip.fold != 1);
        QCOMPARE(twin.candidates, 6); // of eight, two are held out
        QVERIFY(!twin.recognised);    // this run never held them out
    }

    void trainingClipsThatTheRunGetsWrongAreNoTwins()
    {
        ShownPage shown;
        auto known = std::make_shared<Predictions>();
        for (const Clip& clip : shown.dataset->clips)
            if (clip.label == 1 && clip.name != "1-6.wav")
                known->push_back({.name = clip.name, .fold = clip.fold, .label = 1, .predicted = 0});
            else
                known->push_back({.name = clip.name, .fold = clip.fold, .label = clip.label, .predicted = clip.label});
        shown.queue.predictions = known;
        const TriageTwin twin = twinOf(shown, [&] { shown.open(); });
        QCOMPARE(twin.sound.name, QStringLiteral("1-6.wav"));
        QVERIFY(twin.recognised);
    }

    void tabFlipsAndBothAreEquallyLoud()
    {
        ShownPage shown;
        const TriageTwin twin = twinOf(shown, [&] { shown.open(); });
        QCOMPARE(shown.page.side(), TriagePage::Side::Clip);
        QTest::keyClick(&shown.page, Qt::Key_Tab);
        QCOMPARE(shown.page.side(), TriagePage::Side::Twin);
        const Waveform clip = toMono(readAudioFile(shown.clipNamed(QStringLiteral("0-0.wav")).path));
        const double asked = integratedLoudness(clip.samples, clip.sampleRate) + shown.page.gainDb(TriagePage::Side::Clip);
        const double heard = twin.sound.loudness.lufs + shown.page.gainDb(TriagePage::Side::Twin);
        QVERIFY2(std::abs(asked - heard) < 0.01, qPrintable(QStringLiteral("%1 and %2 LUFS").arg(asked).arg(heard)));
        QTest::keyClick(&shown.page, Qt::Key_Tab);
        QCOMPARE(shown.page.side(), TriagePage::Side::Clip);
    }

    void keysMoveOnAndJudge()
    {
        ShownPage shown;
        QVERIFY(shown.active);
        shown.open();
        QSignalSpy closed(&shown.page, &TriagePage::closeRequested);
        QCOMPARE(shown.page.current(), 0);
        QTest::keyClick(&shown.page, Qt::Key_P); // there is none before
        QCOMPARE(shown.page.current(), 0);
        QTest::keyClick(&shown.page, Qt::Key_2);
        QTest::keyClick(&shown.page, Qt::Key_N);
        QCOMPARE(shown.page.current(), 1);
        QTest::keyClick(&shown.page, Qt::Key_3);
        QTest::keyClick(&shown.page, Qt::Key_N);
        QTest::keyClick(&shown.page, Qt::Key_1);
        QCOMPARE(shown.page.model()->verdictAt(0), Verdict::LabelWrong);
        QCOMPARE(shown.page.model()->verdictAt(1), Verdict::BothPlausible);
        QCOMPARE(shown.page.model()->verdictAt(2), Verdict::ModelWrong);
        QCOMPARE(shown.stored.at({"0-4.wav", "class2"}), Verdict::BothPlausible);
        QTest::keyClick(&shown.page, Qt::Key_P);
        QTest::keyClick(&shown.page, Qt::Key_3); // once more takes it back
        QCOMPARE(shown.page.model()->verdictAt(1), Verdict::None);
        QTest::keyClick(&shown.page, Qt::Key_Escape);
        QCOMPARE(closed.size(), 1);
    }

    void whatWasRecognisedCannotBeJudged()
    {
        ShownPage shown;
        shown.queue.clips[0].prediction.predicted = 0;
        shown.open();
        QTest::keyClick(&shown.page, Qt::Key_1);
        QVERIFY(shown.stored.empty());
        QTest::keyClick(&shown.page, Qt::Key_N);
        QTest::keyClick(&shown.page, Qt::Key_1);
        QCOMPARE(shown.stored.size(), size_t{1});
    }

    void aMissingDatasetIsSaid()
    {
        ShownPage shown;
        shown.page.open(shown.queue);
        shown.page.setFailure("another run", QStringLiteral("not this one"));
        QVERIFY(!shown.page.clipView().message().contains(QStringLiteral("not this one")));
        shown.page.setFailure(shown.queue.run, QStringLiteral("The dataset is gone."));
        QCOMPARE(shown.page.clipView().message(), QStringLiteral("The dataset is gone."));
        shown.page.setCurrent(1); // it still is
        QCOMPARE(shown.page.clipView().message(), QStringLiteral("The dataset is gone."));
        shown.queue.clips[1].prediction.name = "nowhere.wav";
        shown.queue.clips[2].prediction.fold = 2;
        shown.open();
        shown.page.setCurrent(1);
        QTRY_VERIFY_WITH_TIMEOUT(shown.page.clipView().message().contains(QStringLiteral("nowhere.wav")), patience);
        shown.page.setCurrent(2); // it is in another fold now, where it may have been trained on
        QTRY_VERIFY_WITH_TIMEOUT(shown.page.clipView().message().contains(QStringLiteral("has changed since the run")), patience);
    }

    void soundEndsWithThePage()
    {
        ShownPage shown;
        twinOf(shown, [&] { shown.open(); });
        shown.page.player().setLooping(true);
        QVERIFY(shown.page.player().isPlaying());
        shown.page.hide();
        QVERIFY(!shown.page.player().isPlaying());
    }
};

QTEST_MAIN(TestTriagePage)
#include "tst_TriagePage.moc"
