// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunRows.h"

#include "base/Json.h"
#include "runs/RecipeDigest.h"
#include "runs/SqlStatement.h"

namespace melscope {
namespace {

/// The columns that takeRun() takes. While a fold is under way its epochs tell how long it took so far.
const std::string selectRuns = R"sql(
SELECT id, name, method, recipe_name, recipe_changes, recipe_digest, state, message, dataset_name, dataset_path,
    dataset_fingerprint, dataset_folds, classes, folds, seed, precision, parameters, epochs, created_at, weights, weights_sha256, trained_on, progress,
    (SELECT COALESCE(SUM(seconds), 0.0) FROM folds WHERE run = number)
    + (SELECT COALESCE(SUM(seconds), 0.0) FROM metrics
       WHERE run = number AND fold NOT IN (SELECT fold FROM folds WHERE run = number)),
    number
FROM runs )sql";
const std::string selectRunsNewestFirst = selectRuns + "ORDER BY number DESC";
const std::string selectRunById = selectRuns + "WHERE id = ?";

template<typename Value>
std::vector<Value> listFrom(const std::string& text)
{
    const Json json = Json::parse(text, nullptr, false);
    return json.is_array() ? json.get<std::vector<Value>>() : std::vector<Value>();
}

std::vector<FoldRecord> readFolds(SqlDatabase& database, int64_t number)
{
    SqlStatement rows = database.prepare("SELECT fold, count, correct, tta_correct, tta_views, epochs_trained, seconds FROM folds "
                                         "WHERE run = ? ORDER BY fold");
    rows.bind(number);
    std::vector<FoldRecord> folds;
    const auto next = [&] { return static_cast<int>(rows.integer()); };
    while (rows.next())
        folds.push_back({.fold = next(), .count = next(), .correct = next(), .ttaCorrect = next(), .ttaViews = next(),
                         .epochsTrained = next(), .seconds = rows.real()});
    return folds;
}

std::string textOf(const std::vector<Figure>& figures)
{
    Json json = Json::object();
    for (const Figure& figure : figures)
        json[figure.name] = figure.value;
    return json.dump();
}

std::vector<Figure> figuresFrom(const std::string& text)
{
    std::vector<Figure> figures;
    const Json json = Json::parse(text, nullptr, false);
    for (const auto& [name, value] : json.items())
        if (value.is_number())
            figures.push_back({.name = name, .value = value.get<double>()});
    return figures;
}

/// The row under the statement, which ends with its number; results are read afterwards.
std::pair<RunRecord, int64_t> takeRun(SqlStatement& row)
{
    RunRecord run{.id = row.text(), .name = row.text(), .method = row.text(), .recipeName = row.text(), .recipeChanges = row.text(),
                  .recipeDigest = row.text(), .state = runStateFrom(row.text()), .message = row.text(), .datasetName = row.text(),
                  .datasetPath = row.text(), .datasetFingerprint = row.text()};
    run.datasetFolds = listFrom<int>(row.text());
    run.classes = listFrom<std::string>(row.text());
    run.folds = listFrom<int>(row.text());
    run.seed = static_cast<uint64_t>(row.integer());
    run.precision = row.text();
    run.parameters = row.integer();
    run.epochs = static_cast<int>(row.integer());
    run.createdAt = row.real();
    run.weights = row.text();
    run.weightsSha256 = row.text();
    run.trainedOn = row.text();
    run.progress = row.real();
    run.seconds = row.real();
    return {run, row.integer()};
}

} // namespace

std::vector<RunRecord> readRuns(SqlDatabase& database)
{
    std::vector<RunRecord> runs;
    SqlStatement rows = database.prepare(selectRunsNewestFirst.c_str());
    while (rows.next()) {
        auto [run, number] = takeRun(rows);
        run.results = readFolds(database, number);
        runs.push_back(std::move(run));
    }
    return runs;
}

std::optional<RunRecord> readRun(SqlDatabase& database, const std::string& id)
{
    SqlStatement row = database.prepare(selectRunById.c_str());
    row.bind(id);
    if (!row.next())
        return std::nullopt;
    auto [run, number] = takeRun(row);
    run.results = readFolds(database, number);
    return run;
}

std::optional<int64_t> runNumber(SqlDatabase& database, const std::string& id)
{
    SqlStatement row = database.prepare("SELECT number FROM runs WHERE id = ?");
    row.bind(id);
    return row.next() ? std::optional(row.integer()) : std::nullopt;
}

bool runNameTaken(SqlDatabase& database, const std::string& name)
{
    SqlStatement row = database.prepare("SELECT 1 FROM runs WHERE name = ?");
    row.bind(name);
    return row.next();
}

void insertRun(SqlDatabase& database, const RunRecord& run)
{
    database.prepare("INSERT INTO runs (id, name, method, recipe_name, recipe_changes, recipe_digest, state, dataset_name, "
                     "dataset_path, dataset_fingerprint, dataset_folds, classes, folds, seed, epochs, created_at, weights, "
                     "weights_sha256, trained_on, digest_vocabulary) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bindAll(run.id, run.name, run.method, run.recipeName, run.recipeChanges, run.recipeDigest, toString(run.state),
                 run.datasetName, run.datasetPath.string(), run.datasetFingerprint, Json(run.datasetFolds).dump(),
                 Json(run.classes).dump(), Json(run.folds).dump(), run.seed, run.epochs, run.createdAt,
                 run.weights, run.weightsSha256, run.trainedOn, recipeVocabulary())
        .run();
}

void renameFingerprint(SqlDatabase& database, const std::string& before, const std::string& now)
{
    SqlTransaction transaction(database);
    database.prepare("UPDATE runs SET dataset_fingerprint = ? WHERE dataset_fingerprint = ?").bindAll(now, before).run();
    database.prepare("UPDATE OR REPLACE verdicts SET dataset = ? WHERE dataset = ?").bindAll(now, before).run();
    transaction.commit();
}

void renewDigests(SqlDatabase& database, const std::function<std::string(const std::string& id)>& digestOf)
{
    std::vector<std::pair<std::string, std::string>> old;
    {
        SqlStatement rows = database.prepare("SELECT id, recipe_digest FROM runs WHERE digest_vocabulary <> ?");
        rows.bind(recipeVocabulary());
        while (rows.next()) {
            const std::string id = rows.text();
            old.emplace_back(id, rows.text());
        }
    }
    if (old.empty())
        return;
    SqlTransaction transaction(database);
    for (auto& [id, digest] : old) {
        try {
            digest = digestOf(id);
        } catch (const Error&) {
            // Its recipe is gone or beyond this version: the run keeps a row of its own.
        }
        database.prepare("UPDATE runs SET recipe_digest = ?, digest_vocabulary = ? WHERE id = ?").bindAll(digest, recipeVocabulary(), id).run();
    }
    transaction.commit();
}

std::vector<EpochMetrics> readMetrics(SqlDatabase& database, int64_t number)
{
    SqlStatement rows = database.prepare("SELECT fold, stage, epoch, epochs, train_loss, train_accuracy, val_loss, val_accuracy, "
                                         "learning_rate, clips_per_second, data_wait_share, seconds, figures FROM metrics WHERE run = ? "
                                         "ORDER BY fold, stage = ?, stage, epoch");
    rows.bindAll(number, supervisedStage);
    std::vector<EpochMetrics> epochs;
    const auto next = [&] { return static_cast<int>(rows.integer()); };
    while (rows.next())
        epochs.push_back({.fold = next(), .stage = rows.text(), .epoch = next(), .epochs = next(), .trainLoss = rows.real(), .trainAccuracy = rows.real(),
                          .valLoss = rows.real(), .valAccuracy = rows.real(), .learningRate = rows.real(),
                          .clipsPerSecond = rows.real(), .dataWaitShare = rows.real(), .seconds = rows.real(),
                          .figures = figuresFrom(rows.text())});
    return epochs;
}

void writeMetrics(SqlDatabase& database, int64_t number, std::span<const EpochMetrics> epochs)
{
    SqlStatement row = database.prepare("INSERT OR REPLACE INTO metrics (run, fold, stage, epoch, epochs, train_loss, train_accuracy, "
                                        "val_loss, val_accuracy, learning_rate, clips_per_second, data_wait_share, seconds, figures) "
                                        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (const EpochMetrics& epoch : epochs)
        row.bindAll(number, epoch.fold, epoch.stage, epoch.epoch, epoch.epochs, epoch.trainLoss, epoch.trainAccuracy, epoch.valLoss,
                    epoch.valAccuracy, epoch.learningRate, epoch.clipsPerSecond, epoch.dataWaitShare, epoch.seconds,
                    textOf(epoch.figures))
            .run();
}

void eraseMetrics(SqlDatabase& database, int64_t number, int fold)
{
    database.prepare("DELETE FROM metrics WHERE run = ? AND fold = ?").bindAll(number, fold).run();
}

Predictions readPredictions(SqlDatabase& database, int64_t number)
{
    SqlStatement rows = database.prepare("SELECT clip, name, fold, label, predicted, loss, probabilities, tta_predicted, tta_probabilities "
                                         "FROM predictions WHERE run = ? ORDER BY fold, clip");
    rows.bind(number);
    Predictions predictions;
    const auto next = [&] { return static_cast<int>(rows.integer()); };
    while (rows.next())
        predictions.push_back({.clip = next(), .name = rows.text(), .fold = next(), .label = next(), .predicted = next(),
                               .loss = rows.real(), .probabilities = rows.floats(), .ttaPredicted = next(),
                               .ttaProbabilities = rows.floats()});
    return predictions;
}

Predictions readOutcomes(SqlDatabase& database, int64_t number)
{
    SqlStatement rows = database.prepare("SELECT clip, name, fold, label, predicted, loss, tta_predicted FROM predictions WHERE run = ? "
                                         "ORDER BY fold, clip");
    rows.bind(number);
    Predictions outcomes;
    const auto next = [&] { return static_cast<int>(rows.integer()); };
    while (rows.next())
        outcomes.push_back({.clip = next(), .name = rows.text(), .fold = next(), .label = next(), .predicted = next(), .loss = rows.real(),
                            .ttaPredicted = next()});
    return outcomes;
}

std::map<std::pair<std::string, int>, double> readPeekedAccuracies(SqlDatabase& database)
{
    SqlStatement rows = database.prepare("SELECT id, fold, MAX(val_accuracy) FROM metrics JOIN runs ON run = number "
                                         "WHERE val_accuracy IS NOT NULL AND stage = ? GROUP BY number, fold");
    rows.bind(supervisedStage);
    std::map<std::pair<std::string, int>, double> best;
    while (rows.next()) {
        const std::string run = rows.text();
        const int fold = static_cast<int>(rows.integer());
        best[{run, fold}] = rows.real();
    }
    return best;
}

void writePredictions(SqlDatabase& database, int64_t number, int fold, const Predictions& predictions)
{
    database.prepare("DELETE FROM predictions WHERE run = ? AND fold = ?").bindAll(number, fold).run();
    SqlStatement row = database.prepare("INSERT INTO predictions (run, fold, clip, name, label, predicted, loss, probabilities, "
                                        "tta_predicted, tta_probabilities) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (const ClipPrediction& clip : predictions)
        row.bindAll(number, fold, clip.clip, clip.name, clip.label, clip.predicted, clip.loss, std::span(clip.probabilities),
                    clip.ttaPredicted, std::span(clip.ttaProbabilities))
            .run();
}

void writeFold(SqlDatabase& database, int64_t number, const FoldRecord& fold)
{
    database.prepare("INSERT OR REPLACE INTO folds (run, fold, count, correct, tta_correct, tta_views, epochs_trained, seconds) "
                     "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .bindAll(number, fold.fold, fold.count, fold.correct, fold.ttaCorrect, fold.ttaViews, fold.epochsTrained, fold.seconds)
        .run();
}

} // namespace melscope
