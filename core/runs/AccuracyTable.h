// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Statistics.h"
#include "runs/RowFigures.h"
#include "runs/RunRecord.h"

#include <optional>
#include <string>
#include <vector>

namespace melscope {

/// One row: all kept folds of one (method, recipe, dataset), or a method nobody has run. Where a fold was trained more than
/// once with one seed, a complete training counts before a stopped one, then the newest.
struct AccuracyRow
{
    std::string method;  ///< id
    std::string title;   ///< "ResNet-34"
    std::string recipe;  ///< with what was changed in it, "resnet34-quick (training.epochs=5)"; empty where nothing was run
    std::string recipeChanges; ///< what stands in its brackets; mostly empty
    std::string weights; ///< name of the pretrained ones; empty: from scratch, or nothing was run
    std::string weightsSha256;
    std::string trainedOn; ///< what these learned from: "none", "ImageNet", ...; empty where nothing was run
    std::string dataset;
    bool available = true;        ///< this version can run the method
    std::vector<std::string> runs; ///< ids, newest first
    std::vector<KeptFold> kept;    ///< the trainings that count, by fold, then seed
    std::string datasetFingerprint;
    std::vector<uint64_t> seeds;
    std::vector<int> folds;
    std::vector<double> foldAccuracies; ///< of each of `folds`, mean over seeds
    std::vector<int> datasetFolds; ///< all the dataset has
    int count = 0;         ///< pooled held-out clips of all folds (and seeds)
    int distinctClips = 0; ///< each held-out clip once, however many seeds
    double accuracy = 0.0; ///< pooled over folds (mean over seeds first), last epoch
    Interval interval;     ///< Wilson 95 % on distinct clips: seeds do not make clips more
    double ttaAccuracy = 0.0;
    Interval ttaInterval;
    int ttaViews = 0;
    MeanAndDeviation overFolds;    ///< of the folds' accuracies (mean over seeds first)
    MeanAndDeviation ttaOverFolds;
    int64_t parameters = 0;
    double secondsPerFold = 0.0;
    std::string selection; ///< "last epoch", "stopped at epoch 17 of 40"
    double publishedAccuracy = 0.0;
    double publishedTtaAccuracy = 0.0;
    // What needs every clip's prediction: see addFigures().
    std::optional<RowFigures> figures;
    std::optional<RowDifference> difference; ///< to the baseline; none where no clip is in both
    bool isBaseline = false;
};

/// Rows in the order of methods(), recipes within them; methods without a result have one empty row.
std::vector<AccuracyRow> accuracyTable(const std::vector<RunRecord>& runs);

/// "none, from scratch", or the name of the weights and what they were trained on; empty where nothing was run.
std::string weightsText(const AccuracyRow& row);

/// "Only fold 5 of 5 was run: ..." or "All 5 folds": what stands above the table. Empty table: what to do.
std::string accuracyHeading(const std::vector<AccuracyRow>& rows);

/// The heading's table: shares as percentages with one decimal, standard deviations after +-, "not run yet" and "not in this
/// version" in words.
std::string toMarkdown(const std::vector<AccuracyRow>& rows);
/// One line a row, shares in [0, 1], cells without a value empty, RFC 4180.
std::string toCsv(const std::vector<AccuracyRow>& rows);

/// Rows true class, columns predicted class.
struct ConfusionMatrix
{
    std::vector<std::string> classes;
    ConfusionCounts counts;
};
/// Throws Error(InvalidValue) where a prediction's class is not among `classes`.
ConfusionMatrix confusionMatrix(const Predictions& predictions, const std::vector<std::string>& classes, bool tta);

} // namespace melscope
