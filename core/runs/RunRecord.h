// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Json.h"
#include "training/Predictions.h"
#include "training/TrainingReport.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace melscope {

/// One finished (or stopped and kept) fold of a run.
struct FoldRecord
{
    int fold = 0;
    int count = 0;      ///< held-out clips
    int correct = 0;
    int ttaCorrect = 0;
    int ttaViews = 0;   ///< 0: no test-time augmentation
    int epochsTrained = 0; ///< of the classifier, pretraining left out
    double seconds = 0.0;
    bool operator==(const FoldRecord&) const = default;
};

/// A run as the store knows it, without its curves and predictions.
struct RunRecord
{
    std::string id;   ///< 8 characters, fixed
    std::string name; ///< adjective-noun-number, editable
    std::string method;
    std::string recipeName;
    std::string recipeChanges; ///< what differs from the shipped recipe of that name, "training.epochs=5"; mostly empty
    std::string recipeDigest;  ///< equal for recipes that train the same thing, whatever their threads and names
    std::string weights;       ///< name of the pretrained weights it starts from; empty: from scratch
    std::string weightsSha256;
    std::string trainedOn = "none"; ///< what these learned from: toString(WeightOrigin)
    RunState state = RunState::Queued;
    std::string message; ///< the sentence of a failure
    std::string datasetName;
    std::filesystem::path datasetPath;
    std::string datasetFingerprint;
    std::vector<std::string> classes;
    std::vector<int> datasetFolds; ///< all the dataset has
    std::vector<int> folds; ///< held-out folds asked for
    uint64_t seed = 0;
    std::string precision;  ///< what it came to
    int64_t parameters = 0;
    int epochs = 0;
    double createdAt = 0.0; ///< seconds since 1970, UTC
    double progress = 0.0;  ///< [0, 1] of its work, at the last epoch that was finished
    double seconds = 0.0;   ///< of training and validation, sum over the folds (of their epochs while one is running)
    std::vector<FoldRecord> results;
    bool operator==(const RunRecord&) const = default;
};

} // namespace melscope
