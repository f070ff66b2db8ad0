// SPDX-License-Identifier: GPL-3.0-or-later
#include "AugmentPerspective.h"
#include "DatasetController.h"
#include "ExplorePerspective.h"
#include "LabelSafetyController.h"
#include "MainWindow.h"
#include "ResultsPerspective.h"
#include "RunsController.h"
#include "Workbench.h"
#include "app/TinyDataset.h"
#include "augment/AugmentPage.h"
#include "augment/ChainEditor.h"
#include "augment/ComparisonPlayer.h"
#include "augment/ContactSheet.h"
#include "augment/LabelSafetyModel.h"
#include "common/ParameterForm.h"
#include "common/ProblemBar.h"
#include "dataset/ClipBrowser.h"
#include "dataset/DatasetPage.h"
#include "playback/Player.h"
#include "results/ClipListModel.h"
#include "results/EmbeddingMap.h"
#include "results/EmbeddingPage.h"
#include "results/MapClipModel.h"
#include "results/MapClipPanel.h"
#include "results/PredictionsPanel.h"
#include "results/ResultsPage.h"
#include "results/TriagePage.h"
#include "results/ViewAnatomyModel.h"
#include "spectrogram/ClipPage.h"
#include "spectrogram/FrontEndPanel.h"
#include "training/OfferBar.h"
#include "training/RunForm.h"
#include "training/TrainPage.h"

#include <QAction>
#include <QApplication>
#include <QDropEvent>
#include <QFile>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTreeView>
#include <QtTest>

#include <atomic>

using namespace melscope;

/// The whole window on a tiny dataset: open, look, train with the real engine, close in the middle, go on, read the table.
class TestMainWindow : public QObject
{
    Q_OBJECT

private:
    static constexpr int patience = 120'000;

    QTemporaryDir m_folder;
    QString m_dataset = m_folder.filePath(QStringLiteral("tiny"));

    std::unique_ptr<MainWindow> openWindow() const
    {
        auto window = std::make_unique<MainWindow>(m_folder.filePath(QStringLiteral("runs")).toStdString());
        window->resize(1280, 720);
        window->show();
        QSignalSpy opened(&window->datasets(), &DatasetController::opened);
        window->datasets().open(m_dataset);
        if (opened.isEmpty() && !opened.wait(patience))
            return nullptr;
        return window;
    }

    static Recipe tinyRecipe(int epochs)
    {
        Recipe recipe = findRecipe("resnet34-quick");
        const QStringList options = tinySettings(epochs);
        for (qsizetype i = 1; i < options.size(); i += 2) {
            const QStringList pair = options[i].split(QLatin1Char('='));
            recipe = recipe.with(pair[0].toStdString(), pair[1].toStdString());
        }
        return recipe;
    }

    static bool reached(const QSignalSpy& reports, RunState state)
    {
        return std::any_of(reports.begin(), reports.end(), [&](const auto& report) {
            return report.first().template value<TrainingReport>().state == state;
        });
    }

    /// Which augmentations leave the finished run's answers alone, tested on the training thread.
    void testsTheRunsLabels(MainWindow& window) const
    {
        LabelSafetyPanel panel;
        LabelSafetyController controller(panel, window.runs());
        panel.show();
        window.runs().refresh();
        QTRY_VERIFY_WITH_TIMEOUT(!panel.wish().run.empty(), patience);
        const auto buttons = panel.findChildren<QPushButton*>();
        QTest::mouseClick(*std::find_if(buttons.begin(), buttons.end(), [](auto* button) { return button->text().contains(QStringLiteral("Test")); }), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(panel.model()->rowCount(), 1 + 3, patience);
        QCOMPARE(panel.model()->safety().overall.front().clips, 6);
        const QString file = m_folder.filePath(QStringLiteral("label-safety.csv"));
        Q_EMIT panel.exportRequested(file, panel.model()->safety());
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file), patience);
    }

    /// A mistake is heard, and what the listener says of it lies in the store.
    void judgesAMistake(MainWindow& window, const RunRecord& run) const
    {
        TriagePage* triage = window.results().triage();
        window.activateWindow(); // keys act in the active one
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QSignalSpy twins(triage, &TriagePage::twinShown), heard(&window.judging(), &ResultsPerspective::playbackStarted);
        Q_EMIT window.results().predictions()->triageRequested({.run = run.id, .title = QStringLiteral("One mistake"),
            .clips = {{.prediction = {.name = "0-0.wav", .fold = 1, .label = 0, .predicted = 1}}}, .classes = run.classes});
        QTRY_COMPARE_WITH_TIMEOUT(twins.size(), 1, patience);
        QVERIFY(!heard.empty()); // what plays elsewhere falls silent
        QTest::keyClick(&window, Qt::Key_2);
        QTRY_COMPARE_WITH_TIMEOUT(triage->model()->verdictAt(0), Verdict::LabelWrong, patience); // as it came back from the store
        std::atomic<int> stored = -1;
        window.runs().withStore([&](RunStore& store, RunOutcomes&) { stored = static_cast<int>(store.verdicts(run.datasetFingerprint).size()); });
        QTRY_COMPARE_WITH_TIMEOUT(stored.load(), 1, patience);
        QTest::keyClick(&window, Qt::Key_Escape);
        QVERIFY(!triage->isVisible());
    }

    /// The model's features of every clip, computed on the training thread; a point's clip is heard, its views are looked at.
    static void mapsTheRun(MainWindow& window)
    {
        ResultsPerspective& results = window.judging();
        EmbeddingPage& page = results.embedding();
        results.setCurrentWidget(&page);
        page.setProjection(EmbeddingPage::Projection::PrincipalComponents);
        QSignalSpy projected(&page, &EmbeddingPage::projected);
        for (QPushButton* button : page.findChildren<QPushButton*>())
            if (button->text().contains(QStringLiteral("Make the map")))
                QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(projected.size(), 1, patience);
        QCOMPARE(page.map()->count(), 24);
        QCOMPARE(page.lists()->clips()->rowCount(), 24);
        page.findChild<QTabWidget*>()->setCurrentIndex(1);
        QSignalSpy heard(&results, &ResultsPerspective::playbackStarted);
        QTest::mouseClick(page.map(), Qt::LeftButton, {}, page.map()->position(0).toPoint());
        QTRY_COMPARE_WITH_TIMEOUT(heard.size(), 1, patience);
        QTRY_COMPARE_WITH_TIMEOUT(page.lists()->views()->rowCount(), 1 + 5 + 1, patience); // as it is, the recipe's views, their mean
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        qRegisterMetaType<TrainingReport>("melscope::TrainingReport");
        writeTinyDataset(m_dataset);
    }

    void firstClipIsShownAndKeysMoveOn()
    {
        const auto window = openWindow();
        QVERIFY(window);
        ClipPage& page = window->explore().clipPage();
        QSignalSpy painted(&page, &ClipPage::spectrogramPainted);
        QTRY_VERIFY_WITH_TIMEOUT(!painted.isEmpty(), patience);
        const auto first = page.clipPath();
        QVERIFY(!first.empty());
        QTest::keyClick(window.get(), Qt::Key_N);
        QTRY_VERIFY(page.clipPath() != first);
        QTest::keyClick(window.get(), Qt::Key_P);
        QTRY_VERIFY(page.clipPath() == first);
    }

    void everyPageFitsIntoASmallScreen()
    {
        const auto window = openWindow();
        QVERIFY(window);
        window->show(MainWindow::Perspective::Augment);
        auto* chain = window->augment().editor().findChild<QTreeView*>();
        chain->setFocus();
        for (int row = 0; row < 3; ++row)
            QTest::keyClick(chain, Qt::Key_Down); // to the widest form, that of the masks
        for (const auto perspective : {MainWindow::Perspective::Explore, MainWindow::Perspective::Augment, MainWindow::Perspective::Train,
                                       MainWindow::Perspective::Tokens, MainWindow::Perspective::Results}) {
            window->show(perspective);
            QTRY_VERIFY2(window->minimumSizeHint().width() <= 1280, qPrintable(QString::number(window->minimumSizeHint().width())));
            QCOMPARE(window->width(), 1280);
        }
        window->show(MainWindow::Perspective::Explore);
        QTRY_VERIFY2(window->explore().clipPage().width() > 1280 / 3, qPrintable(QString::number(window->explore().clipPage().width())));
        window->show(MainWindow::Perspective::Augment);
        QTRY_VERIFY2(window->augment().page().width() > 1280 / 3, qPrintable(QString::number(window->augment().page().width())));
    }

    void spacePlaysOnlyWhereTheClipIsSeen()
    {
        const auto window = openWindow();
        QVERIFY(window);
        ClipPage& page = window->explore().clipPage();
        QTRY_VERIFY_WITH_TIMEOUT(page.player().canPlay(), patience);
        page.player().setLooping(true);
        window->show(MainWindow::Perspective::Train);
        QTest::keyClick(window.get(), Qt::Key_Space);
        QVERIFY(!page.player().isPlaying());
        window->show(MainWindow::Perspective::Explore);
        QTest::keyClick(window.get(), Qt::Key_Space);
        QTRY_VERIFY(page.player().isPlaying());
        QTest::keyClick(window.get(), Qt::Key_Space);
        QTRY_VERIFY(!page.player().isPlaying());
    }

    void augmentFollowsExplore()
    {
        const auto window = openWindow();
        QVERIFY(window);
        AugmentPage& page = window->augment().page();
        QSignalSpy painted(&page, &AugmentPage::previewPainted);
        QSignalSpy sheet(&window->augment().sheet(), &ContactSheet::completed);
        QTest::keyClick(window.get(), Qt::Key_2, Qt::ControlModifier);
        QVERIFY(page.isVisible());
        window->augment().editor().setChain({.name = "roll", .chain = AugmentationChain::fromJson({{"spectrogram", {{{"name", "time_roll"}}}}})});
        QTRY_VERIFY_WITH_TIMEOUT(!painted.isEmpty(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!sheet.isEmpty(), patience);
        const int first = page.clip();
        QCOMPARE(first, window->explore().datasetPage().currentClip());
        QTest::keyClick(window.get(), Qt::Key_N);
        QTRY_COMPARE(page.clip(), first + 1);
        QCOMPARE(window->explore().datasetPage().currentClip(), first + 1);
        QTest::keyClick(window.get(), Qt::Key_P);
        QTRY_COMPARE(page.clip(), first);

        ParameterForm* form = window->explore().clipPage().frontEndPanel().form();
        form->setValue("mels", 48);
        Q_EMIT form->valueChanged(QStringLiteral("mels"));
        QTRY_VERIFY_WITH_TIMEOUT(page.preview() && page.preview()->after.spectrogram->grid.mels == 48, patience);

        // A picture of the contact sheet is a draw that can be looked at.
        ContactSheet& draws = window->augment().sheet();
        QTest::mouseClick(&draws, Qt::LeftButton, {}, draws.cellRect(6).center());
        QTRY_VERIFY_WITH_TIMEOUT(page.preview()->request.draw.epoch == 6, patience);
    }

    void aChainGoesToTheRecipeAndBack()
    {
        const auto window = openWindow();
        QVERIFY(window);
        ChainEditor& editor = window->augment().editor();
        window->show(MainWindow::Perspective::Augment);
        const AugmentationChain chain = AugmentationChain::fromJson({{"spectrogram", {{{"name", "time_roll"}, {"max_share", 0.25}}}}});
        editor.setChain({.name = "mine", .title = "Mine", .chain = chain});
        QCOMPARE(window->augment().page().chain().toJson(), chain.toJson());
        Q_EMIT editor.sendToRecipeRequested(editor.namedChain());
        QVERIFY(window->train().isVisible());
        QCOMPARE(window->train().form()->recipe().augmentation.toJson(), chain.toJson());
        const AugmentationChain other = AugmentationChain::fromJson({{"spectrogram", {{{"name", "spec_augment"}}}}});
        Q_EMIT window->train().editAugmentationRequested({.name = "other", .chain = other});
        QVERIFY(window->augment().page().isVisible());
        QCOMPARE(editor.chain().toJson(), other.toJson());
        QCOMPARE(window->augment().page().chain().toJson(), other.toJson());
    }

    void spaceInAugmentPlaysThereAlone()
    {
        const auto window = openWindow();
        QVERIFY(window);
        Player& explored = window->explore().clipPage().player();
        Player& augmented = window->augment().page().comparison().player();
        QTRY_VERIFY_WITH_TIMEOUT(explored.canPlay(), patience);
        explored.setLooping(true);
        explored.play();
        window->show(MainWindow::Perspective::Augment);
        QTRY_VERIFY_WITH_TIMEOUT(augmented.canPlay(), patience);
        augmented.setLooping(true);
        QTest::keyClick(window.get(), Qt::Key_Space);
        QVERIFY(augmented.isPlaying());
        QVERIFY(!explored.isPlaying());
        QTest::keyClick(window.get(), Qt::Key_X);
        QCOMPARE(window->augment().page().comparison().side(), PreviewSide::Before);
        window->show(MainWindow::Perspective::Explore);
        QVERIFY(!augmented.isPlaying());
    }

    void unreadableDatasetIsSaidAndTheOpenOneStays()
    {
        const auto window = openWindow();
        QVERIFY(window);
        QSignalSpy failed(&window->datasets(), &DatasetController::failed);
        const auto before = window->datasets().dataset();
        window->datasets().open(QStringLiteral("/nowhere/clips"));
        QTRY_VERIFY_WITH_TIMEOUT(!failed.isEmpty(), patience);
        QVERIFY(failed.first().first().toString().contains(QStringLiteral("/nowhere/clips")));
        QCOMPARE(window->datasets().dataset(), before);
    }

    void closingInTheMiddleSavesAndTheNextStartGoesOnToTheTable()
    {
        {
            const auto window = openWindow();
            QVERIFY(window);
            QSignalSpy reports(&window->runs(), &RunsController::reported);
            Q_EMIT window->train().startRequested(tinyRecipe(8), {1}, 3);
            QTRY_VERIFY_WITH_TIMEOUT(reached(reports, RunState::Running), patience);
            QVERIFY(!window->close());
            auto* question = window->findChild<QMessageBox*>();
            QVERIFY(question);
            const auto buttons = question->buttons();
            const auto save = std::find_if(buttons.begin(), buttons.end(),
                                           [&](auto* button) { return question->buttonRole(button) == QMessageBox::AcceptRole; });
            QVERIFY(save != buttons.end());
            (*save)->click();
            QTRY_VERIFY_WITH_TIMEOUT(!window->isVisible(), patience);
            QVERIFY(reached(reports, RunState::Interrupted));
        }
        const auto window = openWindow();
        QVERIFY(window);
        const auto* offer = window->train().findChild<OfferBar*>();
        QVERIFY(offer);
        QTRY_VERIFY_WITH_TIMEOUT(!offer->isHidden(), patience);
        // The message that leads to the page goes when the page is there, however one came to it.
        const QList<ProblemBar*> bars = window->centralWidget()->findChildren<ProblemBar*>(Qt::FindDirectChildrenOnly);
        QCOMPARE(bars.size(), 1);
        QTRY_VERIFY(bars.front()->isVisible());
        QTest::keyClick(window.get(), Qt::Key_3, Qt::ControlModifier);
        QVERIFY(bars.front()->isHidden());
        std::vector<RunRecord> runs;
        connect(&window->runs(), &RunsController::runsChanged, this, [&](const RunList& list) { runs.assign(list.begin(), list.end()); });
        window->runs().refresh();
        QTRY_VERIFY_WITH_TIMEOUT(!runs.empty(), patience);
        QCOMPARE(runs.size(), size_t{1});
        QCOMPARE(runs.front().state, RunState::Interrupted);
        Q_EMIT window->train().resumeRequested(runs.front().id);
        QTRY_VERIFY_WITH_TIMEOUT(runs.front().state == RunState::Finished, 3 * patience);
        QCOMPARE(runs.front().results.size(), size_t{1});
        QCOMPARE(runs.front().results.front().count, 6);
        QCOMPARE(runs.front().results.front().epochsTrained, 8);
        window->show(MainWindow::Perspective::Results);
        QTRY_VERIFY(window->results().exportText(ResultsPage::Format::Markdown).contains(QStringLiteral("ResNet-34")));

        const RunRecord run = runs.front(); // a copy: the list is replaced whenever a run changes
        testsTheRunsLabels(*window);
        judgesAMistake(*window, run);
        mapsTheRun(*window);

        // A clip of the results leads back to its picture and sound.
        Q_EMIT window->results().triage()->exploreRequested(run.id, "2-3.wav");
        QTRY_COMPARE_WITH_TIMEOUT(QString::fromStdString(window->explore().clipPage().clipPath().filename().string()), QStringLiteral("2-3.wav"), patience);
    }

    void aDroppedCardTrainsItsRunAgain()
    {
        const auto window = openWindow();
        QVERIFY(window);
        QSignalSpy reports(&window->runs(), &RunsController::reported);
        Q_EMIT window->train().startRequested(tinyRecipe(1), {2}, 5);
        QTRY_VERIFY_WITH_TIMEOUT(reached(reports, RunState::Finished), patience);
        const std::string original = reports.last().first().value<TrainingReport>().run;
        const QString card = m_folder.filePath(QStringLiteral("card.json"));
        QSignalSpy written(&window->runs(), &RunsController::reportWritten);
        window->runs().writeRun(original, RunFormat::Card, card);
        QTRY_COMPARE_WITH_TIMEOUT(written.size(), 1, patience);
        QCOMPARE(written[0][1].toString(), QString());

        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(card)});
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window.get(), &enter); // a drop goes to whoever took the drag
        QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window.get(), &drop);
        QTRY_VERIFY_WITH_TIMEOUT(window->findChild<QMessageBox*>(), patience);
        auto* question = window->findChild<QMessageBox*>();
        for (QAbstractButton* button : question->buttons())
            if (question->buttonRole(button) == QMessageBox::AcceptRole)
                button->click();
        auto* bar = window->centralWidget()->findChild<ProblemBar*>({}, Qt::FindDirectChildrenOnly);
        QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible() && bar->sentence().contains(QStringLiteral("exactly")), patience);
        QVERIFY2(bar->severity() == ProblemBar::Severity::Good, qPrintable(bar->sentence()));
    }
};

int main(int argc, char** argv)
{
    const QTemporaryDir home;
    qputenv("MELSCOPE_DATA_DIR", home.filePath(QStringLiteral("data")).toUtf8());
    qputenv("MELSCOPE_CACHE_DIR", home.filePath(QStringLiteral("cache")).toUtf8());
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, home.path());
    QApplication application(argc, argv);
    setUpApplication(application);
    TestMainWindow test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_mainwindow.moc"
