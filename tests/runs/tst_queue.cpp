// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "runs/SqlDatabase.h"
#include "runs/TrainingQueue.h"
#include "support/ErrorOf.h"
#include "support/FakeEngine.h"
#include "support/ReportRecorder.h"
#include "support/TinyDataset.h"
#include "support/TinyRun.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <latch>
#include <thread>
#include <new>

using namespace melscope;
using namespace melscope::test;
namespace fs = std::filesystem;

/// Lets the engine come to one batch and holds it there until opened.
struct Gate
{
    std::latch reached{1};
    std::latch opened{1};
    std::function<void(int, int64_t)> at(int fold, int64_t step)
    {
        return [this, fold, step](int nowFold, int64_t nowStep) {
            if (nowFold != fold || nowStep != step || reached.try_wait())
                return;
            reached.count_down();
            opened.wait();
        };
    }
};

class TestQueue : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path m_folder;
    std::shared_ptr<const Dataset> m_dataset;
    std::shared_ptr<RunStore> m_store;
    std::unique_ptr<ReportRecorder> m_recorder;

    static TrainingQueue::EngineSource always(std::shared_ptr<Engine> engine)
    {
        return [engine] { return engine; };
    }

    std::unique_ptr<TrainingQueue> queue(FakeScript script = {})
    {
        return std::make_unique<TrainingQueue>(m_store, m_recorder->sink(), always(std::make_shared<FakeEngine>(std::move(script))));
    }

    /// NaN counts as equal to NaN.
    static bool sameMetrics(const std::vector<EpochMetrics>& a, const std::vector<EpochMetrics>& b)
    {
        const auto same = [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); };
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](const EpochMetrics& x, const EpochMetrics& y) {
            return x.fold == y.fold && x.epoch == y.epoch && x.epochs == y.epochs && same(x.trainLoss, y.trainLoss)
                && same(x.trainAccuracy, y.trainAccuracy) && same(x.valLoss, y.valLoss) && same(x.valAccuracy, y.valAccuracy)
                && same(x.learningRate, y.learningRate);
        });
    }

    RunRecord undisturbed(int epochs, uint64_t seed)
    {
        const auto quiet = queue();
        const RunRecord run = quiet->add(tinyRun(m_dataset, epochs, {}, seed));
        quiet->waitUntilIdle();
        return m_store->find(run.id);
    }

private Q_SLOTS:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = fs::path(m_temporary->path().toStdString());
        m_dataset = tinyDataset(m_folder / "data");
        m_store = std::make_shared<RunStore>(m_folder / "store");
        m_recorder = std::make_unique<ReportRecorder>();
    }

    void trainsFoldByFoldAndStoresEverything()
    {
        const RunRecord run = undisturbed(3, 1);
        QCOMPARE(run.state, RunState::Finished);
        QCOMPARE(run.results.size(), size_t{2});
        QCOMPARE(m_store->metrics(run.id).size(), size_t{6});
        QCOMPARE(m_store->predictions(run.id).size(), m_dataset->clips.size());
        const Json environment = m_store->environment(run.id);
        QCOMPARE(environment.at("cpu").get<std::string>(), std::string("fake"));
        QCOMPARE(environment.at("dataset_fingerprint").get<std::string>(), run.datasetFingerprint);
        QVERIFY(environment.at("variables").contains("ONEDNN_MAX_CPU_ISA"));
        const std::string log = readFile(m_store->runFolder(run.id) / "log.txt");
        for (const char* line : {"running", "fold 2 epoch 3 of 3", "fold 1: accuracy", "finished"})
            QVERIFY2(log.find(line) != std::string::npos, line);

        std::vector<RunState> states;
        for (const TrainingReport& report : m_recorder->all())
            if (states.empty() || states.back() != report.state)
                states.push_back(report.state);
        QCOMPARE(states, (std::vector{RunState::Preparing, RunState::Running, RunState::Preparing, RunState::Running, RunState::Finished}));
    }

    void waitingRunsKeepTheirOrderUnlessMoved()
    {
        Gate gate;
        const auto training = queue({.batch = gate.at(1, 1)});
        const std::string a = training->add(tinyRun(m_dataset)).id;
        gate.reached.wait();
        const std::string b = training->add(tinyRun(m_dataset)).id;
        const std::string c = training->add(tinyRun(m_dataset)).id;
        const std::string d = training->add(tinyRun(m_dataset)).id;
        QCOMPARE(training->waiting(), (std::vector{b, c, d}));
        training->move(d, 0);
        training->move(b, 99);
        training->move("nobody", 0);
        QCOMPARE(training->waiting(), (std::vector{d, c, b}));
        gate.opened.count_down();
        training->waitUntilIdle();
        std::vector<std::string> order;
        for (const TrainingReport& report : m_recorder->all())
            if (report.state == RunState::Finished)
                order.push_back(report.run);
        QCOMPARE(order, (std::vector{a, d, c, b}));
    }

    void pauseHoldsAndContinueGoesOn()
    {
        Gate gate;
        const auto training = queue({.batch = gate.at(1, 2)});
        const std::string id = training->add(tinyRun(m_dataset)).id;
        gate.reached.wait();
        training->pause();
        gate.opened.count_down();
        const TrainingReport paused = m_recorder->wait(id, RunState::Paused);
        QCOMPARE(paused.step, int64_t{2});
        QCOMPARE(m_store->find(id).state, RunState::Paused);
        const size_t before = m_recorder->all().size();
        training->continueRun();
        QCOMPARE(m_recorder->wait(id, RunState::Running, before).step, int64_t{2});
        training->waitUntilIdle();
        QCOMPARE(m_store->find(id).state, RunState::Finished);
    }

    void stopKeepsWhatIsComplete()
    {
        Gate gate;
        const auto training = queue({.stepsPerEpoch = 3, .batch = gate.at(1, 8)});
        const std::string id = training->add(tinyRun(m_dataset, 5)).id;
        gate.reached.wait();
        training->stop(id);
        training->pause(); // must not undo the stop
        gate.opened.count_down();
        training->waitUntilIdle();
        const RunRecord run = m_store->find(id);
        QCOMPARE(run.state, RunState::Stopped);
        QCOMPARE(run.results.size(), size_t{1}); // the second fold was not begun
        QCOMPARE(run.results.front().epochsTrained, 2);
        QCOMPARE(m_store->metrics(id).size(), size_t{2});
        QCOMPARE(m_store->predictions(id).size(), size_t{4});
        m_recorder->wait(id, RunState::Stopping);
    }

    void stopWakesAPausedRun()
    {
        Gate gate;
        const auto training = queue({.batch = gate.at(2, 1)});
        const std::string id = training->add(tinyRun(m_dataset)).id;
        gate.reached.wait();
        training->pause();
        gate.opened.count_down();
        m_recorder->wait(id, RunState::Paused);
        training->stop(id);
        training->waitUntilIdle();
        QCOMPARE(m_store->find(id).state, RunState::Stopped);
        QCOMPARE(m_store->find(id).results.size(), size_t{1}); // fold 1 stands, of fold 2 no epoch was complete
    }

    void stopOfAWaitingRunForgetsANewAndLeavesAResumedOne()
    {
        Gate first;
        Gate second;
        const auto training = queue({.batch = [one = first.at(1, 2), two = second.at(2, 1)](int fold, int64_t step) {
            one(fold, step);
            two(fold, step);
        }});
        const std::string resumed = training->add(tinyRun(m_dataset)).id;
        first.reached.wait();
        const std::string blocker = training->add(tinyRun(m_dataset)).id;
        const std::string fresh = training->add(tinyRun(m_dataset)).id;
        training->interrupt();
        first.opened.count_down();
        training->waitUntilIdle(); // held, though two wait
        QCOMPARE(m_store->find(resumed).state, RunState::Interrupted);
        QCOMPARE(training->waiting(), (std::vector{blocker, fresh}));

        training->stop(fresh);
        QCOMPARE(errorOf([&] { m_store->find(fresh); })->kind(), ErrorKind::Missing);
        QVERIFY(!fs::exists(m_store->runFolder(fresh)));

        training->resume(resumed); // the queue goes on, with the one that waited before it
        second.reached.wait();
        QCOMPARE(training->waiting(), std::vector{resumed});
        training->stop(resumed);
        second.opened.count_down();
        training->waitUntilIdle();
        QCOMPARE(m_store->find(resumed).state, RunState::Interrupted);
        QCOMPARE(m_store->find(blocker).state, RunState::Finished);
    }

    void interruptedRunResumesToTheNumbersOfAnUndisturbedOne()
    {
        const RunRecord reference = undisturbed(4, 7);
        Gate gate;
        auto training = queue({.stepsPerEpoch = 3, .batch = gate.at(2, 5)});
        const std::string id = training->add(tinyRun(m_dataset, 4, {}, 7)).id;
        gate.reached.wait();
        training->interrupt();
        gate.opened.count_down();
        training->waitUntilIdle();
        QCOMPARE(m_store->find(id).state, RunState::Interrupted);
        QCOMPARE(m_store->find(id).results.size(), size_t{1});
        QCOMPARE(m_store->find(id).progress, (1.0 + 3.0 / 12.0) / 2.0); // a fold and one epoch of the four

        auto engine = std::make_shared<FakeEngine>();
        training = std::make_unique<TrainingQueue>(m_store, m_recorder->sink(), always(engine));
        training->resume(id);
        training->waitUntilIdle();
        QCOMPARE(m_store->find(id).state, RunState::Finished);
        QCOMPARE(engine->foldsAskedFor(), std::vector<int>{2}); // fold 1 has its result
        QVERIFY(sameMetrics(m_store->metrics(id), m_store->metrics(reference.id)));
        QVERIFY(m_store->predictions(id) == m_store->predictions(reference.id));
    }

    void oneAskedBackWhileLeavingGoesOn()
    {
        Gate gate;
        const auto training = queue({.batch = gate.at(1, 2)});
        const std::string id = training->add(tinyRun(m_dataset)).id;
        gate.reached.wait();
        training->interrupt();
        training->resume(id);
        gate.opened.count_down();
        training->waitUntilIdle();
        QCOMPARE(m_store->find(id).state, RunState::Finished);
    }

    void anEndedRunIsNotTrainedAgain()
    {
        const RunRecord run = undisturbed(2, 1);
        auto engine = std::make_shared<FakeEngine>();
        TrainingQueue training(m_store, m_recorder->sink(), always(engine));
        training.resume(run.id);
        training.resume("nobody");
        training.waitUntilIdle();
        QVERIFY(engine->foldsAskedFor().empty());
        QCOMPARE(m_store->find(run.id).state, RunState::Finished);
        QVERIFY(m_recorder->wait("nobody", RunState::Failed).message.find("nobody") != std::string::npos);
    }

    void failureKeepsEverythingAndTheNextRunGoesOn_data()
    {
        QTest::addColumn<int>("what");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("diverged") << 0 << QStringLiteral("The loss is no longer a number.");
        QTest::newRow("memory") << 1 << QStringLiteral("not enough memory");
        QTest::newRow("std::exception") << 2 << QStringLiteral("out of the ordinary");
        QTest::newRow("anything") << 3 << QStringLiteral("unexpectedly");
    }

    void failureKeepsEverythingAndTheNextRunGoesOn()
    {
        QFETCH(const int, what);
        QFETCH(const QString, sentence);
        bool thrown = false;
        const auto training = queue({.stepsPerEpoch = 3, .batch = [&](int fold, int64_t step) {
            if (thrown || fold != 2 || step != 5)
                return;
            thrown = true;
            switch (what) {
            case 0: throw Error(ErrorKind::Diverged, "The loss is no longer a number.");
            case 1: throw std::bad_alloc();
            case 2: throw std::runtime_error("out of the ordinary");
            default: throw 42;
            }
        }});
        const std::string failing = training->add(tinyRun(m_dataset)).id;
        const std::string next = training->add(tinyRun(m_dataset)).id;
        training->waitUntilIdle();
        const RunRecord run = m_store->find(failing);
        QCOMPARE(run.state, RunState::Failed);
        QVERIFY2(run.message.find(sentence.toStdString()) != std::string::npos, run.message.c_str());
        QCOMPARE(m_recorder->wait(failing, RunState::Failed).message, run.message);
        QCOMPARE(run.results.size(), size_t{1});
        QCOMPARE(m_store->metrics(failing).size(), size_t{3}); // fold 1 whole, fold 2 its first epoch
        QCOMPARE(m_store->find(next).state, RunState::Finished);
        training->resume(failing);
        training->waitUntilIdle();
        QCOMPARE(m_store->find(failing).state, RunState::Finished);
        QVERIFY(m_store->find(failing).message.empty());
    }

    void engineThatCannotBeLoadedFailsTheRunOnly()
    {
        int asked = 0;
        TrainingQueue training(m_store, m_recorder->sink(), [&]() -> std::shared_ptr<Engine> {
            if (++asked == 1)
                throw Error(ErrorKind::Missing, "The training engine was not found.");
            return std::make_shared<FakeEngine>();
        });
        const std::string first = training.add(tinyRun(m_dataset)).id;
        const std::string second = training.add(tinyRun(m_dataset)).id;
        const std::string third = training.add(tinyRun(m_dataset)).id;
        training.waitUntilIdle();
        QCOMPARE(m_store->find(first).state, RunState::Failed);
        QCOMPARE(m_store->find(first).message, std::string("The training engine was not found."));
        QCOMPARE(m_store->find(second).state, RunState::Finished);
        QCOMPARE(m_store->find(third).state, RunState::Finished);
        QCOMPARE(asked, 2); // loaded once, then kept
    }

    void storeThatFailsMidwayIsToldToTheWindow()
    {
        const auto training = queue({.batch = [&](int, int64_t step) {
            if (step == 2)
                SqlDatabase(m_folder / "store" / "melscope.db").execute("ALTER TABLE metrics RENAME TO gone; ALTER TABLE runs RENAME TO gone_too");
        }});
        const std::string id = training->add(tinyRun(m_dataset)).id;
        training->waitUntilIdle();
        const std::string message = m_recorder->wait(id, RunState::Failed).message;
        QVERIFY2(message.find("could not be stored") != std::string::npos, message.c_str());
    }

    void destructorSavesAndLeavesTheRestQueued()
    {
        Gate gate;
        auto training = queue({.batch = gate.at(1, 2)});
        const std::string running = training->add(tinyRun(m_dataset)).id;
        gate.reached.wait();
        const std::string waiting = training->add(tinyRun(m_dataset)).id;
        std::jthread opener([&] { gate.opened.count_down(); });
        training.reset();
        QCOMPARE(m_store->find(running).state, RunState::Interrupted);
        QCOMPARE(m_store->find(waiting).state, RunState::Queued);
        QVERIFY(fs::exists(m_store->runFolder(running) / "checkpoints" / "fold1" / "last" / "step"));
        const FileLock free(m_store->lockFile(running));

        const auto later = queue();
        later->resume(waiting);
        later->waitUntilIdle();
        QCOMPARE(m_store->find(waiting).state, RunState::Finished);
    }

    void aRunTrainedElsewhereIsLeftAlone()
    {
        Gate gate;
        const auto here = queue({.batch = gate.at(1, 2)});
        const std::string id = here->add(tinyRun(m_dataset)).id;
        gate.reached.wait();
        ReportRecorder recorder;
        const auto otherStore = std::make_shared<RunStore>(m_folder / "store");
        QVERIFY(otherStore->recoverInterrupted().empty());
        {
            TrainingQueue there(otherStore, recorder.sink(), always(std::make_shared<FakeEngine>()));
            there.resume(id);
            there.waitUntilIdle();
        }
        QVERIFY(recorder.wait(id, RunState::Failed).message.find("in use by another Melscope") != std::string::npos);
        QCOMPARE(m_store->find(id).state, RunState::Running);
        gate.opened.count_down();
        here->waitUntilIdle();
        QCOMPARE(m_store->find(id).state, RunState::Finished);
    }

    void reportsLoseNothingAndAreFew()
    {
        const auto begun = std::chrono::steady_clock::now();
        const auto training = queue({.stepsPerEpoch = 500});
        const std::string id = training->add(tinyRun(m_dataset, 6, {2})).id;
        training->waitUntilIdle();
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun).count();
        std::vector<int64_t> steps;
        std::vector<int> epochs;
        for (const TrainingReport& report : m_recorder->all()) {
            for (const StepMetrics& step : report.newSteps)
                steps.push_back(step.step);
            for (const EpochMetrics& epoch : report.newEpochs)
                epochs.push_back(epoch.epoch);
        }
        QCOMPARE(steps.size(), size_t{3000});
        for (size_t i = 0; i < steps.size(); ++i)
            QCOMPARE(steps[i], static_cast<int64_t>(i) + 1);
        QCOMPARE(epochs, (std::vector{1, 2, 3, 4, 5, 6}));
        const auto changes = 6; // preparing twice, fold begun, running, what was held back, finished
        QVERIFY2(static_cast<long>(m_recorder->all().size()) <= took / 60 + changes, std::to_string(m_recorder->all().size()).c_str());
    }

    void timeLeftIsThatOfTheWholeRun()
    {
        const auto dataset = tinyDataset(m_folder / "three", 3);
        Gate gate;
        const auto training = queue({.stepsPerEpoch = 4, .secondsLeft = 10.0, .batch = gate.at(2, 1)});
        const std::string id = training->add(tinyRun(dataset, 1)).id;
        gate.reached.wait();
        // First fold at its very start: 10 s left of it, the two others heading for the same.
        QCOMPARE(m_recorder->wait(id, RunState::Running).fold, 1);
        QCOMPARE(m_recorder->wait(id, RunState::Preparing).foldCount, 3);
        const std::vector<TrainingReport> reports = m_recorder->all();
        const auto running = std::find_if(reports.begin(), reports.end(), [](const auto& report) { return report.state == RunState::Running; });
        QCOMPARE(running->step, int64_t{1});
        QCOMPARE(running->secondsLeft, 10.0 + 2 * 10.0 * 4.0 / 3.0);
        // Second fold: the first one's recorded 0.5 s are the measure for the third.
        QCOMPARE(reports.back().fold, 2);
        QCOMPARE(reports.back().secondsLeft, 10.5);
        gate.opened.count_down();
        training->waitUntilIdle();
    }

    void changedDatasetIsNotResumed()
    {
        Gate gate;
        auto training = queue({.batch = gate.at(2, 1)});
        const std::string id = training->add(tinyRun(m_dataset)).id;
        gate.reached.wait();
        training->interrupt();
        gate.opened.count_down();
        training->waitUntilIdle();
        writeFileAtomically(m_dataset->clips.front().path, "something else entirely");
        training->resume(id);
        training->waitUntilIdle();
        const RunRecord run = m_store->find(id);
        QCOMPARE(run.state, RunState::Failed);
        QVERIFY2(run.message.find("is not the one that") != std::string::npos, run.message.c_str());
        QCOMPARE(run.results.size(), size_t{1});
    }

    void anotherMachinesSittingIsNoted()
    {
        Gate gate;
        auto training = queue({.batch = gate.at(1, 2)});
        const std::string id = training->add(tinyRun(m_dataset)).id;
        gate.reached.wait();
        training->interrupt();
        gate.opened.count_down();
        training->waitUntilIdle();
        QVERIFY(!m_store->environment(id).contains("earlier"));
        training = queue({.bf16 = true});
        training->resume(id);
        training->waitUntilIdle();
        const Json environment = m_store->environment(id);
        QCOMPARE(environment.at("bf16").get<bool>(), true);
        QCOMPARE(environment.at("earlier").at(0).at("bf16").get<bool>(), false);
        QVERIFY(readFile(m_store->runFolder(id) / "log.txt").find("(bf16)") != std::string::npos);
    }

    void aTaskComesBetweenRunsAndBeforeThoseThatWait()
    {
        Gate gate;
        const auto busy = queue({.batch = gate.at(1, 1)});
        const RunRecord first = busy->add(tinyRun(m_dataset, 1, {1}));
        const RunRecord second = busy->add(tinyRun(m_dataset, 1, {2}));
        gate.reached.wait();
        std::vector<RunState> states;
        bool isFake = false;
        busy->addTask([&](const TrainingQueue::EngineSource& engine, const std::stop_token& stop) {
            isFake = engine()->info().cpu == "fake" && !stop.stop_requested();
            states = {m_store->find(first.id).state, m_store->find(second.id).state};
        });
        gate.opened.count_down();
        busy->waitUntilIdle();
        QVERIFY(isFake);
        QCOMPARE(states, (std::vector{RunState::Finished, RunState::Queued}));
        QCOMPARE(m_store->find(second.id).state, RunState::Finished);
    }

    void aTaskIsAskedToStopWhenTheQueueGoes()
    {
        std::latch inside{1};
        auto doomed = queue();
        bool stopped = false;
        doomed->addTask([&](const TrainingQueue::EngineSource&, const std::stop_token& stop) {
            std::latch asked{1};
            const std::stop_callback callback(stop, [&] { asked.count_down(); });
            inside.count_down();
            asked.wait();
            stopped = stop.stop_requested();
        });
        inside.wait();
        doomed.reset();
        QVERIFY(stopped);
    }
};

QTEST_APPLESS_MAIN(TestQueue)
#include "tst_queue.moc"
