// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/ParameterForm.h"
#include "common/Theme.h"
#include "plot/CurvePlot.h"
#include "training/CurvePanel.h"
#include "training/OfferBar.h"
#include "training/QueuePanel.h"
#include "training/RunForm.h"
#include "training/RunsModel.h"
#include "training/TrainPage.h"
#include "widgets/training/TwentyClips.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QPushButton>
#include <QTest>

#include <cmath>

using namespace melscope;
using melscope::test::twentyClips;

namespace {

RunRecord record(const std::string& id, RunState state, double createdAt)
{
    return {.id = id, .name = "brave-otter-" + id, .method = "resnet34", .recipeName = "resnet34-quick", .state = state, .datasetName = "ESC-10",
            .folds = {5}, .epochs = 40, .createdAt = createdAt};
}

TrainingReport report(const std::string& run, RunState state, int64_t step)
{
    TrainingReport made{.run = run, .state = state, .fold = 5, .foldCount = 1, .epoch = static_cast<int>(step / 10) + 1, .epochs = 40,
                        .step = step, .steps = 400, .clipsPerSecond = 31.4, .secondsLeft = 125.0};
    made.newSteps = {{.step = step, .loss = 2.3 * std::exp(-0.005 * double(step)), .learningRate = 1e-3}};
    return made;
}

EpochMetrics epoch(int number, double accuracy)
{
    return {.fold = 5, .epoch = number, .epochs = 40, .trainLoss = 2.0 / number, .trainAccuracy = accuracy, .valLoss = 2.5 / number,
            .valAccuracy = accuracy - 0.02, .learningRate = 1e-3, .clipsPerSecond = 31.0, .seconds = 11.0};
}

bool enabled(const TrainPage& page, const char* name)
{
    return page.queue()->findChild<QAction*>(QLatin1String(name))->isEnabled();
}

} // namespace

class TestTrainPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startCarriesTheEditedRecipe()
    {
        TrainPage page;
        page.setRecipes(shippedRecipes());
        page.setDataset(twentyClips());
        page.form()->chooseRecipe("resnet34-quick");
        Recipe started;
        std::vector<int> folds;
        quint64 seed = 99;
        connect(&page, &TrainPage::startRequested, &page, [&](const Recipe& recipe, const std::vector<int>& where, quint64 with) {
            started = recipe, folds = where, seed = with;
        });
        ParameterForm* form = page.form()->form();
        form->setValue("training.epochs", 7);
        Q_EMIT form->valueChanged(QStringLiteral("training.epochs"));
        page.form()->findChild<QPushButton*>(QStringLiteral("start"))->click();
        QCOMPARE(started.integer("training.epochs"), int64_t{7});
        QCOMPARE(started.integer("front_end.mels"), findRecipe("resnet34-quick").integer("front_end.mels"));
        QCOMPARE(started.name, std::string("resnet34-quick-edited"));
        QCOMPARE(folds, std::vector<int>{5});
        QCOMPARE(seed, quint64{0});
    }

    void buttonsFollowTheState()
    {
        TrainPage page;
        page.setRuns({record("a", RunState::Queued, 1), record("b", RunState::Queued, 2)});
        page.queue()->choose("a");
        QVERIFY(!enabled(page, "pause") && enabled(page, "stop") && enabled(page, "remove") && enabled(page, "down") && !enabled(page, "up"));
        page.applyReport(report("a", RunState::Running, 10));
        QVERIFY(enabled(page, "pause") && !enabled(page, "continue") && !enabled(page, "remove") && !enabled(page, "resume"));
        page.applyReport(report("a", RunState::Paused, 10));
        QVERIFY(!enabled(page, "pause") && enabled(page, "continue"));
        TrainingReport failed = report("a", RunState::Failed, 10);
        failed.message = "The loss is no longer a number.";
        page.applyReport(failed);
        QVERIFY(enabled(page, "resume") && !enabled(page, "stop"));
        const QModelIndex state = page.model()->index(page.model()->rowOf("a"), RunsModel::State);
        QVERIFY(state.data().toString().contains(QStringLiteral("no longer a number")));
    }

    void queueButtonsAskForTheChosenRun()
    {
        TrainPage page;
        page.setRuns({record("a", RunState::Queued, 1), record("b", RunState::Queued, 2), record("c", RunState::Interrupted, 3)});
        page.setWaiting({"b", "a"});
        QCOMPARE(page.model()->idAt(0), std::string("b"));
        std::vector<std::pair<std::string, int>> moves;
        connect(&page, &TrainPage::moveRequested, &page, [&](const std::string& id, int position) { moves.emplace_back(id, position); });
        page.queue()->choose("a");
        page.queue()->findChild<QAction*>(QStringLiteral("up"))->trigger();
        QCOMPARE(moves, (std::vector<std::pair<std::string, int>>{{"a", 0}}));
        std::string resumed;
        connect(&page, &TrainPage::resumeRequested, &page, [&](const std::string& id) { resumed = id; });
        page.queue()->choose("c");
        page.queue()->findChild<QAction*>(QStringLiteral("resume"))->trigger();
        QCOMPARE(resumed, std::string("c"));
    }

    void anInterruptedRunShowsHowFarItCame()
    {
        RunsModel model;
        RunRecord fresh = record("a", RunState::Interrupted, 2), old = record("b", RunState::Interrupted, 1);
        fresh.progress = 0.64;
        old.folds = {1, 2, 3, 4, 5}; // of a store that did not know progress yet: its folds tell
        old.results = {{.fold = 1}, {.fold = 2}};
        model.setRuns({fresh, old});
        QCOMPARE(model.index(0, RunsModel::Progress).data(RunsModel::ProgressRole).toDouble(), 0.64);
        QCOMPARE(model.index(0, RunsModel::Progress).data().toString(), QStringLiteral("64 %"));
        QCOMPARE(model.index(1, RunsModel::Progress).data(RunsModel::ProgressRole).toDouble(), 0.4);
    }

    void reportsOutOfOrderDoNotTurnBack()
    {
        RunsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setRuns({record("a", RunState::Queued, 1)});
        QVERIFY(model.applyReport(report("a", RunState::Running, 50)));
        QVERIFY(!model.applyReport(report("a", RunState::Running, 40)));
        QCOMPARE(model.index(0, RunsModel::Progress).data(RunsModel::ProgressRole).toDouble(), 50.0 / 400.0);
        QVERIFY(model.applyReport(report("a", RunState::Finished, 400)));
        QVERIFY(!model.applyReport(report("a", RunState::Running, 399)));
        QCOMPARE(model.find("a")->state, RunState::Finished);
        model.setRuns({record("a", RunState::Running, 1)}); // read before the end was written
        QCOMPARE(model.find("a")->state, RunState::Finished);
        QVERIFY(model.applyReport(report("new", RunState::Preparing, 0)));
        QCOMPARE(model.rowCount(), 2);
        TrainingReport preparing = report("new", RunState::Preparing, 0);
        preparing.message = "Preparing spectrograms: 3 of 400";
        model.applyReport(preparing);
        const int row = model.idAt(0) == "new" ? 0 : 1;
        QCOMPARE(model.index(row, RunsModel::State).data().toString(), QStringLiteral("Preparing spectrograms: 3 of 400"));
        model.setRuns({});
        QCOMPARE(model.rowCount(), 0);
    }

    void reportsAndStoredEpochsMakeCurves()
    {
        TrainPage page;
        page.setRuns({record("a", RunState::Queued, 1)});
        TrainingReport first = report("a", RunState::Running, 10);
        first.newEpochs = {epoch(1, 0.4)};
        page.applyReport(first);
        TrainingReport second = report("a", RunState::Running, 20);
        second.newEpochs = {epoch(1, 0.4), epoch(2, 0.6)};
        page.applyReport(second);
        const CurvePlot* accuracy = page.curves()->plot(CurvePanel::Accuracy);
        const CurveId id{"a", 5, "val_accuracy"};
        QCOMPARE(accuracy->series(id)->size(), size_t{2});
        QCOMPARE(accuracy->series(id)->at(1).seconds, 22.0);
        QCOMPARE(accuracy->series(id)->at(1).step, 20.0);
        // The store knows one epoch less than the reports told.
        page.setMetrics("a", {epoch(1, 0.4)});
        QCOMPARE(accuracy->series(id)->size(), size_t{2});
        QCOMPARE(page.curves()->plot(CurvePanel::Loss)->series({"a", 5, "step_loss"})->size(), size_t{2});
    }

    void aPretrainingStageHasItsCurvesOnOnePage()
    {
        TrainPage page;
        page.setRuns({record("a", RunState::Queued, 1)});
        TrainingReport pretraining = report("a", RunState::Running, 12);
        pretraining.stage = {.name = "contrastive", .index = 0, .count = 2, .share = 0.75};
        pretraining.newEpochs = {{.fold = 5, .stage = "contrastive", .epoch = 1, .epochs = 40, .trainLoss = 4.0, .trainAccuracy = 0.3, .seconds = 9.0,
                                  .figures = {{"knn_accuracy", 0.5}, {"alignment", 0.4}, {"uniformity", -2.0}, {"of another version", 1.0}}}};
        page.applyReport(pretraining);
        CurvePanel* curves = page.curves();
        QCOMPARE(curves->stage(), std::string("contrastive"));
        QCOMPARE(curves->plot(CurvePanel::Loss)->series({"a", 5, "contrastive/train_loss"})->at(0).value, 4.0);
        QCOMPARE(curves->plot(CurvePanel::Accuracy)->series({"a", 5, "contrastive/train_accuracy"})->at(0).value, 0.3);
        QCOMPARE(curves->plot(CurvePanel::Accuracy)->series({"a", 5, "contrastive/knn_accuracy"})->at(0).value, 0.5);
        QCOMPARE(curves->plot(CurvePanel::Embedding)->series({"a", 5, "contrastive/uniformity"})->at(0).value, -2.0);
        QVERIFY(!curves->plot(CurvePanel::Accuracy)->series({"a", 5, "contrastive/val_accuracy"}));
        QVERIFY(!curves->plot(CurvePanel::Embedding)->isHidden());
        QCOMPARE(page.model()->index(0, RunsModel::Progress).data().toString(), QStringLiteral("stage 1 of 2, epoch 2 of 40"));

        // The classifier's stage counts anew, and the page follows.
        TrainingReport classifier = report("a", RunState::Running, 10);
        classifier.stage = {.name = supervisedStage, .index = 1, .count = 2, .shareBefore = 0.75, .share = 0.25};
        classifier.newEpochs = {epoch(1, 0.6)};
        page.applyReport(classifier);
        QCOMPARE(curves->stage(), std::string(supervisedStage));
        QCOMPARE(curves->plot(CurvePanel::Accuracy)->series({"a", 5, "val_accuracy"})->at(0).seconds, 11.0);
        QCOMPARE(curves->plot(CurvePanel::Accuracy)->series({"a", 5, "contrastive/knn_accuracy"})->size(), size_t{1});
        QVERIFY(curves->plot(CurvePanel::Embedding)->isHidden());
        auto* choice = curves->findChild<QComboBox*>(QStringLiteral("stage"));
        QCOMPARE(choice->count(), 2);
        choice->setCurrentIndex(0);
        QCOMPARE(curves->stage(), std::string("contrastive"));
        QVERIFY(!curves->plot(CurvePanel::Embedding)->isHidden());
    }

    void tickingARunAsksForItsEpochsAndRenamingForItsName()
    {
        TrainPage page;
        page.setRuns({record("a", RunState::Finished, 1)});
        std::string asked, renamed;
        connect(&page, &TrainPage::metricsRequested, &page, [&](const std::string& id) { asked = id; });
        connect(&page, &TrainPage::renameRequested, &page, [&](const std::string&, const QString& name) { renamed = name.toStdString(); });
        page.model()->setData(page.model()->index(0, 0), Qt::Checked, Qt::CheckStateRole);
        QCOMPARE(asked, std::string("a"));
        page.model()->setData(page.model()->index(0, 0), QStringLiteral("baseline"), Qt::EditRole);
        QCOMPARE(renamed, std::string("baseline"));
    }

    void interruptedRunsAreOffered()
    {
        TrainPage page;
        auto* bar = page.findChild<OfferBar*>();
        QVERIFY(bar->isHidden());
        page.offerResume({record("a", RunState::Interrupted, 1), record("b", RunState::Interrupted, 2)});
        QVERIFY(!bar->isHidden());
        std::vector<std::string> resumed;
        connect(&page, &TrainPage::resumeRequested, &page, [&](const std::string& id) { resumed.push_back(id); });
        bar->findChild<QPushButton*>(QStringLiteral("resume"))->click();
        QCOMPARE(resumed, (std::vector<std::string>{"a", "b"}));
        QVERIFY(bar->isHidden());

        // What was resumed or removed in the list is not offered any more.
        page.offerResume({record("a", RunState::Interrupted, 1), record("b", RunState::Interrupted, 2)});
        auto* queue = page.findChild<QueuePanel*>();
        resumed.clear();
        Q_EMIT queue->resumeRequested("a");
        QVERIFY(!bar->isHidden());
        bar->findChild<QPushButton*>(QStringLiteral("resume"))->click();
        QCOMPARE(resumed, (std::vector<std::string>{"a", "b"}));
        page.offerResume({record("a", RunState::Interrupted, 1)});
        Q_EMIT queue->removeRequested("a");
        QVERIFY(bar->isHidden());
    }

    void looksRightInBothThemes_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("dark");
        QTest::newRow("small-light") << QSize(1280, 720) << false;
        QTest::newRow("small-dark") << QSize(1280, 720) << true;
        QTest::newRow("large-dark") << QSize(2560, 1440) << true;
        QTest::newRow("pretraining-light") << QSize(1280, 720) << false;
    }

    void looksRightInBothThemes()
    {
        QFETCH(QSize, size);
        QFETCH(bool, dark);
        Theme::instance().apply(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        TrainPage page;
        page.resize(size);
        page.setRecipes(shippedRecipes());
        page.setDataset(twentyClips());
        page.setRuns({record("a1", RunState::Queued, 3), record("b2", RunState::Finished, 1), record("c3", RunState::Queued, 4)});
        std::vector<EpochMetrics> stored;
        for (int i = 1; i <= 40; ++i)
            stored.push_back(epoch(i, 0.85 - 0.7 * std::exp(-i / 9.0)));
        page.model()->setChecked("b2", true);
        page.setMetrics("b2", stored);
        const bool pretraining = QByteArray(QTest::currentDataTag()).startsWith("pretraining");
        if (pretraining)
            page.form()->chooseRecipe("simclr-recommended");
        for (int step = 1; step <= 210; ++step) {
            TrainingReport one = report("a1", RunState::Running, step);
            if (pretraining) {
                one.stage = {.name = "contrastive", .index = 0, .count = 3, .share = 0.7};
                if (step % 10 == 0)
                    one.newEpochs = {{.fold = 5, .stage = "contrastive", .epoch = step / 10, .epochs = 40, .trainLoss = 60.0 / step,
                                      .trainAccuracy = 1.0 - std::exp(-step / 90.0), .learningRate = 1e-3, .clipsPerSecond = 90.0, .seconds = 9.0,
                                      .figures = {{"alignment", 0.5}, {"uniformity", -1.0 - step / 90.0}, {"knn_accuracy", 0.7 - std::exp(-step / 60.0) / 2.0}}}};
                page.applyReport(one);
                continue;
            }
            one.newSteps[0].loss += 0.3 * std::sin(step * 1.7);
            if (step % 10 == 0)
                one.newEpochs = {epoch(step / 10, 0.9 - 0.8 * std::exp(-step / 70.0))};
            page.applyReport(one);
        }
        page.show();
        for (int plot = 0; plot < CurvePanel::PlotCount; ++plot)
            page.curves()->plot(static_cast<CurvePanel::Plot>(plot))->redrawNow();
        const QImage picture = page.grab().toImage();
        if (const QString folder = qEnvironmentVariable("MELSCOPE_SCREENSHOTS"); !folder.isEmpty())
            picture.save(folder + QStringLiteral("/train-") + QLatin1String(QTest::currentDataTag()) + QStringLiteral(".png"));
        QCOMPARE(qGray(picture.pixel(2, 2)) < 128, dark);
    }
};

QTEST_MAIN(TestTrainPage)
#include "tst_TrainPage.moc"
