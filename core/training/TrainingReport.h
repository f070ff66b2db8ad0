// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/Predictions.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace melscope {

enum class RunState { Queued, Preparing, Running, Pausing, Paused, Stopping, Interrupted, Finished, Stopped, Failed };

const char* toString(RunState state);           ///< lower case, as in the database
RunState runStateFrom(const std::string& text); ///< Throws Error(Format).
bool isActive(RunState state);    ///< a worker holds it: Preparing ... Stopping
bool isEnded(RunState state);     ///< Finished, Stopped, Failed
bool canPause(RunState state);
bool canContinue(RunState state); ///< Paused or Pausing
bool canStop(RunState state);
bool canResume(RunState state);   ///< Interrupted or Failed: there may be a checkpoint to go on from

/// The stage that trains a fold's classifier: every fold's last one, the only one of most methods.
inline constexpr const char* supervisedStage = "supervised";

/// A figure that not every epoch has, such as a probe's accuracy; Stages.h says what the names mean.
struct Figure
{
    std::string name;
    double value = 0.0;
    bool operator==(const Figure&) const = default;
};

/// What one epoch of one fold came to. Losses are means over clips; validation is the held-out fold as it is. In a pretraining
/// stage loss and accuracy are the pretext task's, and nothing is validated.
struct EpochMetrics
{
    int fold = 0;
    std::string stage = supervisedStage;
    int epoch = 0;  ///< of the stage, 1 ... epochs
    int epochs = 0;
    double trainLoss = 0.0;
    double trainAccuracy = 0.0; ///< on the augmented clips as trained on
    double valLoss = 0.0;       ///< NaN where this epoch was not evaluated
    double valAccuracy = 0.0;
    double learningRate = 0.0;  ///< of the epoch's last step
    double clipsPerSecond = 0.0;
    double dataWaitShare = 0.0; ///< share of the time the trainer waited for the loaders
    double seconds = 0.0;       ///< training and validation
    std::vector<Figure> figures;
    bool operator==(const EpochMetrics&) const = default;
};

/// Which part of a fold's training is running, and how much of the whole it is.
struct StagePlace
{
    std::string name = supervisedStage;
    int index = 0;            ///< 0 ... count-1
    int count = 1;
    double shareBefore = 0.0; ///< [0, 1], estimated: of the fold's work, what the stages before this one are
    double share = 1.0;       ///< and this one

    /// [0, 1] of the fold's work, after `step` of the stage's `steps`.
    double doneOfFold(int64_t step, int64_t steps) const;
    bool operator==(const StagePlace&) const = default;
};

/// One point of the live curve.
struct StepMetrics
{
    int64_t step = 0; ///< 1 ... steps of the stage
    double loss = 0.0;
    double learningRate = 0.0;
};

/// What a window needs to know of a run at one moment: a value, sent at most every 60 ms, state changes always.
struct TrainingReport
{
    std::string run; ///< id
    RunState state = RunState::Queued;
    std::string message; ///< what is being prepared, or the sentence of a failure
    int fold = 0;
    int foldIndex = 0;   ///< 0 ... foldCount-1
    int foldCount = 0;
    StagePlace stage;    ///< what follows counts within it
    int epoch = 0;       ///< the running one, 1 ... epochs
    int epochs = 0;
    int64_t step = 0;
    int64_t steps = 0;
    double clipsPerSecond = 0.0;
    double secondsLeft = -1.0; ///< of the whole run; negative while unknown
    std::vector<StepMetrics> newSteps;   ///< since the last report, oldest first
    std::vector<EpochMetrics> newEpochs; ///< since the last report
    ConfusionCounts newConfusion; ///< of the held-out clips, at the newest epoch evaluated since the last report; empty where none was
};

} // namespace melscope
