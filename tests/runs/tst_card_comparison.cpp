// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "runs/CardComparison.h"
#include "runs/TrainingQueue.h"
#include "support/ErrorOf.h"
#include "support/FakeEngine.h"
#include "support/ReportRecorder.h"
#include "support/TinyDataset.h"
#include "support/TinyRun.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace melscope;
using namespace melscope::test;
namespace fs = std::filesystem;

class TestCardComparison : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    fs::path m_path = m_folder.path().toStdString();
    std::shared_ptr<RunStore> m_store = std::make_shared<RunStore>(m_path / "store");
    std::shared_ptr<const Dataset> m_dataset;
    RunRecord m_run;
    RunCard m_card;

    RunRecord trained(const NewRun& run)
    {
        ReportRecorder recorder;
        TrainingQueue queue(m_store, recorder.sink(), [] { return std::make_shared<FakeEngine>(FakeScript{}); });
        const std::string id = queue.add(run).id;
        queue.waitUntilIdle();
        return m_store->find(id);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_dataset = tinyDataset(m_path / "data");
        m_run = trained(tinyRun(m_dataset, 2, {1, 2}, 5));
        const fs::path file = m_path / "card.json";
        writeFileAtomically(file, RunCard::of(*m_store, m_run).toJson().dump());
        m_card = RunCard::fromFile(file); // what somebody else gets
        QCOMPARE(m_card.predictions.size(), size_t{8});
    }

    void theSameAgainIsExact()
    {
        const auto elsewhere = tinyDataset(m_path / "elsewhere"); // the same clips in another folder
        const RunRecord again = trained(runOf(m_card, elsewhere));
        QCOMPARE(again.seed, uint64_t{5});
        QCOMPARE(again.folds, m_run.folds);
        QCOMPARE(m_store->recipe(again.id).toJson(), m_store->recipe(m_run.id).toJson());
        const auto comparison = compareWithCard(*m_store, again);
        QVERIFY(comparison);
        QVERIFY(comparison->isExact());
        QCOMPARE(comparison->clips, 8);
        QCOMPARE(comparison->samePrediction, 8);
        QCOMPARE(comparison->largestDifference, 0.0);
        QCOMPARE(comparison->accuracy, comparison->originalAccuracy);
        QVERIFY(toSentence(*comparison).starts_with("Reproduces " + m_run.name + " exactly"));
        QVERIFY(!compareWithCard(*m_store, m_run)); // made without one
    }

    void anotherSeedIsNot()
    {
        NewRun run = runOf(m_card, m_dataset);
        run.seed = 6;
        const auto comparison = compareWithCard(*m_store, trained(run));
        QVERIFY(comparison && !comparison->isExact());
        QVERIFY(comparison->identical < 8);
        QVERIFY(comparison->largestDifference > 0.0);
    }

    void figuresAreThoseOfTheClips()
    {
        Predictions predictions = m_card.predictions;
        predictions.pop_back();
        predictions[0].probabilities[0] += 0.25F;
        predictions[1].predicted = 1 - predictions[1].predicted;
        const CardComparison comparison = compareWithCard(m_card, predictions, m_card.environment);
        QCOMPARE(comparison.missing, 1);
        QCOMPARE(comparison.clips, 7);
        QCOMPARE(comparison.samePrediction, 6);
        QCOMPARE(comparison.identical, 6);
        QVERIFY(std::abs(comparison.largestDifference - 0.25) < 1e-6);
        QVERIFY(std::abs(std::abs(comparison.accuracy - comparison.originalAccuracy) - 1.0 / 7.0) < 1e-12); // one of seven turned round
        QCOMPARE(comparison.environment, std::string());
        Json other = m_card.environment;
        other["cpu"] = "another";
        QCOMPARE(compareWithCard(m_card, predictions, other).environment, std::string("cpu"));
        QVERIFY(toSentence(comparison).find("1 clips of the card") != std::string::npos);
        QCOMPARE(compareWithCard(m_card, {}, m_card.environment).clips, 0);
        QVERIFY(!compareWithCard(m_card, {}, m_card.environment).isExact());
    }

    void anotherDatasetIsRefusedByWhatDiffers()
    {
        const auto refusal = [&](auto change) {
            Dataset other = *m_dataset;
            change(other);
            const auto error = errorOf([&] { runOf(m_card, std::make_shared<const Dataset>(other)); });
            return error ? std::string(error->what()) : std::string();
        };
        QVERIFY(refusal([](Dataset&) {}).empty());
        QVERIFY(refusal([](Dataset& other) { other.classes[0] = "snow"; }).find("classes") != std::string::npos);
        QVERIFY(refusal([](Dataset& other) { other.folds = {1, 3}; }).find("no fold 2") != std::string::npos);
        QVERIFY(refusal([](Dataset& other) { other.clips[3].label = 0; }).find(m_dataset->clips[3].name) != std::string::npos);
        QVERIFY(refusal([](Dataset& other) { other.clips.erase(other.clips.begin()); }).find(m_dataset->clips[0].name) != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestCardComparison)
#include "tst_card_comparison.moc"
