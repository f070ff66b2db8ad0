// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunSchema.h"

#include <array>

namespace melscope {
namespace {

constexpr std::array<std::string_view, 6> scripts{R"sql(
CREATE TABLE runs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    method TEXT NOT NULL,
    recipe_name TEXT NOT NULL,
    recipe_changes TEXT NOT NULL,
    recipe_digest TEXT NOT NULL,
    state TEXT NOT NULL,
    message TEXT NOT NULL DEFAULT '',
    dataset_name TEXT NOT NULL,
    dataset_path TEXT NOT NULL,
    dataset_fingerprint TEXT NOT NULL,
    dataset_folds TEXT NOT NULL,
    classes TEXT NOT NULL,
    folds TEXT NOT NULL,
    seed INTEGER NOT NULL,
    precision TEXT NOT NULL DEFAULT '',
    parameters INTEGER NOT NULL DEFAULT 0,
    epochs INTEGER NOT NULL,
    created_at REAL NOT NULL
);
CREATE TABLE folds (
    run INTEGER NOT NULL REFERENCES runs(number) ON DELETE CASCADE,
    fold INTEGER NOT NULL,
    count INTEGER NOT NULL,
    correct INTEGER NOT NULL,
    tta_correct INTEGER NOT NULL,
    tta_views INTEGER NOT NULL,
    epochs_trained INTEGER NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY (run, fold)
) WITHOUT ROWID;
CREATE TABLE metrics (
    run INTEGER NOT NULL REFERENCES runs(number) ON DELETE CASCADE,
    fold INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    epochs INTEGER NOT NULL,
    train_loss REAL,
    train_accuracy REAL,
    val_loss REAL,
    val_accuracy REAL,
    learning_rate REAL,
    clips_per_second REAL,
    data_wait_share REAL,
    seconds REAL,
    PRIMARY KEY (run, fold, epoch)
) WITHOUT ROWID;
CREATE TABLE predictions (
    run INTEGER NOT NULL REFERENCES runs(number) ON DELETE CASCADE,
    fold INTEGER NOT NULL,
    clip INTEGER NOT NULL,
    name TEXT NOT NULL,
    label INTEGER NOT NULL,
    predicted INTEGER NOT NULL,
    loss REAL,
    probabilities BLOB NOT NULL,
    tta_predicted INTEGER NOT NULL,
    tta_probabilities BLOB NOT NULL,
    PRIMARY KEY (run, fold, clip)
);
)sql", R"sql(
CREATE TABLE metrics_of_stages (
    run INTEGER NOT NULL REFERENCES runs(number) ON DELETE CASCADE,
    fold INTEGER NOT NULL,
    stage TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    epochs INTEGER NOT NULL,
    train_loss REAL,
    train_accuracy REAL,
    val_loss REAL,
    val_accuracy REAL,
    learning_rate REAL,
    clips_per_second REAL,
    data_wait_share REAL,
    seconds REAL,
    figures TEXT NOT NULL,
    PRIMARY KEY (run, fold, stage, epoch)
) WITHOUT ROWID;
INSERT INTO metrics_of_stages
    SELECT run, fold, 'supervised', epoch, epochs, train_loss, train_accuracy, val_loss, val_accuracy, learning_rate, clips_per_second,
           data_wait_share, seconds, '{}'
    FROM metrics;
DROP TABLE metrics;
ALTER TABLE metrics_of_stages RENAME TO metrics;
)sql",
R"sql(
ALTER TABLE runs ADD COLUMN weights TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN weights_sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN trained_on TEXT NOT NULL DEFAULT 'none';
)sql",
R"sql(
CREATE TABLE verdicts (
    dataset TEXT NOT NULL,
    clip TEXT NOT NULL,
    label TEXT NOT NULL,
    predicted TEXT NOT NULL,
    verdict TEXT NOT NULL,
    given_at REAL NOT NULL,
    PRIMARY KEY (dataset, clip, predicted)
) WITHOUT ROWID;
)sql", R"sql(
ALTER TABLE runs ADD COLUMN digest_vocabulary TEXT NOT NULL DEFAULT '';
)sql", R"sql(
ALTER TABLE runs ADD COLUMN progress REAL NOT NULL DEFAULT 0.0;
)sql"};

} // namespace

std::span<const std::string_view> runSchemaScripts()
{
    return scripts;
}

} // namespace melscope
