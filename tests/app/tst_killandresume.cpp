// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandRunner.h"
#include "app/TinyDataset.h"
#include "base/RandomStream.h"
#include "runs/RunStore.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QtTest>

#include <bit>
#include <csignal>
#include <random>

using namespace melscope;

/// A real training is killed at random moments and resumed until it is done; its numbers must be those of one left alone.
class TestKillAndResume : public QObject
{
    Q_OBJECT

private:
    static constexpr int epochs = 3; // each writes a checkpoint of 250 MB
    static constexpr int kills = 4;

    CommandRunner m_runner;
    QString m_dataset;
    double m_epochMilliseconds = 0.0; ///< of the undisturbed run

    static QStringList training(const QString& dataset, const QString& recipe, const QString& folds, const QStringList& settings)
    {
        QStringList words{QStringLiteral("train"), dataset, QStringLiteral("--recipe"), recipe, QStringLiteral("--folds"), folds,
                          QStringLiteral("--seed"), QStringLiteral("21"), QStringLiteral("--json")};
        words += tinySettings(epochs);
        for (const QString& setting : settings)
            words << QStringLiteral("--set") << setting;
        return words;
    }

    static uint64_t seed()
    {
        if (const QByteArray given = qgetenv("MELSCOPE_KILL_SEED"); !given.isEmpty())
            return given.toULongLong();
        return std::random_device{}();
    }

    static QString runOf(const QByteArray& line)
    {
        const Json json = Json::parse(line.toStdString(), nullptr, false);
        return json.is_object() ? QString::fromStdString(json.value("run", "")) : QString();
    }

    /// Reads until the process has printed `lines` lines or ended.
    static QByteArray readLines(QProcess& process, int lines)
    {
        QByteArray seen;
        while (seen.count('\n') < lines && process.waitForReadyRead(120'000))
            seen += process.readAllStandardOutput();
        return seen;
    }

    /// Kills the process once it has printed `after` lines and `delay` ms more have gone. False: it had ended by itself.
    static bool killed(QProcess& process, int after, int delay, QByteArray& seen)
    {
        seen = readLines(process, after);
        if (process.waitForFinished(delay))
            return false;
        ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
        process.waitForFinished();
        return process.exitStatus() == QProcess::CrashExit;
    }

    static bool sameBits(double a, double b) { return std::bit_cast<uint64_t>(a) == std::bit_cast<uint64_t>(b); }

    static bool sameNumbers(const EpochMetrics& a, const EpochMetrics& b)
    {
        return a.fold == b.fold && a.stage == b.stage && a.figures == b.figures && a.epoch == b.epoch && a.epochs == b.epochs && sameBits(a.trainLoss, b.trainLoss)
            && sameBits(a.trainAccuracy, b.trainAccuracy) && sameBits(a.valLoss, b.valLoss)
            && sameBits(a.valAccuracy, b.valAccuracy) && sameBits(a.learningRate, b.learningRate);
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFileInfo::exists(QFileInfo(QStringLiteral(MELSCOPE_EXECUTABLE)).path() + QStringLiteral("/libmelscope_engine.so")))
            QSKIP("This build has no training engine beside the executable.");
        m_dataset = m_runner.path(QStringLiteral("tiny"));
        writeTinyDataset(m_dataset);
    }

    void numbersAreThoseOfAnUndisturbedRun_data()
    {
        QTest::addColumn<QString>("recipe");
        QTest::addColumn<QString>("folds");
        QTest::addColumn<QStringList>("settings");
        QTest::addColumn<int>("epochsInAll");
        QTest::addColumn<int>("clips");
        QTest::newRow("two folds") << QStringLiteral("resnet34-quick") << QStringLiteral("1,3") << QStringList() << 2 * epochs << 12;
        QTest::newRow("pretraining first") << QStringLiteral("simclr-quick") << QStringLiteral("3")
                                           << QStringList{QStringLiteral("pretraining.epochs=4"), QStringLiteral("pretraining.batch=9"),
                                                          QStringLiteral("pretraining.chunk=6"), QStringLiteral("training.epochs=1")}
                                           << 4 + 1 + 1 << 6;
    }

    void numbersAreThoseOfAnUndisturbedRun()
    {
        QFETCH(QString, recipe);
        QFETCH(QString, folds);
        QFETCH(QStringList, settings);
        QFETCH(int, epochsInAll);
        QFETCH(int, clips);
        const QStringList training = TestKillAndResume::training(m_dataset, recipe, folds, settings);
        QElapsedTimer timer;
        timer.start();
        const CommandResult whole = m_runner.run(training);
        QVERIFY2(whole.status == 0, qPrintable(whole.errors));
        m_epochMilliseconds = static_cast<double>(timer.elapsed()) / epochsInAll;
        const QString reference = QString::fromStdString(whole.lines().front().value("run", ""));

        const uint64_t dice = seed();
        qInfo("MELSCOPE_KILL_SEED=%llu", static_cast<unsigned long long>(dice));
        RandomStream random({.seed = dice});
        QString run;
        int killCount = 0;
        bool ended = false;
        for (int sitting = 0; sitting < kills && !ended; ++sitting) {
            const auto process = m_runner.start(run.isEmpty() ? training : QStringList{QStringLiteral("resume"), run, QStringLiteral("--json")});
            QByteArray seen;
            // The first line names the run; after it comes anything from loading the engine to the second epoch's end.
            const int lines = 1 + static_cast<int>(random.below(2));
            const int delay = static_cast<int>(random.uniform(0.0, m_epochMilliseconds));
            ended = !killed(*process, lines, delay, seen);
            killCount += ended ? 0 : 1;
            if (run.isEmpty())
                run = runOf(seen.left(seen.indexOf('\n')));
            QVERIFY(!run.isEmpty());
        }
        QVERIFY2(killCount >= 2, "the training was over before it could be killed twice");
        if (!ended) {
            const CommandResult last = m_runner.run({QStringLiteral("resume"), run, QStringLiteral("--json")});
            QVERIFY2(last.status == 0, qPrintable(last.errors));
        }
        compare(reference.toStdString(), run.toStdString(), static_cast<size_t>(epochsInAll), static_cast<size_t>(clips));
    }

private:
    void compare(const std::string& reference, const std::string& run, size_t epochsInAll, size_t clips)
    {
        const RunStore store(m_runner.path(QStringLiteral("data")).toStdString());
        QVERIFY(run != reference);
        QCOMPARE(store.find(run).state, RunState::Finished);
        const std::vector<EpochMetrics> expected = store.metrics(reference);
        const std::vector<EpochMetrics> got = store.metrics(run);
        QCOMPARE(expected.size(), epochsInAll);
        QCOMPARE(got.size(), expected.size());
        for (size_t i = 0; i < got.size(); ++i)
            QVERIFY2(sameNumbers(got[i], expected[i]), qPrintable(QStringLiteral("fold %1 epoch %2").arg(got[i].fold).arg(got[i].epoch)));
        const Predictions predictions = store.predictions(run);
        QCOMPARE(predictions.size(), clips);
        QVERIFY(!predictions.front().ttaProbabilities.empty());
        QVERIFY(predictions == store.predictions(reference));
    }
};

QTEST_GUILESS_MAIN(TestKillAndResume)
#include "tst_killandresume.moc"
