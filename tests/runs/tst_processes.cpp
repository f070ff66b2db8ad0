// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "base/RandomStream.h"
#include "runs/RunStore.h"
#include "runs/SqlDatabase.h"
#include "runs/SqlStatement.h"
#include "support/TinyDataset.h"
#include "support/TinyRun.h"

#include <QTemporaryDir>
#include <QtTest>

#include <chrono>
#include <csignal>
#include <functional>
#include <random>
#include <set>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace melscope;
using namespace melscope::test;
namespace fs = std::filesystem;

/// Several processes on one store, and processes that die. SQLite connections must not cross a fork, so every store here is
/// opened in the process that uses it, and none is open while forking.
class TestProcesses : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path m_folder;
    std::shared_ptr<const Dataset> m_dataset;

    /// Runs `work` in a child; its exit status says whether it threw. `ready` is called by the child when the parent may go on.
    static pid_t inChild(const std::function<void(const std::function<void()>& ready)>& work)
    {
        int ends[2];
        if (::pipe(ends) != 0)
            return -1;
        const pid_t child = ::fork();
        if (child == 0) {
            try {
                work([&] { [[maybe_unused]] const ssize_t told = ::write(ends[1], "r", 1); });
            } catch (...) {
                ::_exit(1);
            }
            ::_exit(0);
        }
        ::close(ends[1]);
        char byte = 0;
        [[maybe_unused]] const ssize_t heard = ::read(ends[0], &byte, 1);
        ::close(ends[0]);
        return child;
    }

    static int statusOf(pid_t child)
    {
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

    static FoldResult foldOf(int generation, const Dataset& dataset)
    {
        FoldResult result{.fold = 1, .ttaViews = 0, .seconds = static_cast<double>(generation)};
        for (int clip = 0; clip < static_cast<int>(dataset.clips.size()); ++clip)
            result.predictions.push_back({.clip = clip, .name = "c", .fold = 1, .loss = static_cast<double>(generation),
                                          .probabilities = std::vector<float>(50, static_cast<float>(generation))});
        return result;
    }

private Q_SLOTS:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = fs::path(m_temporary->path().toStdString());
        m_dataset = tinyDataset(m_folder / "data");
    }

    void manyProcessesOpenAFreshStoreAndWriteAtOnce()
    {
        constexpr int processes = 6;
        std::vector<pid_t> children;
        for (int i = 0; i < processes; ++i)
            children.push_back(inChild([&](const auto& ready) {
                ready();
                RunStore store(m_folder / "store");
                for (int n = 0; n < 3; ++n) {
                    const std::string id = store.create(tinyRun(m_dataset)).id;
                    for (int epoch = 1; epoch <= 5; ++epoch)
                        store.addMetrics(id, {{.fold = 1, .epoch = epoch}});
                }
            }));
        for (const pid_t child : children)
            QCOMPARE(statusOf(child), 0);
        const RunStore store(m_folder / "store");
        const std::vector<RunRecord> runs = store.list();
        QCOMPARE(runs.size(), size_t{3 * processes});
        std::set<std::string> names;
        for (const RunRecord& run : runs) {
            names.insert(run.name);
            QCOMPARE(store.metrics(run.id).size(), size_t{5});
        }
        QCOMPARE(names.size(), runs.size());
    }

    void aKilledWriterLeavesWholeEpochsAndFolds()
    {
        const uint64_t seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        RandomStream random({.seed = seed});
        const std::string id = RunStore(m_folder / "store").create(tinyRun(m_dataset)).id;
        int furthest = 0;
        double newestFold = 0.0;
        for (int round = 0; round < 25; ++round) {
            const pid_t child = inChild([&](const auto& ready) {
                RunStore store(m_folder / "store");
                const int first = static_cast<int>(store.metrics(id).size()) / 3;
                ready();
                for (int i = first + 1;; ++i) {
                    store.addMetrics(id, {{.fold = 3, .epoch = i}, {.fold = 4, .epoch = i}, {.fold = 5, .epoch = i}});
                    store.addFoldResult(id, foldOf(i, *m_dataset));
                }
            });
            std::this_thread::sleep_for(std::chrono::microseconds(random.below(20'000)));
            ::kill(child, SIGKILL);
            QCOMPARE(statusOf(child), -1);
            {
                SqlDatabase database(m_folder / "store" / "melscope.db");
                SqlStatement check = database.prepare("PRAGMA integrity_check");
                QVERIFY(check.next());
                QCOMPARE(check.text(), std::string("ok"));
            }
            const RunStore store(m_folder / "store");
            const std::vector<EpochMetrics> metrics = store.metrics(id);
            QVERIFY(metrics.size() % 3 == 0); // a transaction is there as a whole or not at all
            const int epochs = static_cast<int>(metrics.size()) / 3;
            QVERIFY(epochs >= furthest); // and what was committed stays
            furthest = epochs;
            const RunRecord run = store.find(id);
            const Predictions predictions = store.predictions(id);
            QCOMPARE(predictions.size(), run.results.empty() ? size_t{0} : m_dataset->clips.size());
            for (const ClipPrediction& clip : predictions)
                QCOMPARE(clip.loss, run.results.front().seconds); // fold and predictions of one generation
            const double generation = run.results.empty() ? 0.0 : run.results.front().seconds;
            QVERIFY(generation >= newestFold && generation <= epochs);
            newestFold = generation;
        }
        QVERIFY(furthest > 0 && newestFold > 0.0);
    }

    void aRunWhoseProcessDiedIsRecoveredAndALivingOneIsNot()
    {
        std::string dead;
        std::string alive;
        {
            RunStore store(m_folder / "store");
            dead = store.create(tinyRun(m_dataset)).id;
            alive = store.create(tinyRun(m_dataset)).id;
        }
        const auto train = [&](const std::string& id) {
            return inChild([&, id](const auto& ready) {
                RunStore store(m_folder / "store");
                const FileLock lock(store.lockFile(id));
                store.setState(id, RunState::Running);
                ready();
                ::pause();
            });
        };
        const pid_t first = train(dead);
        const pid_t second = train(alive);
        ::kill(first, SIGKILL);
        statusOf(first);
        {
            RunStore store(m_folder / "store");
            const std::vector<RunRecord> recovered = store.recoverInterrupted();
            QCOMPARE(recovered.size(), size_t{1});
            QCOMPARE(recovered.front().id, dead);
            QCOMPARE(recovered.front().state, RunState::Interrupted);
            QCOMPARE(store.find(alive).state, RunState::Running);
            QVERIFY(store.recoverInterrupted().empty());
        }
        ::kill(second, SIGKILL);
        statusOf(second);
    }
};

QTEST_APPLESS_MAIN(TestProcesses)
#include "tst_processes.moc"
