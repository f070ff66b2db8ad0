// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "common/Theme.h"
#include "results/AccuracyTableModel.h"
#include "results/AccuracyTableView.h"
#include "results/ClassTable.h"
#include "results/ClipListPanel.h"
#include "results/ConfusionMatrixView.h"
#include "results/FoldTableModel.h"
#include "results/PredictionsPanel.h"
#include "results/ResultsPage.h"
#include "results/SvgFigure.h"
#include "results/TextTableModel.h"
#include "results/TriagePage.h"
#include "runs/figures/AccuracyFigure.h"
#include "training/Method.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

using namespace melscope;

namespace {

const std::vector<std::string> classes{"dog", "rain", "sea waves", "baby cry", "clock tick", "sneeze", "helicopter", "chainsaw", "rooster", "fire"};

/// Every fourth clip is taken for the next class; averaged predictions are right but for one clip.
Predictions predictions()
{
    Predictions all;
    for (int i = 0; i < 80; ++i) {
        ClipPrediction clip{.clip = i, .name = "clip" + std::to_string(i) + ".wav", .fold = 5, .label = i % 10};
        clip.predicted = i % 4 == 1 ? (clip.label + 1) % 10 : clip.label;
        clip.loss = 0.1 + (i * 37 % 80) / 20.0;
        clip.probabilities.assign(10, 0.02f);
        clip.probabilities[static_cast<size_t>(clip.predicted)] = 0.82f;
        clip.ttaPredicted = i == 7 ? 0 : clip.label;
        clip.ttaProbabilities.assign(10, 0.02f);
        clip.ttaProbabilities[static_cast<size_t>(clip.ttaPredicted)] = 0.82f;
        all.push_back(clip);
    }
    return all;
}

std::vector<RunRecord> runs()
{
    RunRecord run{.id = "aaaa1111", .name = "brave-otter-7", .method = "resnet34", .recipeName = "resnet34-published", .state = RunState::Finished,
                  .datasetName = "ESC-10", .classes = classes, .folds = {5}, .seed = 0, .precision = "fp32", .parameters = 21'283'530, .epochs = 40,
                  .createdAt = 10, .seconds = 1260};
    run.results = {{.fold = 5, .count = 80, .correct = 60, .ttaCorrect = 79, .ttaViews = 5, .epochsTrained = 40, .seconds = 1260}};
    RunRecord quick = run;
    quick.id = "bbbb2222", quick.name = "calm-heron-2", quick.recipeName = "resnet34-quick", quick.createdAt = 20;
    quick.folds = {4, 5};
    quick.results = {{.fold = 4, .count = 80, .correct = 70, .ttaCorrect = 72, .ttaViews = 5, .epochsTrained = 40, .seconds = 300},
                     {.fold = 5, .count = 80, .correct = 66, .ttaCorrect = 69, .ttaViews = 5, .epochsTrained = 40, .seconds = 310}};
    return {quick, run};
}

QPushButton* buttonNamed(const QWidget& page, const QString& name)
{
    for (QPushButton* button : page.findChildren<QPushButton*>())
        if (button->text().remove(u'&') == name)
            return button;
    return nullptr;
}

void fill(ResultsPage& page)
{
    page.setRows(accuracyTable(runs()));
    page.setRuns(runs());
    page.predictions()->chooseRun("aaaa1111");
    page.setPredictions("aaaa1111", predictions(), classes);
}

} // namespace

class TestResultsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCellListsExactlyItsClips()
    {
        ResultsPage page;
        page.resize(1280, 720);
        fill(page);
        page.show();
        ConfusionMatrixView* matrix = page.predictions()->matrix();
        std::set<std::string> expected;
        for (const ClipPrediction& clip : predictions())
            if (clip.label == 1 && clip.predicted == 2)
                expected.insert(clip.name);
        QVERIFY(!expected.empty());
        QTest::mouseClick(matrix, Qt::LeftButton, {}, matrix->cellRect({1, 2}).center());
        const ClipListModel* clips = page.predictions()->clips()->model();
        std::set<std::string> listed;
        double last = 1e9;
        for (int row = 0; row < clips->rowCount(); ++row) {
            listed.insert(clips->clipAt(row).name);
            QVERIFY(clips->clipAt(row).loss <= last);
            last = clips->clipAt(row).loss;
        }
        QCOMPARE(listed, expected);
        QCOMPARE(static_cast<size_t>(clips->rowCount()), expected.size());
    }

    void headingsSortAndRowsWithoutFiguresStayLast()
    {
        AccuracyTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        std::vector<AccuracyRow> rows = accuracyTable(runs());
        const auto given = rows.front().recipe;
        model.setRows(rows);
        for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            model.sort(AccuracyTableModel::Accuracy, order);
            QCOMPARE(model.rows()[0].runs.empty() || model.rows()[1].runs.empty(), false);
            QCOMPARE(model.rows()[0].accuracy < model.rows()[1].accuracy, order == Qt::AscendingOrder);
            QVERIFY(model.rows()[2].runs.empty());
        }
        model.setRows(rows); // a refresh keeps the order
        QVERIFY(model.rows()[0].accuracy > model.rows()[1].accuracy);
        model.sort(-1);
        QCOMPARE(model.rows().front().recipe, given);
    }

    void differencesAndPeekedFiguresSayWhatTheyAre()
    {
        std::vector<AccuracyRow> rows = accuracyTable(runs());
        rows[0].isBaseline = true;
        rows[1].figures = RowFigures{.macroF1 = 0.825, .bootstrap = {0.7, 0.9}, .sources = 40, .peekedAccuracy = 0.95};
        rows[1].difference = RowDifference{.counts = {.both = 60, .onlyFirst = 2, .onlySecond = 8, .neither = 10}, .difference = -0.075, .p = 0.109375};
        AccuracyTableModel model;
        model.setRows(rows);
        const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(text(0, AccuracyTableModel::Difference), QStringLiteral("baseline"));
        QCOMPARE(text(1, AccuracyTableModel::Difference), QStringLiteral("−7.5 (p 0.109)"));
        QCOMPARE(text(1, AccuracyTableModel::MacroF1), QStringLiteral("0.825"));
        QVERIFY(text(1, AccuracyTableModel::Peeked).contains(QStringLiteral("peeked")));
        QVERIFY(model.index(1, AccuracyTableModel::Difference).data(Qt::ToolTipRole).toString().contains(QStringLiteral("80 common clips")));
    }

    void aFigureIsSavedAsPictureDrawingAndPdf()
    {
        QTemporaryDir folder;
        SvgFigure figure(QStringLiteral("Accuracy"));
        figure.resize(600, 300);
        QVERIFY(!figure.saveTo(folder.filePath(QStringLiteral("a.png"))).isEmpty()); // nothing yet
        const std::vector<AccuracyRow> rows = accuracyTable(runs());
        figure.setMaker([&](double width, double, const FigureStyle& style) { return accuracyFigure(rows, width, style); });
        for (const char* name : {"a.png", "a.svg", "a.pdf"})
            QCOMPARE(figure.saveTo(folder.filePath(QString::fromLatin1(name))), QString());
        const QImage picture(folder.filePath(QStringLiteral("a.png")));
        QCOMPARE(picture.width(), 1200);
        QCOMPARE(picture.pixelColor(3, 3), QColor(Qt::white)); // for paper, whatever the theme
        QVERIFY(readFile(folder.filePath(QStringLiteral("a.pdf")).toStdString()).starts_with("%PDF"));
        QVERIFY(!figure.saveTo(folder.filePath(QStringLiteral("a.gif"))).isEmpty());
    }

    void keysReachACellToo()
    {
        ResultsPage page;
        page.resize(1280, 720);
        fill(page);
        ConfusionMatrixView* matrix = page.predictions()->matrix();
        QSignalSpy chosen(matrix, &ConfusionMatrixView::cellChosen);
        for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Right, Qt::Key_Right, Qt::Key_Return})
            QTest::keyClick(matrix, key);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].toInt(), 1);
        QCOMPARE(chosen[0][1].toInt(), 2);
        QVERIFY(matrix->describe({1, 2}).contains(QStringLiteral("sea waves")));
    }

    void averagedPredictionsCountWhenAskedFor()
    {
        ResultsPage page;
        fill(page);
        const ClipListModel* clips = page.predictions()->clips()->model();
        QCOMPARE(clips->rowCount(), 20);
        for (QCheckBox* box : page.findChildren<QCheckBox*>())
            if (box->text() == PredictionsPanel::tr("With TTA"))
                box->setChecked(true);
        QCOMPARE(clips->rowCount(), 1);
        QCOMPARE(clips->clipAt(0).name, std::string("clip7.wav"));
    }

    void aClipOpensTheQueueFromItOn()
    {
        ResultsPage page;
        fill(page);
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        std::string opened;
        connect(page.triage(), &TriagePage::opened, this, [&](const std::string& run) { opened = run; });
        ClipListPanel* list = page.predictions()->clips();
        list->table()->setCurrentIndex(list->model()->index(2, 0));
        Q_EMIT list->table()->doubleClicked(list->model()->index(2, 0));
        QCOMPARE(opened, std::string("aaaa1111"));
        QVERIFY(page.triage()->isVisible() && !page.table()->isVisible());
        QCOMPARE(page.triage()->current(), 2);
        QCOMPARE(page.triage()->model()->clipAt(2).name, list->model()->clipAt(2).name);
        QTest::keyClick(page.triage(), Qt::Key_Escape);
        QVERIFY(page.table()->isVisible());
    }

    void aCellOpensItsQueueByKeysAndMouse()
    {
        ResultsPage page;
        page.resize(1280, 720);
        fill(page);
        page.show();
        ConfusionMatrixView* matrix = page.predictions()->matrix();
        QTest::mouseClick(matrix, Qt::LeftButton, {}, matrix->cellRect({1, 2}).center());
        QVERIFY(!page.triage()->isVisible());
        QTest::keyClick(matrix, Qt::Key_Return); // on the chosen cell
        QVERIFY(page.triage()->isVisible());
        const ClipListModel* queue = page.triage()->model();
        QVERIFY(queue->rowCount() > 0);
        for (int row = 0; row < queue->rowCount(); ++row)
            QVERIFY(queue->clipAt(row).label == 1 && queue->clipAt(row).predicted == 2);
    }

    void listsOfMethodsAreAskedForWhenWanted()
    {
        ResultsPage page;
        fill(page);
        std::string asked;
        connect(page.predictions(), &PredictionsPanel::solversRequested, this, [&](const std::string& run) { asked = run; });
        ClipListPanel* list = page.predictions()->clips();
        list->choose(ClipListPanel::Kind::HighestLoss);
        QCOMPARE(list->model()->rowCount(), 80);
        QVERIFY(asked.empty());
        list->choose(ClipListPanel::Kind::NoMethod);
        QCOMPARE(asked, std::string("aaaa1111"));
        const ClipSolvers nobody{.clip = {.name = "hard.wav", .predicted = 1}, .right = {}, .wrong = {"ResNet-34", "SimCLR"}};
        const ClipSolvers one{.clip = {.name = "split.wav", .predicted = 1}, .right = {"SimCLR"}, .wrong = {"ResNet-34"}};
        page.predictions()->setSolvers("another", {});
        QCOMPARE(list->model()->rowCount(), 0);
        page.predictions()->setSolvers("aaaa1111", {nobody, one});
        QCOMPARE(list->model()->rowCount(), 1);
        QCOMPARE(list->model()->clipAt(0).name, std::string("hard.wav"));
        list->choose(ClipListPanel::Kind::OneMethod);
        QCOMPARE(list->model()->clipAt(0).name, std::string("split.wav"));
    }

    void aTrainingFoldShowsItsMatrixLive()
    {
        ResultsPage page;
        fill(page);
        PredictionsPanel* panel = page.predictions();
        auto* choice = panel->findChild<QComboBox*>(QStringLiteral("run"));
        QVERIFY(choice);
        QCOMPARE(choice->count(), 2);
        ConfusionCounts counts(10, std::vector<int>(10, 0));
        counts[3][4] = 7;
        TrainingReport report;
        report.run = "aaaa1111";
        report.state = RunState::Running;
        report.newConfusion = counts;
        panel->applyReport(report);
        QCOMPARE(choice->count(), 3);
        QCOMPARE(panel->run(), std::string("aaaa1111")); // nobody is torn away from what they look at
        QVERIFY(panel->clips()->model()->rowCount() > 0);
        choice->setCurrentIndex(0);
        QVERIFY(panel->matrix()->describe({3, 4}).startsWith(QStringLiteral("7 of 7 clips of baby cry")));
        report.newConfusion[3][4] = 5;
        report.newConfusion[3][3] = 2;
        panel->applyReport(report);
        QVERIFY(panel->matrix()->describe({3, 4}).startsWith(QStringLiteral("5 of 7")));
        QCOMPARE(panel->clips()->model()->rowCount(), 0); // they are known when the fold is finished
        report.state = RunState::Finished;
        panel->applyReport(report);
        QCOMPARE(choice->count(), 2);
        QCOMPARE(panel->run(), std::string("aaaa1111"));
    }

    void columnsAndSortingAreRemembered()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        {
            ResultsPage page;
            fill(page);
            page.table()->setColumnHidden(AccuracyTableModel::Seeds, false);
            page.table()->setColumnHidden(AccuracyTableModel::Time, true);
            page.table()->sortByColumn(AccuracyTableModel::Accuracy, Qt::DescendingOrder);
            page.remember(settings);
        }
        ResultsPage page;
        page.recall(settings);
        fill(page);
        for (int column = 0; column < AccuracyTableModel::ColumnCount; ++column) {
            const bool hidden = column == AccuracyTableModel::Time || column == AccuracyTableModel::ByFold || column == AccuracyTableModel::Bootstrap
                                || column == AccuracyTableModel::Peeked;
            QCOMPARE(page.table()->isColumnHidden(column), hidden);
        }
        QVERIFY(page.table()->model()->index(0, AccuracyTableModel::Accuracy).data(AccuracyTableModel::AccuracyRole).toDouble()
                > page.table()->model()->index(1, AccuracyTableModel::Accuracy).data(AccuracyTableModel::AccuracyRole).toDouble());
    }

    void theBaselineIsAButtonForRowsThatCanBeIt()
    {
        ResultsPage page;
        fill(page);
        auto* button = buttonNamed(page, QStringLiteral("Set as baseline"));
        QVERIFY(button && !button->isEnabled()); // of which row?
        std::vector<BaselineKey> chosen;
        connect(&page, &ResultsPage::baselineChosen, this, [&](const BaselineKey& key) { chosen.push_back(key); });
        std::vector<AccuracyRow> rows = accuracyTable(runs());
        page.table()->selectRow(0);
        QVERIFY(button->isEnabled());
        button->click();
        QCOMPARE(chosen.size(), size_t{1});
        QVERIFY(chosen.front() == baselineKey(rows[0]));
        QVERIFY(rows.back().runs.empty());
        page.table()->selectRow(static_cast<int>(rows.size()) - 1);
        QVERIFY(!button->isEnabled()); // not run yet
        page.table()->selectRow(0);
        rows[0].isBaseline = true;
        page.setRows(rows);
        QVERIFY(!button->isEnabled());
    }

    void theColumnsAreAMenu()
    {
        ResultsPage page;
        fill(page);
        auto* button = buttonNamed(page, QStringLiteral("Columns"));
        QVERIFY(button && button->menu());
        for (const bool hidden : {true, false}) {
            QCOMPARE(page.table()->isColumnHidden(AccuracyTableModel::Seeds), hidden);
            Q_EMIT button->menu()->aboutToShow();
            const QList<QAction*> actions = button->menu()->actions();
            QCOMPARE(actions.size(), AccuracyTableModel::ColumnCount - 1); // the method always stays
            const auto seeds = std::ranges::find(actions, QStringLiteral("Seeds"), &QAction::text);
            QVERIFY(seeds != actions.end());
            QCOMPARE((*seeds)->isChecked(), !hidden);
            (*seeds)->trigger();
        }
        QVERIFY(page.table()->isColumnHidden(AccuracyTableModel::Seeds));
    }

    void thousandsOfRowsLeaveRoomForWhatIsBelow()
    {
        ResultsPage page;
        std::vector<AccuracyRow> rows(2000, accuracyTable(runs()).front());
        page.setRows(rows);
        QVERIFY(page.table()->sizeHint().height() < 400);
    }

    void predictionsOfAnotherRunAreNotShown()
    {
        ResultsPage page;
        fill(page);
        page.setPredictions("bbbb2222", {}, classes);
        QCOMPARE(page.predictions()->clips()->model()->rowCount(), 20);
    }

    void allSevenMethodsHaveARowAndSaySoWhereNotRun()
    {
        AccuracyTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setRows(accuracyTable(runs()));
        std::set<QString> methods;
        int notInThisVersion = 0;
        for (int row = 0; row < model.rowCount(); ++row) {
            methods.insert(model.index(row, AccuracyTableModel::Method).data().toString());
            notInThisVersion += model.index(row, AccuracyTableModel::Recipe).data().toString().contains(QStringLiteral("not in this version")) ? 1 : 0;
        }
        QCOMPARE(methods.size(), size_t{7});
        QCOMPARE(notInThisVersion, static_cast<int>(std::ranges::count(melscope::methods(), false, &Method::available)));
        QCOMPARE(model.index(0, AccuracyTableModel::Published).data().toString(), QStringLiteral("80.5 % (83.5 %)"));
    }

    void modelsKeepTheirPromises()
    {
        TextTableModel byClass;
        FoldTableModel byFold;
        ClipListModel clips;
        QAbstractItemModelTester first(&byClass, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QAbstractItemModelTester second(&byFold, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QAbstractItemModelTester third(&clips, QAbstractItemModelTester::FailureReportingMode::Fatal);
        showClassScores(byClass, confusionMatrix(predictions(), classes, false));
        byFold.setRuns(runs());
        clips.show(mistakes(predictions()), classes);
        QCOMPARE(byClass.rowCount(), 10);
        QCOMPARE(byFold.rowCount(), 3);
        QCOMPARE(byFold.index(2, FoldTableModel::Accuracy).data().toString(), QStringLiteral("75.0 %"));
        // Worst class first: a class with mistakes stands above one without.
        QVERIFY(!byClass.index(0, byClass.columnCount() - 1).data().toString().isEmpty());
        clips.show({}, {});
        QCOMPARE(clips.rowCount(), 0);
    }

    void exportsAreTheTable()
    {
        QTemporaryDir folder;
        ResultsPage page;
        fill(page);
        const auto rows = accuracyTable(runs());
        for (const auto& [format, expected] : {std::pair(ResultsPage::Format::Markdown, toMarkdown(rows)), std::pair(ResultsPage::Format::Csv, toCsv(rows))}) {
            QSignalSpy done(&page, &ResultsPage::exported);
            const QString path = folder.filePath(QStringLiteral("table"));
            page.exportTo(path, format);
            QTRY_COMPARE(done.size(), 1);
            QCOMPARE(done[0][1].toString(), QString());
            QCOMPARE(readFile(path.toStdString()), expected);
        }
        QSignalSpy failed(&page, &ResultsPage::exported);
        page.exportTo(folder.filePath(QStringLiteral("table/below-a-file.md")), ResultsPage::Format::Markdown);
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed[0][1].toString().contains(QStringLiteral("table")));
    }

    void looksRightInBothThemes_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("dark");
        QTest::newRow("small-light") << QSize(1280, 720) << false;
        QTest::newRow("small-dark") << QSize(1280, 720) << true;
        QTest::newRow("large-dark") << QSize(2560, 1440) << true;
    }

    void looksRightInBothThemes()
    {
        QFETCH(QSize, size);
        QFETCH(bool, dark);
        Theme::instance().apply(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        ResultsPage page;
        page.resize(size);
        fill(page);
        page.show();
        const QImage picture = page.grab().toImage();
        if (const QString folder = qEnvironmentVariable("MELSCOPE_SCREENSHOTS"); !folder.isEmpty())
            picture.save(folder + QStringLiteral("/results-") + QLatin1String(QTest::currentDataTag()) + QStringLiteral(".png"));
        QCOMPARE(qGray(picture.pixel(2, 2)) < 128, dark);
    }
};

QTEST_MAIN(TestResultsPage)
#include "tst_ResultsPage.moc"
