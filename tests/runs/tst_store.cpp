// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "dataset/DatasetFingerprint.h"
#include "runs/RunSchema.h"
#include "runs/RunStore.h"
#include "runs/SqlDatabase.h"
#include "runs/SqlStatement.h"
#include "support/ErrorOf.h"
#include "support/FakeEngine.h"
#include "support/TinyDataset.h"
#include "support/TinyRun.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <set>

using namespace melscope;
using namespace melscope::test;
namespace fs = std::filesystem;

class TestStore : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path m_folder;
    std::shared_ptr<const Dataset> m_dataset;

    static FoldResult resultOf(const RunStore& store, const RunRecord& run, int fold, const std::shared_ptr<const Dataset>& dataset)
    {
        RunControl control;
        return FakeEngine().trainFold({.dataset = dataset, .recipe = store.recipe(run.id), .fold = fold, .seed = run.seed,
                                       .folder = store.runFolder(run.id)}, control, [](const FoldProgress&) {});
    }

    static bool sameBits(double a, double b) { return std::bit_cast<uint64_t>(a) == std::bit_cast<uint64_t>(b); }

private Q_SLOTS:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = fs::path(m_temporary->path().toStdString());
        m_dataset = tinyDataset(m_folder / "data");
    }

    void runReadsBackAsItWasCreated()
    {
        NewRun fresh = tinyRun(m_dataset, 7, {2}, 0xfedcba9876543210u);
        fresh.datasetOptions = {.columns = ColumnMapping{.file = "filename", .label = "category", .fold = "fold", .source = "src,\"file"},
                                .folds = 3, .seed = 11};
        RunRecord created;
        {
            RunStore store(m_folder / "store");
            created = store.create(fresh);
        }
        const RunStore store(m_folder / "store");
        const RunRecord read = store.find(created.id);
        QVERIFY(read == created);
        QCOMPARE(read.seed, 0xfedcba9876543210u);
        QCOMPARE(read.folds, std::vector<int>{2});
        QCOMPARE(read.datasetFolds, (std::vector<int>{1, 2}));
        QCOMPARE(read.classes, m_dataset->classes);
        QCOMPARE(read.state, RunState::Queued);
        QCOMPARE(read.epochs, 7);
        QCOMPARE(read.recipeChanges, std::string("training.epochs=7"));
        QVERIFY(store.recipe(read.id).toJson() == fresh.recipe.toJson());
        const OpenOptions options = store.datasetOptions(read.id);
        QVERIFY(options.columns == fresh.datasetOptions.columns);
        QCOMPARE(options.folds, 3);
        QCOMPARE(options.seed, uint64_t{11});
        QVERIFY(store.environment(read.id).empty());
    }

    void idsAndNamesAreWellFormedAndUnique()
    {
        RunStore store(m_folder / "store");
        std::set<std::string> ids;
        std::set<std::string> names;
        const QRegularExpression name(QStringLiteral("^[a-z]+-[a-z]+-[0-9]+$"));
        for (int i = 0; i < 40; ++i) {
            const RunRecord run = store.create(tinyRun(m_dataset));
            QCOMPARE(run.id.size(), size_t{8});
            QVERIFY(name.match(QString::fromStdString(run.name)).hasMatch());
            ids.insert(run.id);
            names.insert(run.name);
        }
        QCOMPARE(ids.size(), size_t{40});
        QCOMPARE(names.size(), size_t{40});
        QCOMPARE(store.list().size(), size_t{40});
        QVERIFY(store.list().front().createdAt >= store.list().back().createdAt);
    }

    void findsByBeginningAndSaysWhatIsAmbiguous()
    {
        RunStore store(m_folder / "store");
        const RunRecord first = store.create(tinyRun(m_dataset));
        const RunRecord second = store.create(tinyRun(m_dataset));
        store.rename(first.id, "zz one");
        store.rename(second.id, "zz one more");
        QCOMPARE(store.find("zz one").id, first.id); // exact before beginning
        QCOMPARE(store.find("zz one m").id, second.id);
        QCOMPARE(store.find(first.id.substr(0, 7)).id, first.id);
        const auto ambiguous = errorOf([&] { store.find("zz"); });
        QVERIFY(ambiguous && ambiguous->kind() == ErrorKind::InvalidValue);
        QVERIFY(std::string(ambiguous->what()).find(second.id) != std::string::npos);
        for (const char* nothing : {"", "no-such-run"}) {
            const auto missing = errorOf([&] { store.find(nothing); });
            QVERIFY(missing && missing->kind() == ErrorKind::Missing);
        }
    }

    void namesCannotBeTakenTwiceNorBeEmpty()
    {
        RunStore store(m_folder / "store");
        const RunRecord first = store.create(tinyRun(m_dataset));
        const RunRecord second = store.create(tinyRun(m_dataset));
        QCOMPARE(errorOf([&] { store.rename(second.id, first.name); })->kind(), ErrorKind::InvalidValue);
        QCOMPARE(errorOf([&] { store.rename(second.id, "  "); })->kind(), ErrorKind::InvalidValue);
        QCOMPARE(errorOf([&] { store.rename("nobody", "x"); })->kind(), ErrorKind::Missing);
        store.rename(second.id, second.name); // to itself is fine
        QCOMPARE(store.find(second.id).name, second.name);
    }

    void metricsKeepEveryBitAndReplaceEqualEpochs()
    {
        RunStore store(m_folder / "store");
        const std::string id = store.create(tinyRun(m_dataset)).id;
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const EpochMetrics odd{.fold = 2, .epoch = 1, .epochs = 3, .trainLoss = 0.1 + 0.2, .trainAccuracy = 1.0 / 3.0, .valLoss = nan,
                               .valAccuracy = nan, .learningRate = std::numeric_limits<double>::denorm_min(),
                               .clipsPerSecond = std::numeric_limits<double>::infinity(), .dataWaitShare = -0.0, .seconds = 1e300};
        EpochMetrics replaced = odd;
        replaced.trainLoss = 17.0;
        store.addMetrics(id, {{.fold = 2, .epoch = 2}, replaced, {.fold = 1, .epoch = 9}});
        store.addMetrics(id, {odd});
        const std::vector<EpochMetrics> read = store.metrics(id);
        QCOMPARE(read.size(), size_t{3});
        QCOMPARE(read[0].fold, 1); // by fold, then epoch
        QCOMPARE(read[1].epoch, 1);
        QCOMPARE(read[2].epoch, 2);
        QVERIFY(sameBits(read[1].trainLoss, odd.trainLoss) && sameBits(read[1].trainAccuracy, odd.trainAccuracy));
        QVERIFY(std::isnan(read[1].valLoss) && std::isnan(read[1].valAccuracy));
        QVERIFY(sameBits(read[1].learningRate, odd.learningRate) && sameBits(read[1].clipsPerSecond, odd.clipsPerSecond));
        QCOMPARE(read[1].seconds, odd.seconds);
        QCOMPARE(errorOf([&] { store.addMetrics("nobody", {odd}); })->kind(), ErrorKind::Missing);
    }

    void stagesOfAFoldKeepTheirEpochsApart()
    {
        RunStore store(m_folder / "store");
        const std::string id = store.create(tinyRun(m_dataset)).id;
        const EpochMetrics pretraining{.fold = 1, .stage = "contrastive", .epoch = 1, .epochs = 9, .trainLoss = 3.0, .valLoss = 1.0,
                                       .figures = {{"knn_accuracy", 1.0 / 3.0}, {"uniformity", -2.5}}};
        store.addMetrics(id, {{.fold = 1, .epoch = 1}, {.fold = 2, .epoch = 1}, pretraining});
        const std::vector<EpochMetrics> read = store.metrics(id);
        QCOMPARE(read.size(), size_t{3});
        QVERIFY(read[0] == pretraining); // before the classifier's of its fold
        QCOMPARE(read[1].stage, std::string(supervisedStage));
        QCOMPARE(read[1].fold, 1);
        QCOMPARE(read[2].fold, 2);
    }

    void storeOfTheFirstVersionIsOpenedWithItsEpochs()
    {
        fs::create_directories(m_folder / "old" / "runs");
        {
            SqlDatabase database(m_folder / "old" / "melscope.db");
            database.migrate(runSchemaScripts().first(1));
            database.execute("INSERT INTO runs (id, name, method, recipe_name, recipe_changes, recipe_digest, state, dataset_name, dataset_path, "
                             "dataset_fingerprint, dataset_folds, classes, folds, seed, epochs, created_at) VALUES ('aaaaaaaa', 'old-run-1', "
                             "'resnet34', 'resnet34-quick', '', '', 'finished', 'd', '/d', '', '[1]', '[\"a\"]', '[1]', 0, 2, 1.0)");
            database.execute("INSERT INTO metrics (run, fold, epoch, epochs, train_loss, val_accuracy, seconds) VALUES (1, 1, 1, 2, 0.5, 0.25, 7.0), "
                             "(1, 1, 2, 2, 0.125, NULL, 7.0)");
        }
        const RunStore store(m_folder / "old");
        const std::vector<EpochMetrics> read = store.metrics("aaaaaaaa");
        QCOMPARE(read.size(), size_t{2});
        QCOMPARE(read[0].stage, std::string(supervisedStage));
        QCOMPARE(read[0].trainLoss, 0.5);
        QCOMPARE(read[0].valAccuracy, 0.25);
        QVERIFY(std::isnan(read[1].valAccuracy));
        QVERIFY(read[0].figures.empty());
        QCOMPARE(store.find("aaaaaaaa").seconds, 14.0);
    }

    void foldResultReadsBackBitForBit()
    {
        RunStore store(m_folder / "store");
        const RunRecord run = store.create(tinyRun(m_dataset, 3, {}, 5));
        const FoldResult second = resultOf(store, run, 2, m_dataset);
        FoldResult first = resultOf(store, run, 1, m_dataset);
        first.predictions[0].probabilities = {std::numeric_limits<float>::denorm_min(), 1.0F / 3.0F, -0.0F};
        first.predictions[1].ttaProbabilities.clear();
        store.addFoldResult(run.id, second);
        store.addFoldResult(run.id, first);

        Predictions expected = first.predictions;
        expected.insert(expected.end(), second.predictions.begin(), second.predictions.end());
        QVERIFY(store.predictions(run.id) == expected);
        const RunRecord read = store.find(run.id);
        QCOMPARE(read.results.size(), size_t{2});
        QCOMPARE(read.results[0].fold, 1);
        QCOMPARE(read.results[0].count, 4);
        QCOMPARE(read.results[1].correct, static_cast<int>(std::count_if(second.predictions.begin(), second.predictions.end(),
                                                                         [](const auto& clip) { return clip.correct(); })));
        QCOMPARE(read.results[1].ttaCorrect, static_cast<int>(std::count_if(second.predictions.begin(), second.predictions.end(),
                                                                            [](const auto& clip) { return clip.ttaCorrect(); })));
        QCOMPARE(read.results[1].epochsTrained, 3);
        QCOMPARE(read.parameters, int64_t{1234});
        QCOMPARE(read.precision, std::string("fp32"));
        QCOMPARE(read.seconds, 3.0);
        QCOMPARE(store.metrics(run.id).size(), size_t{6});
    }

    void historyReplacesEpochsTheCheckpointDoesNotKnow()
    {
        RunStore store(m_folder / "store");
        const RunRecord run = store.create(tinyRun(m_dataset, 3, {1}));
        FoldResult result = resultOf(store, run, 1, m_dataset);
        store.addMetrics(run.id, result.history);
        QCOMPARE(store.find(run.id).seconds, 1.5); // of the epochs while the fold is under way
        result.history.pop_back();
        result.end = FoldResult::End::Interrupted;
        store.addFoldResult(run.id, result);
        QCOMPARE(store.metrics(run.id).size(), size_t{2});
        QVERIFY(store.find(run.id).results.empty()); // interrupted: nothing final
        QVERIFY(store.predictions(run.id).empty());
    }

    void removeTakesEverythingAlong()
    {
        RunStore store(m_folder / "store");
        const RunRecord kept = store.create(tinyRun(m_dataset));
        const RunRecord run = store.create(tinyRun(m_dataset));
        store.addFoldResult(kept.id, resultOf(store, kept, 1, m_dataset));
        store.addFoldResult(run.id, resultOf(store, run, 1, m_dataset));
        {
            const FileLock held(store.lockFile(run.id));
            QCOMPARE(errorOf([&] { store.remove(run.id); })->kind(), ErrorKind::Busy);
            QCOMPARE(store.predictions(run.id).size(), size_t{4});
        }
        store.remove(run.id);
        QVERIFY(!fs::exists(store.runFolder(run.id)));
        QCOMPARE(errorOf([&] { store.metrics(run.id); })->kind(), ErrorKind::Missing);
        SqlDatabase database(m_folder / "store" / "melscope.db");
        for (const char* table : {"SELECT COUNT(DISTINCT run) FROM folds", "SELECT COUNT(DISTINCT run) FROM metrics",
                                  "SELECT COUNT(DISTINCT run) FROM predictions"}) {
            SqlStatement count = database.prepare(table);
            QVERIFY(count.next());
            QCOMPARE(count.integer(), int64_t{1}); // only those of the kept run
        }
    }

    void logHasTimesAndStates()
    {
        RunStore store(m_folder / "store");
        const std::string id = store.create(tinyRun(m_dataset)).id;
        store.setState(id, RunState::Failed, "The loss is no longer a number.\nSecond line.");
        QCOMPARE(store.find(id).state, RunState::Failed);
        QCOMPARE(store.find(id).message, std::string("The loss is no longer a number.\nSecond line."));
        const QString log = QString::fromStdString(readFile(store.runFolder(id) / "log.txt"));
        const QRegularExpression line(QStringLiteral("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z failed: The loss .* Second line\\.$"),
                                      QRegularExpression::MultilineOption);
        QVERIFY2(line.match(log).hasMatch(), qPrintable(log));
        QCOMPARE(errorOf([&] { store.setState("nobody", RunState::Failed); })->kind(), ErrorKind::Missing);
    }

    void changedDatasetIsRefusedInWords()
    {
        RunStore store(m_folder / "store");
        const std::string id = store.create(tinyRun(m_dataset)).id;
        QVERIFY(*store.openRecordedDataset(id) == *m_dataset);
        const fs::path clip = m_dataset->clips.front().path;
        writeFileAtomically(clip, "other audio");
        fs::last_write_time(clip, fs::file_time_type::clock::now() + std::chrono::hours(1));
        const auto edited = errorOf([&] { store.openRecordedDataset(id); });
        QVERIFY(edited && edited->kind() == ErrorKind::InvalidValue);
        QVERIFY2(std::string(edited->what()).find(m_dataset->clips.front().name) != std::string::npos, edited->what());
        fs::remove_all(m_folder / "data");
        QCOMPARE(errorOf([&] { store.openRecordedDataset(id); })->kind(), ErrorKind::Missing);
        tinyDataset(m_folder / "data", 2, 6);
        const auto grown = errorOf([&] { store.openRecordedDataset(id); });
        QVERIFY2(grown && std::string(grown->what()).find("it had 8 clips and now has 12") != std::string::npos, grown->what());
    }

    void touchedFilesAreStillTheSameDataset()
    {
        RunStore store(m_folder / "store");
        const std::string id = store.create(tinyRun(m_dataset)).id;
        fs::last_write_time(m_dataset->clips.front().path, fs::file_time_type::clock::now() + std::chrono::hours(1));
        QVERIFY(*store.openRecordedDataset(id) == *m_dataset);
    }

    /// Once a fingerprint was made of modification times: such runs and verdicts are this dataset's as long as these are the same.
    void aRunWithAFingerprintOfOldIsRecognised()
    {
        RunStore store(m_folder / "store");
        const std::string id = store.create(tinyRun(m_dataset)).id;
        const std::string now = store.find(id).datasetFingerprint, before = fileStamp(*m_dataset);
        const auto makeOld = [&] {
            SqlDatabase database(m_folder / "store" / "melscope.db");
            database.prepare("UPDATE runs SET dataset_fingerprint = ?").bind(before).run();
        };
        makeOld();
        store.setVerdict(before, {.clip = "a.wav", .label = "dog", .predicted = "cat", .verdict = Verdict::LabelWrong});
        QVERIFY(*store.openRecordedDataset(id) == *m_dataset);
        QCOMPARE(store.find(id).datasetFingerprint, now);
        QCOMPARE(store.verdicts(now).size(), size_t{1});
        QVERIFY(store.verdicts(before).empty());

        makeOld();
        store.create(tinyRun(m_dataset));
        QCOMPARE(store.find(id).datasetFingerprint, now); // one row of the accuracy table with the new one

        makeOld();
        fs::last_write_time(m_dataset->clips.front().path, fs::file_time_type::clock::now() + std::chrono::hours(1));
        QVERIFY(errorOf([&] { store.openRecordedDataset(id); })); // nobody can tell
    }

    void newerSchemaIsUnsupportedAndUntouched()
    {
        const fs::path file = m_folder / "store" / "melscope.db";
        { RunStore store(m_folder / "store"); }
        {
            SqlDatabase database(file);
            database.execute("PRAGMA user_version=99");
        }
        const auto error = errorOf([&] { RunStore store(m_folder / "store"); });
        QVERIFY(error && error->kind() == ErrorKind::Unsupported);
        QVERIFY(std::string(error->what()).find(file.string()) != std::string::npos);
    }

    void olderSchemaIsBroughtUpWithItsRows()
    {
        const fs::path file = m_folder / "some.db";
        static constexpr std::array<std::string_view, 1> one{"CREATE TABLE t (a INTEGER)"};
        static constexpr std::array<std::string_view, 3> three{one[0], "ALTER TABLE t ADD COLUMN b INTEGER DEFAULT 5; UPDATE t SET b = a",
                                                               "CREATE TABLE u (c INTEGER)"};
        {
            SqlDatabase database(file);
            database.migrate(one);
            database.execute("INSERT INTO t VALUES (3)");
        }
        SqlDatabase database(file);
        database.migrate(three);
        database.migrate(three);
        SqlStatement row = database.prepare("SELECT b, (SELECT COUNT(*) FROM u) FROM t");
        QVERIFY(row.next());
        QCOMPARE(row.integer(), int64_t{3});
        QCOMPARE(row.integer(), int64_t{0});
    }

    void weightsAreRecorded()
    {
        NewRun run = tinyRun(m_dataset);
        Json json = run.recipe.toJson();
        json["method"] = "efficientnet-b0";
        const Recipe scratch = Recipe::fromJson(json);
        json["weights"] = {{"file", "/w/b0.pth"}, {"sha256", "7f5810bc"}, {"name", "b0"}, {"trained_on", "ImageNet"}};
        const Recipe imageNet = Recipe::fromJson(json);
        RunStore store(m_folder / "store");
        run.recipe = scratch;
        const RunRecord without = store.find(store.create(run).id);
        run.recipe = imageNet;
        const RunRecord with = store.find(store.create(run).id);
        QCOMPARE(without.weights, std::string());
        QCOMPARE(without.trainedOn, std::string("none"));
        QCOMPARE(with.weights, std::string("b0"));
        QCOMPARE(with.weightsSha256, std::string("7f5810bc"));
        QCOMPARE(with.trainedOn, std::string("ImageNet"));
        QVERIFY(with.recipeDigest != without.recipeDigest); // never one row of the accuracy table
        run.recipe.weights->file = "/elsewhere/b0.pth";
        QCOMPARE(store.create(run).recipeDigest, with.recipeDigest);
        QCOMPARE(store.recipe(with.id).weights, imageNet.weights);
    }

    void aRunFromBeforeWeightsWereRecordedHadNone()
    {
        fs::create_directories(m_folder / "store");
        {
            SqlDatabase database(m_folder / "store" / "melscope.db");
            database.migrate(runSchemaScripts().first(1));
            database.execute("INSERT INTO runs (id, name, method, recipe_name, recipe_changes, recipe_digest, state, dataset_name, dataset_path, "
                             "dataset_fingerprint, dataset_folds, classes, folds, seed, epochs, created_at) "
                             "VALUES ('aaaa1111', 'old-run-1', 'resnet34', 'r', '', '', 'finished', 'd', '/d', 'f', '[1]', '[]', '[1]', 0, 1, 2.0)");
        }
        const RunRecord run = RunStore(m_folder / "store").find("aaaa1111");
        QCOMPARE(run.trainedOn, std::string("none"));
        QVERIFY(run.weights.empty());
        QCOMPARE(run.createdAt, 2.0);
    }

    void failingMigrationLeavesTheOldVersion()
    {
        const fs::path file = m_folder / "some.db";
        static constexpr std::array<std::string_view, 2> bad{"CREATE TABLE t (a INTEGER)", "CREATE TABLE u (a INTEGER); INSERT INTO nowhere VALUES (1)"};
        static constexpr std::array<std::string_view, 2> good{bad[0], "CREATE TABLE u (a INTEGER)"};
        {
            SqlDatabase database(file);
            QVERIFY(errorOf([&] { database.migrate(bad); }));
        }
        SqlDatabase database(file);
        database.migrate(good); // would fail if the first half of the bad script had stayed
    }

    void damagedDatabaseIsNamedKeptAndCanBeMovedAside_data()
    {
        QTest::addColumn<int>("offset");
        QTest::newRow("not a database") << 0;
        QTest::newRow("damaged inside") << 100;
    }

    void damagedDatabaseIsNamedKeptAndCanBeMovedAside()
    {
        QFETCH(const int, offset);
        const fs::path file = m_folder / "store" / "melscope.db";
        std::string id;
        {
            RunStore store(m_folder / "store");
            id = store.create(tinyRun(m_dataset)).id;
        }
        std::string bytes = readFile(file);
        QVERIFY(bytes.size() > 4096);
        for (size_t i = static_cast<size_t>(offset); i < bytes.size(); ++i)
            bytes[i] = static_cast<char>(0xa5 ^ i);
        writeFileAtomically(file, bytes);
        const auto error = errorOf([&] { RunStore(m_folder / "store").list(); });
        QVERIFY(error);
        QCOMPARE(error->kind(), ErrorKind::Format);
        QVERIFY2(std::string(error->what()).find(file.string()) != std::string::npos, error->what());
        QVERIFY(readFile(file) == bytes); // nothing was changed

        const fs::path aside = RunStore::moveAside(m_folder / "store");
        QVERIFY(readFile(aside) == bytes);
        RunStore fresh(m_folder / "store");
        QVERIFY(fresh.list().empty());
        QVERIFY(fs::exists(fresh.runFolder(id) / "recipe.json"));
        QVERIFY(RunStore::moveAside(m_folder / "store") != aside);
    }

    void unwritableFolderIsNamed()
    {
        const auto error = errorOf([] { RunStore store("/proc/melscope"); });
        QVERIFY(error && error->kind() == ErrorKind::Unreadable);
        QVERIFY(std::string(error->what()).find("/proc/melscope") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestStore)
#include "tst_store.moc"
