// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/AudioFile.h"
#include "playback/NullOutput.h"
#include "playback/Player.h"
#include "tokens/CodeCard.h"
#include "tokens/CodeColours.h"
#include "tokens/CurrentCode.h"
#include "tokens/ExcerptPlayer.h"
#include "tokens/PlacesModel.h"
#include "tokens/PlacesPanel.h"
#include "tokens/TokenMapPane.h"
#include "tokens/TokenMapView.h"
#include "tokens/TokenPage.h"
#include "spectrogram/Timeline.h"
#include "widgets/tokens/SmallTokens.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

#include <cmath>

using namespace melscope;
using namespace melscope::test;

namespace {

constexpr int patience = 20'000;

std::unique_ptr<Player> silentPlayer(NullOutput** output = nullptr)
{
    return std::make_unique<Player>([output] {
        auto made = std::make_unique<NullOutput>();
        made->setKeep(true);
        made->setClockFactor(20.0);
        if (output)
            *output = made.get();
        return made;
    });
}

} // namespace

/// The token map on clips that are really there.
class TestTokenPage : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::shared_ptr<const Dataset> m_dataset;

    struct Shown
    {
        CurrentCode current;
        TokenPage page{current, silentPlayer()};
        QSignalSpy painted{&page.map(), &TokenMapPane::painted};

        explicit Shown(const std::shared_ptr<const Dataset>& dataset, int clip)
        {
            page.resize(800, 500);
            page.show();
            page.setDataset(dataset);
            page.setTokens(smallTokens());
            page.setClip(clip);
        }
        TokenMapView& view() const { return page.map().view(); }
        QPoint middleOf(int token) const { return view().rectOf(token).center().toPoint(); }
        bool await() { return QTest::qWaitFor([this] { return painted.count() > 0 && view().clip() >= 0; }, patience); }
    };

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        Dataset dataset{.name = "small", .classes = {"rain", "wind"}, .folds = {1, 2, 3}};
        for (int clip = 0; clip < 3; ++clip) {
            const std::string name = std::string(1, static_cast<char>('a' + clip)) + ".wav";
            Waveform waveform{.sampleRate = 8000, .channels = 1, .samples = std::vector<float>(8192)};
            for (size_t i = 0; i < waveform.samples.size(); ++i)
                waveform.samples[i] = 0.5f * std::sin(static_cast<float>(i) * 0.3f * static_cast<float>(clip + 1));
            const std::filesystem::path path = m_folder.filePath(QString::fromStdString(name)).toStdString();
            writeAudioFile(path, waveform, SampleFormat::Float32);
            dataset.clips.push_back({.name = name, .path = path, .label = clip == 2 ? 1 : 0, .fold = clip + 1});
        }
        m_dataset = std::make_shared<const Dataset>(dataset);
    }

    void aPageWithoutCodebookSaysWhatToDo()
    {
        CurrentCode current;
        TokenPage page(current, silentPlayer());
        page.resize(800, 500);
        page.show();
        QSignalSpy fit(&page, &TokenPage::fitRequested);
        QPushButton* button = nullptr;
        for (QPushButton* candidate : page.findChildren<QPushButton*>())
            if (candidate->text().contains(QStringLiteral("Fit")))
                button = candidate;
        QVERIFY(button && button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(fit.count(), 1);
        page.setTokens(smallTokens());
        QVERIFY(!button->isVisible());
    }

    void everyTokenIsPaintedInItsCodesColour()
    {
        Shown shown(m_dataset, 1);
        QVERIFY(shown.await());
        shown.view().setOpacity(1.0);
        const QImage image = shown.view().grab().toImage();
        const auto set = smallTokenSet();
        const auto tokens = set->tokensOf(1);
        for (int token = 0; token < 8; ++token) {
            const QRectF rect = shown.view().rectOf(token);
            const QPoint corner(static_cast<int>(rect.left()) + 12, static_cast<int>(rect.bottom()) - 6); // the number is in the middle
            QCOMPARE(QColor(image.pixel(corner)), QColor(CodeColours::ofCode(tokens[static_cast<size_t>(token)])));
        }
    }

    void numbersStandOutFromWhatIsPaintedBehindThem_data()
    {
        QTest::addColumn<double>("opacity");
        for (const double opacity : {0.1, 0.55, 1.0})
            QTest::addRow("%g", opacity) << opacity;
    }

    void numbersStandOutFromWhatIsPaintedBehindThem()
    {
        QFETCH(double, opacity);
        Shown shown(m_dataset, 1);
        QVERIFY(shown.await());
        shown.view().setOpacity(opacity);
        // WCAG 2.1, which asks for 3 : 1 of what is drawn.
        const auto luminance = [](QRgb colour) {
            const auto light = [](int channel) { return channel <= 10 ? channel / 255.0 / 12.92 : std::pow((channel / 255.0 + 0.055) / 1.055, 2.4); };
            return 0.2126 * light(qRed(colour)) + 0.7152 * light(qGreen(colour)) + 0.0722 * light(qBlue(colour));
        };
        for (const int lit : {CurrentCode::none, 0, 1, 4}) { // 4 is nowhere: all step back
            shown.current.hover(lit);
            const QImage image = shown.view().grab().toImage();
            for (int token = 0; token < 8; ++token) {
                const QPoint middle = shown.middleOf(token);
                double behind = 0.0; // beside the number
                for (int y = -8; y < 8; ++y)
                    behind += luminance(image.pixel(middle + QPoint(-12, y))) / 16.0;
                double contrast = 1.0; // of the number's strokes
                for (int y = -8; y < 8; ++y)
                    for (int x = -6; x < 6; ++x) {
                        const double ink = luminance(image.pixel(middle + QPoint(x, y)));
                        contrast = std::max(contrast, (std::max(ink, behind) + 0.05) / (std::min(ink, behind) + 0.05));
                    }
                QVERIFY2(contrast > 3.0, qPrintable(QStringLiteral("code %1, lit %2: %3").arg(shown.view().codeOf(token)).arg(lit).arg(contrast)));
            }
        }
    }

    void theSameCodeLightsUpEverywhere()
    {
        Shown shown(m_dataset, 1); // code 1 has tokens 3 and 7
        QVERIFY(shown.await());
        QTest::mouseMove(&shown.view(), shown.middleOf(3));
        QTRY_COMPARE(shown.current.lit(), 1);
        auto* card = shown.view().findChild<CodeCard*>();
        QVERIFY(card->isVisible());
        QCOMPARE(card->code(), 1);
        QVERIFY(!card->geometry().contains(shown.middleOf(3)));
        card->hide();
        const QImage image = shown.view().grab().toImage();
        const auto isFramed = [&](int token) {
            const QRectF rect = shown.view().rectOf(token);
            return QColor(image.pixel(static_cast<int>(rect.left() + rect.width() / 4), static_cast<int>(std::lround(rect.bottom())) - 2)) == QColor(Qt::white);
        };
        for (int token = 0; token < 8; ++token)
            QCOMPARE(isFramed(token), token == 3 || token == 7);
    }

    void aClickChoosesAndSeeksAndTheKeysWalk()
    {
        Shown shown(m_dataset, 1);
        QVERIFY(shown.await());
        QSignalSpy chosen(&shown.view(), &TokenMapView::tokenChosen);
        QTest::mouseClick(&shown.view(), Qt::LeftButton, {}, shown.middleOf(2));
        QCOMPARE(shown.current.chosen(), 3);
        QCOMPARE(chosen.first().first().toInt(), 2);
        const TimeSpan span = TokenGeometry(*smallTokenSet()).seconds(2);
        QVERIFY(span.contains(shown.page.timeline().playhead()));
        QTest::keyClick(&shown.view(), Qt::Key_Up); // from the lowest row to the one above, at the playhead
        QCOMPARE(shown.current.lit(), 1);
        QTest::keyClick(&shown.view(), Qt::Key_Return);
        QCOMPARE(shown.current.chosen(), 1);
        QCOMPARE(chosen.last().first().toInt(), 3);
    }

    void silenceHasNoCode()
    {
        Shown shown(m_dataset, 0);
        QVERIFY(shown.await());
        QTest::mouseClick(&shown.view(), Qt::LeftButton, {}, shown.middleOf(6));
        QCOMPARE(shown.current.chosen(), CurrentCode::none);
        QTest::mouseMove(&shown.view(), shown.middleOf(7));
        QCOMPARE(shown.current.lit(), CurrentCode::none);
    }

    void aPlaceComesUnderThePlayhead()
    {
        Shown shown(m_dataset, 0);
        QVERIFY(shown.await());
        shown.page.timeline().show({0.0, 0.2});
        const TimeSpan moment = TokenGeometry(*smallTokenSet()).seconds(5);
        shown.page.setClip(1);
        shown.page.seekTo(moment); // the clip is on its way
        QTRY_COMPARE_WITH_TIMEOUT(shown.page.timeline().playhead(), moment.start, patience);
        shown.page.timeline().show({0.0, 0.2});
        shown.page.seekTo(moment); // of the clip that is shown: at once
        QVERIFY(shown.page.timeline().window().visible.contains(moment.start));
    }

    void aClipOfAnotherDatasetSaysSo()
    {
        Dataset other = *m_dataset;
        other.clips[0].name = "stranger.wav";
        Shown shown(std::make_shared<const Dataset>(other), 0);
        const auto says = [&](const QString& words) {
            const auto labels = shown.page.findChildren<QLabel*>();
            return std::ranges::any_of(labels, [&](const QLabel* label) { return label->isVisible() && label->text().contains(words); });
        };
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("no tokens of this clip")), patience);
        shown.page.setClip(2);
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("never saw")), patience); // fold 3 was left out
    }

    void placesAreListedNearestFirst()
    {
        CurrentCode current;
        PlacesPanel panel(current);
        panel.setTokens(smallTokens());
        panel.show();
        const QAbstractItemModelTester tester(&panel.model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        current.choose(0);
        const auto set = smallTokenSet();
        QCOMPARE(panel.model().rowCount(), static_cast<int>(std::ranges::count(set->tokens, 0)));
        for (int row = 0; row < panel.model().rowCount(); ++row) {
            const TokenPlace& place = panel.model().placeAt(row);
            QCOMPARE(set->tokensOf(place.clip)[static_cast<size_t>(place.token)], 0);
            QVERIFY(row == 0 || panel.model().placeAt(row - 1).distance <= place.distance);
        }
        const TokenPlace& nearest = panel.model().placeAt(0);
        const QString clip = panel.model().index(0, PlacesModel::Clip).data().toString();
        QCOMPARE(clip, QString::fromStdString(set->classes[static_cast<size_t>(set->labels[static_cast<size_t>(nearest.clip)])] + '\n'
                                              + set->clips[static_cast<size_t>(nearest.clip)]));
        QVERIFY(panel.model().index(0, PlacesModel::Distance).data().toString().endsWith(
            QStringLiteral("\nfold %1").arg(set->folds[static_cast<size_t>(nearest.clip)])));
        QSignalSpy played(&panel, &PlacesPanel::playRequested);
        QSignalSpy wanted(&panel, &PlacesPanel::clipRequested);
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        panel.table().setFocus();
        QTest::keyClick(&panel.table(), Qt::Key_Down);
        QTest::keyClick(&panel.table(), Qt::Key_Space);
        QCOMPARE(played.count(), 1);
        QCOMPARE(played.first().first().value<TokenPlace>(), panel.model().placeAt(1));
        QTest::keyClick(&panel.table(), Qt::Key_Return);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted.first().first().value<TokenPlace>(), panel.model().placeAt(1));
        current.choose(4); // dead
        QCOMPARE(panel.model().rowCount(), 0);
        panel.setTokens(nullptr);
        QCOMPARE(panel.model().rowCount(), 0);
    }

    void allColumnsAreInSightHoweverNarrowThePanel()
    {
        CurrentCode current;
        PlacesPanel panel(current);
        panel.setTokens(smallTokens());
        panel.resize(260, 400);
        panel.show();
        current.choose(0);
        QTRY_COMPARE(panel.table().horizontalHeader()->length(), panel.table().viewport()->width());
    }

    void aButtonSaysThatAPlaceIsShownInItsClip()
    {
        CurrentCode current;
        PlacesPanel panel(current);
        panel.setTokens(smallTokens());
        panel.show();
        current.choose(0);
        QSignalSpy wanted(&panel, &PlacesPanel::clipRequested);
        for (QToolButton* button : panel.findChildren<QToolButton*>())
            if (button->text() == QStringLiteral("Show in its clip") && button->toolButtonStyle() == Qt::ToolButtonTextBesideIcon)
                QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(panel.table().contextMenuPolicy(), Qt::ActionsContextMenu);
    }

    void anExcerptIsTheMomentWithItsSurroundings()
    {
        NullOutput* output = nullptr;
        ExcerptPlayer player(silentPlayer(&output));
        QSignalSpy started(&player, &ExcerptPlayer::started);
        QSignalSpy ended(&player.player(), &Player::playingChanged);
        player.play(m_dataset->clips[0].path, {0.5, 0.6});
        QVERIFY(started.wait(patience));
        // The playing flag falls when all of it was taken.
        QTRY_VERIFY_WITH_TIMEOUT(!ended.isEmpty() && !ended.last().first().toBool(), patience);
        const Waveform whole = readAudioFile(m_dataset->clips[0].path);
        const auto first = static_cast<qsizetype>((0.5 - ExcerptPlayer::context) * 8000.0);
        const auto count = static_cast<qsizetype>((0.1 + 2.0 * ExcerptPlayer::context) * 8000.0);
        const auto* taken = reinterpret_cast<const float*>(output->taken().constData());
        QVERIFY(output->taken().size() >= count * qsizetype(sizeof(float)));
        const auto fade = static_cast<qsizetype>(ExcerptPlayer::fade * 8000.0);
        for (qsizetype i = fade; i < count - fade; ++i)
            QCOMPARE(taken[i], whole.samples[static_cast<size_t>(first + i)]);
        QCOMPARE(taken[0], 0.0f);
    }

    void paddingCannotBeHeard()
    {
        ExcerptPlayer player(silentPlayer());
        QSignalSpy failed(&player, &ExcerptPlayer::failed);
        player.play(m_dataset->clips[0].path, {3.0, 3.1});
        QVERIFY(failed.wait(patience));
        QVERIFY(failed.first().first().toString().contains(QStringLiteral("a.wav")));
    }
};

QTEST_MAIN(TestTokenPage)
#include "tst_TokenPage.moc"
