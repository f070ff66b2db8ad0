// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandRunner.h"
#include "app/TinyDataset.h"
#include "base/Files.h"
#include "base/Statistics.h"
#include "support/PythonTorch.h"

#include <QFileInfo>
#include <QtTest>

#include <algorithm>
#include <csignal>

using namespace melscope;

/// Real trainings of a few seconds through the executable and its engine.
class TestTraining : public QObject
{
    Q_OBJECT

private:
    CommandRunner m_runner;
    QString m_dataset;
    QString m_run; ///< id of the run that the first test trains

    QStringList training(const QString& dataset, const QStringList& options, int epochs) const
    {
        return QStringList{"train", dataset, "--recipe", "resnet34-quick", "--json"} + options + tinySettings(epochs);
    }

    static std::vector<Json> ofEvent(const std::vector<Json>& lines, const char* event)
    {
        std::vector<Json> found;
        for (const Json& line : lines)
            if (line["event"] == event)
                found.push_back(line);
        return found;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFileInfo::exists(QFileInfo(QStringLiteral(MELSCOPE_EXECUTABLE)).path() + QStringLiteral("/libmelscope_engine.so")))
            QSKIP("This build has no training engine beside the executable.");
        m_dataset = m_runner.path(QStringLiteral("tiny"));
        writeTinyDataset(m_dataset);
    }

    void printsRunEpochsResultsAndSummary()
    {
        const CommandResult result = m_runner.run(training(m_dataset, {"--folds", "1,3", "--seed", "4"}, 2));
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        QVERIFY2(result.isJson(), qPrintable(result.out));
        const std::vector<Json> lines = result.lines();
        QCOMPARE(lines.front()["event"], "run");
        QCOMPARE(lines.front()["folds"], Json({1, 3}));
        QCOMPARE(lines.back()["event"], "summary");
        m_run = QString::fromStdString(lines.front()["run"]);
        QCOMPARE(m_run.size(), 8);

        const std::vector<Json> epochs = ofEvent(lines, "epoch");
        QCOMPARE(epochs.size(), size_t{4});
        for (const Json& epoch : epochs) {
            for (const char* key : {"run", "fold", "epoch", "epochs", "train_loss", "val_loss", "val_accuracy", "lr", "clips_per_second", "seconds"})
                QVERIFY2(epoch.contains(key) && !epoch[key].is_null(), key);
            QCOMPARE(epoch["epochs"], 2);
            QVERIFY(epoch["train_loss"].get<double>() > 0.0 && epoch["clips_per_second"].get<double>() > 0.0);
        }
        int correct = 0;
        const std::vector<Json> results = ofEvent(lines, "result");
        QCOMPARE(results.size(), size_t{2});
        for (const Json& fold : results) {
            QCOMPARE(fold["n"], 6);
            const int hits = static_cast<int>(std::lround(6.0 * fold["accuracy"].get<double>()));
            correct += hits;
            QCOMPARE(fold["interval"][0].get<double>(), wilsonInterval(hits, 6).low);
            QCOMPARE(fold["interval"][1].get<double>(), wilsonInterval(hits, 6).high);
            QVERIFY(fold["tta_accuracy"].is_number());
        }
        const Json summary = lines.back();
        QCOMPARE(summary["n"], 12);
        QCOMPARE(summary["accuracy"].get<double>(), correct / 12.0);
        QCOMPARE(summary["mean"].get<double>(), (results[0]["accuracy"].get<double>() + results[1]["accuracy"].get<double>()) / 2.0);
        QVERIFY(summary["sd"].is_number());
    }

    void evaluationAgreesWithTraining()
    {
        const CommandResult shown = m_runner.run({"runs", "show", m_run, "--json"});
        QVERIFY2(shown.status == 0, qPrintable(shown.errors));
        const Json run = shown.lines().at(0);
        QCOMPARE(run["state"], "finished");
        QCOMPARE(run["recipe"]["training"]["epochs"], 2);
        const CommandResult evaluated = m_runner.run({"evaluate", m_run, "--tta", "0", "--json"});
        QVERIFY2(evaluated.status == 0, qPrintable(evaluated.errors));
        const std::vector<Json> results = ofEvent(evaluated.lines(), "result");
        QCOMPARE(results.size(), run["results"].size());
        for (size_t i = 0; i < results.size(); ++i) {
            QCOMPARE(results[i]["fold"], run["results"][i]["fold"]);
            QCOMPARE(results[i]["accuracy"].get<double>(), run["results"][i]["correct"].get<double>() / 6.0);
            QVERIFY(results[i]["tta_accuracy"].is_null());
        }
    }

    void finishedRunsCannotBeResumed()
    {
        const CommandResult result = m_runner.run({"resume", m_run, "--json"});
        QCOMPARE(result.status, 1);
        QVERIFY2(result.errors.contains(QLatin1String("finished")), qPrintable(result.errors));
    }

    void exportsCurvesAndPredictions()
    {
        const QString csv = m_runner.path(QStringLiteral("run.csv"));
        QCOMPARE(m_runner.run({"runs", "export", m_run, "--format", "csv", "--out", csv}).status, 0);
        QFile epochs(csv);
        QVERIFY(epochs.open(QIODevice::ReadOnly));
        QCOMPARE(epochs.readAll().count('\n'), 1 + 4);
        QFile predictions(m_runner.path(QStringLiteral("run-predictions.csv")));
        QVERIFY(predictions.open(QIODevice::ReadOnly));
        const QList<QByteArray> rows = predictions.readAll().trimmed().split('\n');
        QCOMPARE(rows.size(), 1 + 12);
        QCOMPARE(rows[0].count(','), rows[1].count(','));
        QVERIFY(rows[0].endsWith("p(class0),p(class1),p(class2)"));

        const QString json = m_runner.path(QStringLiteral("run.json"));
        QCOMPARE(m_runner.run({"runs", "export", m_run, "--format", "json", "--out", json}).status, 0);
        QFile whole(json);
        QVERIFY(whole.open(QIODevice::ReadOnly));
        const Json exported = Json::parse(whole.readAll().toStdString(), nullptr, false);
        QCOMPARE(exported["metrics"].size(), size_t{4});
        QCOMPARE(exported["predictions"].size(), size_t{12});
    }

    void aCardTrainsTheRunAgainToTheSameNumbers()
    {
        const QString card = m_runner.path(QStringLiteral("card.json"));
        QCOMPARE(m_runner.run({"runs", "export", m_run, "--format", "card", "--out", card}).status, 0);
        const QString elsewhere = m_runner.path(QStringLiteral("elsewhere"));
        writeTinyDataset(elsewhere);
        const CommandResult result = m_runner.run({"train", elsewhere, "--card", card, "--json"});
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        const std::vector<Json> reproductions = ofEvent(result.lines(), "reproduction");
        QCOMPARE(reproductions.size(), size_t{1});
        const Json& line = reproductions.front();
        QCOMPARE(line["clips"], 12);
        QCOMPARE(line["identical"], 12);
        QCOMPARE(line["exact"], true);
        QCOMPARE(line["accuracy"], line["original_accuracy"]);
        const QString again = QString::fromStdString(result.lines().front()["run"]);
        QVERIFY(m_runner.run({"runs", "show", again}).out.contains(QStringLiteral("exactly")));
        QCOMPARE(m_runner.run({"runs", "delete", again}).status, 0);
    }

    void exportedWeightsAreRecognisedAndLoadInPython()
    {
        QCOMPARE(m_runner.run({"weights", "export", m_run, "--format", "pt", "--out", m_runner.path(QStringLiteral("w.pt"))}).status, 2); // two folds
        for (const char* format : {"pt", "safetensors"}) {
            const QString file = m_runner.path(QStringLiteral("weights.") + QLatin1String(format));
            const CommandResult written = m_runner.run({"weights", "export", m_run, "--format", QLatin1String(format), "--fold", "3", "--out", file, "--json"});
            QVERIFY2(written.status == 0, qPrintable(written.errors));
            QCOMPARE(written.lines().at(0)["epoch"], 2);
            const Json seen = m_runner.run({"weights", "inspect", file, "--json"}).lines().at(0);
            QCOMPARE(seen["architecture"], "resnet34");
            QCOMPARE(seen["classes"], 3);
            QCOMPARE(seen["input_channels"], 1);
            QCOMPARE(seen["sha256"], written.lines().at(0)["sha256"]);
            QCOMPARE(seen["ours"], QLatin1String(format) == QLatin1String("safetensors"));
        }
        if (!test::pythonHasTorch())
            QSKIP("Python with torch and torchvision is not installed.");
        const test::PythonResult python = test::runPython(R"py(
import sys, torch, torchvision
model = torchvision.models.resnet34(num_classes=3)
model.conv1 = torch.nn.Conv2d(1, 64, 7, 2, 3, bias=False)
model.load_state_dict(torch.load(sys.argv[1]), strict=True)
assert model.bn1.num_batches_tracked.item() > 0
assert all(t.isfinite().all() for t in model.state_dict().values())
)py", {m_runner.path(QStringLiteral("weights.pt"))});
        QVERIFY2(python.ok, python.errors.constData());
    }

    void reportHasTheRow()
    {
        const CommandResult markdown = m_runner.run({"report", m_run});
        QVERIFY2(markdown.status == 0, qPrintable(markdown.errors));
        QVERIFY2(markdown.out.contains(QLatin1String("ResNet-34")) && markdown.out.contains(QLatin1String("BEATs (frozen)")), qPrintable(markdown.out));
        const QString file = m_runner.path(QStringLiteral("table.csv"));
        QCOMPARE(m_runner.run({"report", "--format", "csv", "--out", file}).status, 0);
        QVERIFY(QFileInfo(file).size() > 100);
        const CommandResult json = m_runner.run({"report", "--json"});
        QVERIFY(json.isJson());
        QCOMPARE(json.lines().front()["n"], 12);
    }

    void labelSafetyCountsWhatChanges()
    {
        const QString chain = m_runner.path(QStringLiteral("chain.json"));
        writeFileAtomically(chain.toStdString(), R"({"waveform": [{"name": "gain", "min_gain": 0, "max_gain": 0}], "spectrogram": [
            {"name": "time_roll", "max_share": 0, "probability": 0.1}, {"name": "spec_augment", "time_share": 1, "frequency_share": 1}]})");
        const QStringList arguments{"label-safety", m_run, "--chain", chain, "--draws", "2", "--json"};
        const CommandResult result = m_runner.run(arguments);
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        const std::vector<Json> lines = result.lines();
        QCOMPARE(lines.size(), size_t{3});
        for (size_t nothing : {0, 1}) { // a gain of 0 dB, a shift by no frame
            QCOMPARE(lines[nothing]["overall"]["changed"], 0.0);
            QCOMPARE(lines[nothing]["accuracy_under"], lines[nothing]["accuracy"]);
        }
        QCOMPARE(lines[2]["overall"]["n"], 12);
        QCOMPARE(lines[2]["classes"]["class1"]["n"], 4);
        QCOMPARE(m_runner.run(arguments).out, result.out);
        const CommandResult recipes = m_runner.run({"label-safety", m_run});
        QVERIFY2(recipes.status == 0, qPrintable(recipes.errors));
        QVERIFY(recipes.out.contains(QLatin1String("of 12 predictions change")));
        QCOMPARE(m_runner.run({"label-safety", m_run, "--chain", "none"}).status, 1);
    }

    void efficientNetStartsFromTheWeightsItIsGiven()
    {
        const std::filesystem::path weights = std::filesystem::path(qEnvironmentVariable("MELSCOPE_SHARED").toStdString()) / "weights"
            / "efficientnet-lite0-57934424.pth";
        if (!std::filesystem::exists(weights))
            QSKIP("The reference weights are not there (MELSCOPE_SHARED).");
        const QStringList recipe = QStringList{"--recipe", "efficientnet-b0-quick", "--fold", "2", "--json"} + tinySettings(2);
        const CommandResult trained = m_runner.run(QStringList{"train", m_dataset, "--weights", QString::fromStdString(weights.string())} + recipe);
        QVERIFY2(trained.status == 0, qPrintable(trained.errors));
        const Json first = trained.lines().front();
        QCOMPARE(first["weights"]["name"], "efficientnet-lite0-57934424.pth");
        QCOMPARE(first["weights"]["trained_on"], "ImageNet");
        QCOMPARE(first["weights"]["sha256"], sha256OfFile(weights));
        const CommandResult report = m_runner.run({"report", QString::fromStdString(first["run"]), "--json"});
        const std::vector<Json> rows = report.lines();
        const auto row = std::ranges::find(rows, Json("efficientnet-b0"), [](const Json& each) { return each["method"]; });
        QCOMPARE((*row)["trained_on"], "ImageNet");
        QVERIFY((*row)["n"].get<int>() > 0);

        const CommandResult cost = m_runner.run(QStringList{"estimate", m_dataset, "--weights", QString::fromStdString(weights.string())} + recipe);
        QVERIFY2(cost.status == 0 && cost.isJson(), qPrintable(cost.errors));
        for (const char* key : {"seconds_per_epoch", "seconds_per_fold", "peak_memory_mb", "parameters"})
            QVERIFY2(cost.lines().front()[key].get<double>() > 0.0, key);

        // A recipe that expects other bytes than the file has now.
        Json changed = m_runner.run({"runs", "show", QString::fromStdString(first["run"]), "--json"}).lines().front()["recipe"];
        changed["weights"]["sha256"] = std::string(64, '0');
        const QString file = m_runner.path(QStringLiteral("changed.json"));
        writeFileAtomically(file.toStdString(), changed.dump());
        const CommandResult refused = m_runner.run({"train", m_dataset, "--recipe", file, "--fold", "2", "--json"});
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.errors.contains(QLatin1String("not those that this run began with")), qPrintable(refused.errors));
    }

    void interruptedRunGoesOnToTheSameNumbers()
    {
        constexpr int epochs = 3; // each writes a checkpoint of 250 MB
        const CommandResult whole = m_runner.run(training(m_dataset, {"--fold", "2"}, epochs));
        QVERIFY2(whole.status == 0, qPrintable(whole.errors));

        const auto process = m_runner.start(training(m_dataset, {"--fold", "2"}, epochs));
        QByteArray seen;
        while (seen.count('\n') < 2 && process->waitForReadyRead(120'000))
            seen += process->readAllStandardOutput();
        QVERIFY(seen.count('\n') >= 2);
        ::kill(static_cast<pid_t>(process->processId()), SIGINT);
        CommandResult interrupted = CommandRunner::finish(*process);
        interrupted.out.prepend(QString::fromUtf8(seen));
        QVERIFY2(interrupted.status == 130, qPrintable(interrupted.errors));
        QVERIFY(interrupted.isJson());
        QCOMPARE(interrupted.lines().back()["event"], "interrupted");
        const QString run = QString::fromStdString(interrupted.lines().front()["run"]);
        QVERIFY2(interrupted.errors.contains(QStringLiteral("melscope resume ") + run), qPrintable(interrupted.errors));
        const size_t before = ofEvent(interrupted.lines(), "epoch").size();
        QVERIFY(before >= 1 && before < epochs);

        const CommandResult resumed = m_runner.run({"resume", run, "--json"});
        QVERIFY2(resumed.status == 0, qPrintable(resumed.errors));
        QCOMPARE(resumed.lines().front()["resumed"], true);
        // A resume tells the earlier epochs again: who was killed in the middle may never have heard of the last one.
        const std::vector<Json> expected = ofEvent(whole.lines(), "epoch");
        const std::vector<Json> first = ofEvent(interrupted.lines(), "epoch");
        const std::vector<Json> all = ofEvent(resumed.lines(), "epoch");
        QCOMPARE(all.size(), expected.size());
        for (size_t i = 0; i < expected.size(); ++i) {
            for (const char* key : {"epoch", "train_loss", "val_loss", "val_accuracy", "lr"}) {
                QCOMPARE(all[i][key].dump(), expected[i][key].dump());
                if (i < first.size())
                    QCOMPARE(first[i][key].dump(), expected[i][key].dump());
            }
        }
        QCOMPARE(ofEvent(resumed.lines(), "result").at(0)["accuracy"], ofEvent(whole.lines(), "result").at(0)["accuracy"]);
    }

    void leaksAreFlaggedBeforeTraining()
    {
        const QString folder = m_runner.path(QStringLiteral("leaky"));
        writeTinyDataset(folder, true);
        const CommandResult result = m_runner.run(training(folder, {"--fold", "4"}, 1));
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        const Json problems = result.lines().front()["problems"];
        QVERIFY(!problems.empty());
        QCOMPARE(problems[0]["kind"], "leak");
        QVERIFY(result.errors.startsWith(QLatin1String("leak")));
    }

    void unknownFoldIsWrongUsage()
    {
        const CommandResult result = m_runner.run(training(m_dataset, {"--fold", "9"}, 1));
        QCOMPARE(result.status, 2);
        QVERIFY(result.errors.contains(QLatin1String("1, 2, 3, 4")));
    }

    void deletedRunsAreGone()
    {
        const CommandResult result = m_runner.run({"runs", "delete", m_run, "--json"});
        QCOMPARE(result.status, 0);
        QCOMPARE(result.lines().at(0)["event"], "deleted");
        QCOMPARE(m_runner.run({"runs", "show", m_run}).status, 1);
    }
};

QTEST_GUILESS_MAIN(TestTraining)
#include "tst_training.moc"
