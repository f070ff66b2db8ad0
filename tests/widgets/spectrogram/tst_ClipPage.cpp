// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/AudioFile.h"
#include "common/ParameterForm.h"
#include "playback/NullOutput.h"
#include "playback/Player.h"
#include "spectral/SpectrogramExtractor.h"
#include "spectral/SpectrogramFiles.h"
#include "spectrogram/ClipPage.h"
#include "spectrogram/ColourBar.h"
#include "spectrogram/DisplayPanel.h"
#include "spectrogram/FrontEndPanel.h"
#include "spectrogram/SpectrogramView.h"
#include "spectrogram/WaveformView.h"

#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include <cmath>
#include <numbers>

using namespace melscope;

namespace {

constexpr double toneHz = 3000.0;

void writeTone(const std::filesystem::path& path, double seconds, double hz = toneHz)
{
    Waveform waveform{44100, 1, {}};
    for (int i = 0; i < seconds * waveform.sampleRate; ++i)
        waveform.samples.push_back(0.5F * static_cast<float>(std::sin(2.0 * std::numbers::pi * hz * i / waveform.sampleRate)));
    writeAudioFile(path, waveform, SampleFormat::Float32);
}

/// A page on the screen with a silent, recording player, and a folder with clips.
struct ShownPage
{
    QTemporaryDir folder;
    std::filesystem::path tone = path("tone.wav");
    ClipPage page{std::make_unique<Player>([] { return std::make_unique<NullOutput>(); })};
    QSignalSpy painted{&page, &ClipPage::spectrogramPainted};

    ShownPage()
    {
        writeTone(tone, 2.0);
        page.resize(1280, 720);
        page.show();
    }

    std::filesystem::path path(const char* name) const { return folder.filePath(QLatin1String(name)).toStdString(); }

    bool openTone()
    {
        page.setClip(tone, QStringLiteral("tone"));
        return awaitPainted(1);
    }

    bool awaitPainted(int times)
    {
        return QTest::qWaitFor([this, times] { return painted.count() >= times; }, 20000);
    }

    SpectrogramView& view() const { return page.spectrogramView(); }

    int brightnessAt(double seconds, double hz) const
    {
        const QImage image = view().grab().toImage();
        const ViewGeometry geometry = view().geometryInPixels();
        const QRect area = view().plotArea();
        const QPointF point(area.left() + geometry.xOfSeconds(seconds), area.top() + geometry.yOfHz(hz));
        return qGray(image.pixel((point * image.devicePixelRatio()).toPoint()));
    }

    QString notes() const
    {
        QStringList texts;
        for (const QLabel* label : page.findChildren<QLabel*>())
            if (label->isVisible())
                texts.append(label->text());
        return texts.join(QLatin1Char('\n'));
    }
};

} // namespace

class TestClipPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsEmptyAndSaysWhatToDo()
    {
        const ShownPage shown;
        QVERIFY(shown.view().message().contains(QStringLiteral("Choose one")));
        QVERIFY(!shown.page.actions().play->isEnabled());
        QVERIFY(!shown.page.actions().save->isEnabled());
    }

    void theToneIsBrightAtItsFrequencyOnEveryAxis()
    {
        ShownPage shown;
        QVERIFY(shown.openTone());
        for (int axis = 0; axis < shown.page.displayPanel().axes()->count(); ++axis) {
            shown.page.displayPanel().axes()->setCurrentIndex(axis);
            QTRY_VERIFY2(shown.brightnessAt(1.0, toneHz) > 200 && shown.brightnessAt(1.0, 9000.0) < 60
                             && shown.brightnessAt(1.0, 500.0) < 60,
                         qPrintable(shown.page.displayPanel().axes()->currentText()));
        }
        QVERIFY(shown.painted.at(0).at(0).toDouble() > 0.0);
    }

    void aChangedParameterPaintsANewSpectrogram()
    {
        ShownPage shown;
        QVERIFY(shown.openTone());
        QSignalSpy changes(&shown.page, &ClipPage::frontEndChanged);
        shown.page.frontEndPanel().form()->setValue("n_fft", 512);
        Q_EMIT shown.page.frontEndPanel().form()->valueChanged(QStringLiteral("n_fft"));
        QVERIFY(shown.awaitPainted(2));
        QCOMPARE(changes.count(), 1);
        QCOMPARE(shown.page.frontEnd().nFft, 512);
        QCOMPARE(shown.page.frontEnd().winLength, 512);
        QCOMPARE(shown.view().spectrogram()->frontEnd.nFft, 512);
        QVERIFY(shown.brightnessAt(1.0, toneHz) > 200);
    }

    void scaledFilterBanksAreNoDecibels()
    {
        ShownPage shown;
        QVERIFY(shown.openTone());
        shown.page.setFrontEnd(FrontEnd::preset("beats"));
        QVERIFY(shown.awaitPainted(2));
        QCOMPARE(shown.view().spectrogram()->unit, QStringLiteral("sd"));
        QVERIFY(shown.brightnessAt(1.0, toneHz) > 200);
    }

    void furtherPresetsAreOfferedOnce()
    {
        ShownPage shown;
        QVERIFY(shown.openTone());
        FrontEndPanel& panel = shown.page.frontEndPanel();
        QComboBox* presets = panel.presets();
        const int before = presets->count();
        panel.addPreset(QStringLiteral("As esc"), FrontEnd::preset("esc"));
        QCOMPARE(presets->count(), before);
        const FrontEnd small = FrontEnd::preset("esc").with("mels", 64.0);
        shown.page.setFrontEnd(small);
        QCOMPARE(presets->currentText(), QStringLiteral("Own values"));
        panel.addPreset(QStringLiteral("Small"), small);
        QCOMPARE(presets->count(), before + 1);
        QCOMPARE(presets->currentText(), QStringLiteral("Small"));
        const int esc = presets->findText(QStringLiteral("ESC (default)"));
        presets->setCurrentIndex(esc);
        Q_EMIT presets->activated(esc);
        QCOMPARE(shown.page.frontEnd(), FrontEnd::preset("esc"));
        presets->setCurrentIndex(before);
        Q_EMIT presets->activated(before);
        QCOMPARE(shown.page.frontEnd(), small);
    }

    void theNewestOfManyChangesWins()
    {
        ShownPage shown;
        QVERIFY(shown.openTone());
        for (int mels = 20; mels <= 100; ++mels)
            shown.page.setFrontEnd(FrontEnd().with("mels", mels));
        QVERIFY(shown.awaitPainted(2));
        QCOMPARE(shown.view().spectrogram()->grid.mels, 100);
        QCOMPARE(shown.painted.count(), 2); // the overtaken ones are not reported
    }

    void contradictingValuesKeepTheGoodPictureAndSayWhy()
    {
        ShownPage shown;
        QVERIFY(shown.openTone());
        const FrontEnd good = shown.page.frontEnd();
        ParameterForm* form = shown.page.frontEndPanel().form();
        form->setValue("f_min", 22050.0);
        form->setValue("f_max", 100.0);
        Q_EMIT form->valueChanged(QStringLiteral("f_max"));
        QVERIFY(form->hasErrors());
        QCOMPARE(shown.page.frontEnd(), good);
        QVERIFY(shown.notes().contains(QStringLiteral("f_m")));
        form->setValue("f_min", 0.0);
        Q_EMIT form->valueChanged(QStringLiteral("f_min"));
        QVERIFY(!form->hasErrors());
        QCOMPARE(shown.page.frontEnd().fMax, 100.0);
    }

    void presetsSetEveryValue()
    {
        ShownPage shown;
        QVERIFY(shown.openTone());
        QComboBox* presets = shown.page.frontEndPanel().presets();
        const int kaldi = presets->findText(QStringLiteral("Kaldi fbank"));
        presets->setCurrentIndex(kaldi);
        Q_EMIT presets->activated(kaldi);
        QVERIFY(shown.awaitPainted(2));
        QCOMPARE(shown.page.frontEnd(), FrontEnd::preset("kaldi"));
        QCOMPARE(shown.view().spectrogram()->unit, QStringLiteral("ln"));
        QVERIFY(shown.brightnessAt(1.0, toneHz) > 200);
    }

    void anUnreadableFileGetsItsSentenceInPlaceOfThePicture()
    {
        ShownPage shown;
        QVERIFY(shown.openTone());
        const std::filesystem::path broken = shown.path("broken.wav");
        QFile file(QString::fromStdString(broken.string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("this is no sound");
        file.close();
        QSignalSpy failures(&shown.page, &ClipPage::clipFailed);
        shown.page.setClip(broken, QStringLiteral("broken"));
        QTRY_COMPARE(failures.count(), 1);
        QVERIFY(shown.view().message().contains(QStringLiteral("broken.wav")));
        QVERIFY(!shown.page.actions().play->isEnabled());
        shown.page.setClip(shown.tone, QStringLiteral("tone"));
        QVERIFY(shown.awaitPainted(2));
        QCOMPARE(shown.view().message(), QString());
    }

    void theClipChosenLastIsShown()
    {
        ShownPage shown;
        const std::filesystem::path last = shown.path("last.wav");
        writeTone(last, 1.0, 9000.0);
        QSignalSpy clips(&shown.page, &ClipPage::clipShown);
        for (int i = 0; i < 5; ++i)
            shown.page.setClip(shown.tone, QStringLiteral("tone"));
        shown.page.setClip(last, QStringLiteral("last"));
        QTRY_VERIFY(shown.awaitPainted(1));
        QCOMPARE(clips.count(), 1);
        QCOMPARE(clips.at(0).at(0).toString(), QStringLiteral("last"));
        QVERIFY(shown.brightnessAt(0.5, 9000.0) > 200);
    }

    void theModelsEyeIsTheExactNormalisedTensor()
    {
        ShownPage shown;
        QVERIFY(shown.openTone());
        shown.page.setNormalisation(Normalisation{-40.0, 20.0});
        shown.page.actions().modelsEye->trigger();
        QVERIFY(shown.awaitPainted(2));
        const FrontEnd& frontEnd = shown.page.frontEnd();
        const SpectrogramExtractor extractor(frontEnd);
        SpectrogramGrid expected = extractor.compute(extractor.prepare(readAudioFile(shown.tone), true));
        for (float& value : expected.values)
            value = (value - -40.0F) / 20.0F;
        QCOMPARE(shown.view().spectrogram()->grid.frames, frontEnd.frames());
        QVERIFY(shown.view().spectrogram()->grid == expected);
        QCOMPARE(shown.page.timeline().window().duration, 5.0);
    }

    void theModelsEyeSaysWhenItUsesTheClipsOwnStatistics()
    {
        ShownPage shown;
        QVERIFY(shown.openTone());
        shown.page.actions().modelsEye->trigger();
        QVERIFY(shown.awaitPainted(2));
        QVERIFY(shown.notes().contains(QStringLiteral("own mean")));
        double sum = 0.0, squares = 0.0;
        const SpectrogramGrid& grid = shown.view().spectrogram()->grid;
        for (const float value : grid.values) {
            sum += value;
            squares += static_cast<double>(value) * value;
        }
        const auto count = static_cast<double>(grid.values.size());
        QVERIFY(std::abs(sum / count) < 1e-4);
        QVERIFY(std::abs(squares / count - 1.0) < 1e-3);
    }

    void theColourBarChangesTheRange()
    {
        ShownPage shown;
        QVERIFY(shown.openTone());
        auto* bar = shown.page.findChild<ColourBar*>();
        const ColourScale before = shown.view().scale();
        const QPoint handle(bar->width() / 4, static_cast<int>(bar->yOfValue(before.high)));
        QTest::mousePress(bar, Qt::LeftButton, {}, handle);
        QTest::mouseMove(bar, handle + QPoint(0, 60));
        QTest::mouseRelease(bar, Qt::LeftButton, {}, handle + QPoint(0, 60));
        QVERIFY(shown.view().scale().high < before.high - 5.0F);
        QCOMPARE(shown.view().scale().low, before.low);
        QVERIFY(!shown.page.displayPanel().isAutomatic());
        QTest::mouseDClick(bar, Qt::LeftButton, {}, handle);
        QCOMPARE(shown.view().scale(), before);
    }

    void clicksSeekAndDragsSelect()
    {
        ShownPage shown;
        QVERIFY(shown.openTone());
        WaveformView& wave = shown.page.waveformView();
        const auto at = [&](double seconds) { return QPoint(static_cast<int>(std::lround(wave.xOfSeconds(seconds))), 20); };
        QTest::mouseClick(&wave, Qt::LeftButton, {}, at(1.5));
        QVERIFY(std::abs(shown.page.player().positionSeconds() - 1.5) < 0.01);
        QTest::mousePress(&wave, Qt::LeftButton, {}, at(0.5));
        QTest::mouseMove(&wave, at(0.9));
        QTest::mouseRelease(&wave, Qt::LeftButton, {}, at(0.9));
        QVERIFY(std::abs(shown.page.timeline().selection().start - 0.5) < 0.01);
        QVERIFY(std::abs(shown.page.timeline().selection().end - 0.9) < 0.01);
        QVERIFY(std::abs(shown.page.player().positionSeconds() - 1.5) < 0.01);
    }

    void theSelectionIsWhatLoops()
    {
        ShownPage shown;
        QVERIFY(shown.openTone());
        shown.page.timeline().setSelection({0.5, 0.6});
        QTest::keyClick(&shown.page, Qt::Key_L);
        QVERIFY(shown.page.player().isLooping());
        QTest::keyClick(&shown.page, Qt::Key_Space);
        QVERIFY(shown.page.player().isPlaying());
        QSignalSpy positions(&shown.page.player(), &Player::positionChanged);
        QTRY_VERIFY(positions.count() > 20);
        for (const QList<QVariant>& position : positions)
            QVERIFY(position.at(0).toDouble() >= 0.5 && position.at(0).toDouble() <= 0.6);
        QTest::keyClick(&shown.page, Qt::Key_Space);
        QVERIFY(!shown.page.player().isPlaying());
    }

    void wheelAndKeysMoveTheView()
    {
        ShownPage shown;
        QVERIFY(shown.openTone());
        const auto wheel = [&](double seconds, int angle, Qt::KeyboardModifiers modifiers) {
            const QPointF point(shown.view().xOfSeconds(seconds), 50.0);
            QWheelEvent event(point, shown.view().mapToGlobal(point), {}, {0, angle}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(&shown.view(), &event);
        };
        const TimeWindow& window = shown.page.timeline().window();
        wheel(0.5, 480, Qt::ControlModifier);
        QVERIFY(window.visible.length() < 1.0);
        QVERIFY(std::abs((0.5 - window.visible.start) / window.visible.length() - 0.25) < 1e-6);
        const double start = window.visible.start;
        wheel(0.5, -120, Qt::NoModifier);
        QVERIFY(window.visible.start > start);
        QTest::keyClick(&shown.page, Qt::Key_F);
        QVERIFY(window.isWhole());
        QTest::keyClick(&shown.view(), Qt::Key_Plus);
        QVERIFY(!window.isWhole());
        QTest::keyClick(&shown.view(), Qt::Key_Minus);
        QVERIFY(window.isWhole());
        QTest::keyClick(&shown.view(), Qt::Key_End);
        QCOMPARE(shown.page.player().positionSeconds(), 2.0);
        QTest::keyClick(&shown.view(), Qt::Key_Left);
        QVERIFY(shown.page.player().positionSeconds() < 2.0);
    }

    void theReadOutNamesTimeFrequencyAndLevel()
    {
        ShownPage shown;
        QVERIFY(shown.openTone());
        const ViewGeometry geometry = shown.view().geometryInPixels();
        const QRect area = shown.view().plotArea();
        const QPoint point(area.left() + static_cast<int>(geometry.xOfSeconds(1.0)), area.top() + static_cast<int>(geometry.yOfHz(toneHz)));
        QSignalSpy readOuts(&shown.view(), &SpectrogramView::readOutChanged);
        QTest::mouseMove(&shown.view(), point);
        QTRY_VERIFY(readOuts.count() > 0);
        const QString text = readOuts.last().at(0).toString();
        const QStringList parts = text.split(QStringLiteral(", "));
        QCOMPARE(parts.size(), 3);
        QVERIFY(std::abs(parts[0].section(QLatin1Char(' '), 0, 0).toDouble() - 1.0) < 0.01);
        QVERIFY(std::abs(parts[1].section(QLatin1Char(' '), 0, 0).toDouble() - toneHz) < 100.0);
        QVERIFY(parts[2].endsWith(QStringLiteral("dB")));
    }

    void savesPicturesAndNumbers()
    {
        ShownPage shown;
        QVERIFY(shown.openTone());
        QSignalSpy saves(&shown.page, &ClipPage::saved);
        for (const char* name : {"figure.png", "figure.svg", "grid.npy", "grid.csv"}) {
            saves.clear();
            shown.page.saveTo(shown.path(name));
            QTRY_COMPARE_WITH_TIMEOUT(saves.count(), 1, 20000);
        }
        QVERIFY(readNpy(shown.path("grid.npy")) == shown.view().spectrogram()->grid);
        QCOMPARE(QImage(QString::fromStdString(shown.path("figure.png").string())).size(), QSize(2400, 1350));
        QFile svg(QString::fromStdString(shown.path("figure.svg").string()));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        QVERIFY(svg.readAll().contains("Frequency (Hz)"));
        QSignalSpy failures(&shown.page, &ClipPage::saveFailed);
        shown.page.saveTo(shown.path("figure.tiff"));
        QTRY_COMPARE(failures.count(), 1);
        QVERIFY(failures.at(0).at(0).toString().contains(QStringLiteral(".png")));
    }

    void everyControlHasAName()
    {
        const ShownPage shown;
        for (const QWidget* widget : {static_cast<QWidget*>(&shown.view()), static_cast<QWidget*>(&shown.page.waveformView())})
            QVERIFY(!widget->accessibleName().isEmpty());
        for (const QComboBox* box : shown.page.displayPanel().findChildren<QComboBox*>())
            QVERIFY(!box->accessibleName().isEmpty() && !box->toolTip().isEmpty());
    }

    void goesAwayWhileItsJobsRun()
    {
        for (int i = 0; i < 10; ++i) {
            ShownPage shown;
            shown.page.setClip(shown.tone, QStringLiteral("tone"));
            if (i % 2 == 0)
                QVERIFY(shown.awaitPainted(1));
            shown.page.setFrontEnd(FrontEnd().with("mels", 64));
            shown.page.saveTo(shown.path("late.png"));
        }
    }
};

QTEST_MAIN(TestClipPage)
#include "tst_ClipPage.moc"
