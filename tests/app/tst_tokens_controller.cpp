// SPDX-License-Identifier: GPL-3.0-or-later
#include "RunsController.h"
#include "TokensController.h"
#include "TokensPerspective.h"
#include "app/TinyDataset.h"
#include "base/Files.h"
#include "common/JobBar.h"
#include "common/ParameterForm.h"
#include "playback/Player.h"
#include "spectrogram/Timeline.h"
#include "tokens/AgreementPanel.h"
#include "tokens/CodeGallery.h"
#include "tokens/CodeGalleryPanel.h"
#include "tokens/CurrentCode.h"
#include "tokens/ExcerptPlayer.h"
#include "tokens/MicroscopePanel.h"
#include "tokens/PlacesModel.h"
#include "tokens/PlacesPanel.h"
#include "tokens/TokenPage.h"
#include "tokens/TokenSpans.h"

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

using namespace melscope;

/// The perspective and what feeds it, on a tiny dataset.
class TestTokensController : public QObject
{
    Q_OBJECT

private:
    static constexpr int patience = 60'000;

    QTemporaryDir m_folder;
    std::shared_ptr<const Dataset> m_dataset;
    const FrontEnd m_frontEnd = FrontEnd{}.with(Json{{"sample_rate", 8000}, {"clip_seconds", 0.5}, {"n_fft", 256}, {"hop", 128}, {"mels", 16}});

    struct Shown
    {
        RunsController runs;
        TokensPerspective perspective;
        TokensController controller{perspective, runs};

        explicit Shown(const TestTokensController& test) : runs(test.m_folder.filePath(QStringLiteral("runs")).toStdString())
        {
            perspective.resize(1280, 700);
            perspective.show();
            controller.setDataset(test.m_dataset);
            controller.setFrontEnd(test.m_frontEnd);
            auto* form = perspective.sources().findChild<ParameterForm*>();
            form->setValues({{"codes", 4}, {"patch_mels", 8}, {"patch_frames", 8}});
        }
        QPushButton* fitButton() { return perspective.sources().findChild<QPushButton*>(QStringLiteral("fit")); }
        void fit()
        {
            const size_t before = controller.codebooks().size();
            QTest::mouseClick(fitButton(), Qt::LeftButton);
            QTRY_COMPARE_WITH_TIMEOUT(controller.codebooks().size(), before + 1, patience);
        }
    };

private Q_SLOTS:
    void initTestCase()
    {
        const QString folder = m_folder.filePath(QStringLiteral("tiny"));
        qputenv("MELSCOPE_CACHE_DIR", m_folder.filePath(QStringLiteral("cache")).toUtf8());
        writeTinyDataset(folder);
        m_dataset = std::make_shared<const Dataset>(openDataset(folder.toStdString()));
    }

    void aClickFitsWhatTheFieldsSay()
    {
        Shown shown(*this);
        const TokenSourcePanel::FitWish wish = shown.perspective.sources().wish();
        QCOMPARE(wish.settings.frontEnd, m_frontEnd);
        shown.fit();
        QVERIFY(shown.perspective.tokens());
        QCOMPARE(*shown.perspective.tokens()->set, *fitTokens(*m_dataset, wish.settings, wish.heldOut, 1));
        QVERIFY(!shown.perspective.sources().findChild<JobBar*>()->isVisible());
    }

    void aSavedCodebookOpensAndComparesAsEqual()
    {
        Shown shown(*this);
        shown.fit();
        const QString file = m_folder.filePath(QStringLiteral("codes.safetensors"));
        Q_EMIT shown.perspective.sources().saveRequested(file);
        QTRY_VERIFY_WITH_TIMEOUT(shown.perspective.sources().message().contains(file), patience);
        Q_EMIT shown.perspective.sources().openRequested(file);
        QTRY_COMPARE_WITH_TIMEOUT(shown.controller.codebooks().size(), size_t{2}, patience);
        QCOMPARE(*shown.controller.codebooks()[0]->set, *shown.controller.codebooks()[1]->set);
        Q_EMIT shown.perspective.agreement().compareRequested(0);
        QTRY_VERIFY_WITH_TIMEOUT(shown.perspective.agreement().verdict().contains(QStringLiteral("1.000")), patience);
        Q_EMIT shown.perspective.sources().removeRequested(1);
        QCOMPARE(shown.perspective.tokens(), shown.controller.codebooks()[0]);
        Q_EMIT shown.perspective.sources().removeRequested(0);
        QVERIFY(!shown.perspective.tokens());
    }

    void theMicroscopeFollowsTheCodebookOfARun()
    {
        Shown shown(*this);
        shown.fit();
        const QString file = m_folder.filePath(QStringLiteral("round2.safetensors"));
        Q_EMIT shown.perspective.sources().saveRequested(file);
        QTRY_VERIFY_WITH_TIMEOUT(shown.perspective.sources().message().contains(file), patience);
        const RunCodebook first{.run = "a", .runName = "calm-otter-4", .fold = 1, .round = 1}, other{.run = "b", .runName = "brave-owl-2", .fold = 1, .round = 1};
        const RunCodebook second{.run = "b", .runName = "brave-owl-2", .fold = 1, .round = 2, .file = file.toStdString()};
        MicroscopePanel& microscope = shown.perspective.microscope();
        microscope.setRounds({first, other, second});
        const auto round = [&] { return microscope.findChild<QComboBox*>()->currentText(); };
        QCOMPARE(round(), QStringLiteral("calm-otter-4, fold 1, round 1"));
        Q_EMIT shown.perspective.sources().runRequested(second);
        QTRY_COMPARE_WITH_TIMEOUT(round(), QStringLiteral("brave-owl-2, fold 1, round 2"), patience);
        Q_EMIT shown.perspective.sources().chosen(0); // fitted here: no round of a run
        QCOMPARE(round(), QStringLiteral("brave-owl-2, fold 1, round 2"));
        microscope.chooseRound(first);
        Q_EMIT shown.perspective.sources().chosen(1);
        QCOMPARE(round(), QStringLiteral("brave-owl-2, fold 1, round 2"));
        Q_EMIT shown.perspective.agreement().compareRequested(0);
        QTRY_VERIFY_WITH_TIMEOUT(shown.perspective.agreement().verdict().contains(QStringLiteral("First: brave-owl-2, fold 1, round 2: ")), patience);
    }

    void everyClipsTokensAreWrittenAsLabels()
    {
        Shown shown(*this);
        shown.fit();
        const QString folder = m_folder.filePath(QStringLiteral("labels"));
        Q_EMIT shown.perspective.sources().labelsRequested(folder);
        QTRY_VERIFY_WITH_TIMEOUT(shown.perspective.sources().message().contains(folder), patience);
        const TokenSet& set = *shown.perspective.tokens()->set;
        QCOMPARE(QDir(folder).entryList(QDir::Files).size(), set.clipCount());
        for (int clip = 0; clip < set.clipCount(); ++clip) {
            const std::string labels = readFile(folder.toStdString() + '/' + labelFileName(set.clips[static_cast<size_t>(clip)]));
            QCOMPARE(labels, audacityLabels(tokenSpans(set.tokensOf(clip), set.layout, set.tokenizer.frontEnd)));
        }
        Q_EMIT shown.perspective.sources().labelsRequested(QStringLiteral("/proc/nowhere"));
        QTRY_VERIFY_WITH_TIMEOUT(shown.perspective.sources().message().contains(QStringLiteral("/proc/nowhere")), patience);
        QVERIFY2(!shown.perspective.sources().message().startsWith(QStringLiteral("The tokens")), qPrintable(shown.perspective.sources().message()));
    }

    void aPlaceIsHeardAndShownInItsClip()
    {
        Shown shown(*this);
        shown.fit();
        QSignalSpy started(&shown.controller.excerpts(), &ExcerptPlayer::started);
        QSignalSpy wanted(&shown.controller, &TokensController::clipWanted);
        connect(&shown.controller, &TokensController::clipWanted, &shown.perspective.page(), &TokenPage::setClip);
        const auto& loaded = shown.perspective.tokens();
        int code = 0;
        while (loaded->ranks[static_cast<size_t>(code)] != 1)
            ++code;
        shown.perspective.current().choose(code);
        PlacesPanel& places = shown.perspective.places();
        QVERIFY(QTest::qWaitForWindowActive(&shown.perspective));
        places.table().setFocus();
        QTest::keyClick(&places.table(), Qt::Key_Space);
        QVERIFY(started.wait(patience));
        const TokenPlace place = places.model().placeAt(0);
        QTest::keyClick(&places.table(), Qt::Key_Return);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted.first().first().toInt(), place.clip); // the set is of the open dataset
        QTRY_COMPARE_WITH_TIMEOUT(shown.perspective.page().timeline().playhead(), std::max(0.0, TokenGeometry(*loaded->set).seconds(place.token).start), patience);
    }

    void aCodeUnderThePointerIsHeardOnlyWhenThatIsWished()
    {
        Shown shown(*this);
        shown.fit();
        QSignalSpy wanted(&shown.perspective, &TokensPerspective::hearRequested);
        QSignalSpy started(&shown.controller.excerpts(), &ExcerptPlayer::started);
        CodeGallery& gallery = shown.perspective.gallery().gallery();
        QAction& onHover = shown.perspective.playOnHover();
        QVERIFY(!onHover.isChecked());
        Q_EMIT gallery.codeHovered(0);
        onHover.setChecked(true);
        Q_EMIT gallery.codeHovered(2);
        Q_EMIT gallery.codeHovered(1); // the pointer only crossed code 2
        QVERIFY(started.wait(patience));
        QCOMPARE(wanted, (QList<QVariantList>{{1}}));
        onHover.setChecked(false);
        QVERIFY(!shown.controller.excerpts().player().isPlaying());
    }

    void aFailureIsSaidBesideTheFields()
    {
        Shown shown(*this);
        Q_EMIT shown.perspective.sources().openRequested(QStringLiteral("/nowhere/codes.safetensors"));
        QTRY_VERIFY_WITH_TIMEOUT(shown.perspective.sources().message().contains(QStringLiteral("/nowhere/codes.safetensors")), patience);
        QVERIFY(shown.fitButton()->isEnabled());
    }

    void whatWasGivenUpDoesNotArrive()
    {
        Shown shown(*this);
        QTest::mouseClick(shown.fitButton(), Qt::LeftButton);
        auto* job = shown.perspective.sources().findChild<JobBar*>();
        QVERIFY(job->isVisible());
        QTest::mouseClick(job->findChild<QToolButton*>(), Qt::LeftButton);
        QVERIFY(!job->isVisible());
        shown.fit(); // on the same thread, so the one that was given up has ended
        QCOMPARE(shown.controller.codebooks().size(), size_t{1});
    }
};

QTEST_MAIN(TestTokensController)
#include "tst_tokens_controller.moc"
