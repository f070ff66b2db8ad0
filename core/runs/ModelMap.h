// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunRecord.h"
#include "runs/Verdict.h"
#include "spectral/FrontEnd.h"
#include "training/Engine.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace melscope {

class RunStore;

/// A clip as one fold's model sees it.
struct MappedClip
{
    std::string name; ///< Clip::name
    std::filesystem::path path;
    int label = 0;
    int fold = 0;
    int predicted = -1; ///< without test-time augmentation; -1 where the model was trained on the clip, so that its answer says nothing
    double loss = 0.0;  ///< nats; 0 without a prediction
    Verdict verdict = Verdict::None; ///< of a mistake

    bool heldOut() const { return predicted >= 0; }
    bool wrong() const { return heldOut() && predicted != label; }
};

/// A dataset by the features of one fold's model.
struct ModelMap
{
    std::string run; ///< id
    int fold = 0;    ///< held out
    std::vector<std::string> classes;
    std::vector<MappedClip> clips; ///< those that can be read, in the dataset's order
    FeatureMatrix features;        ///< [clip, feature]
};

/// Computes the features of every clip on the calling thread (see Engine). Calls goOn(clips done, in all); false gives up. Throws
/// Error: Empty (the run has no result of that fold), Cancelled, and what openRecordedDataset() and the engine throw.
ModelMap measureModelMap(const RunStore& store, const RunRecord& run, int fold, Engine& engine, const std::function<bool(int done, int total)>& goOn);

/// What listeners have said by now of the map's mistakes.
void readVerdicts(ModelMap& map, const RunStore& store);

/// A clip under test-time augmentation: what each view looks like and what it votes for.
struct ClipAnatomy
{
    std::string run; ///< id
    std::string clip;
    int label = 0;
    std::vector<std::string> classes;
    FrontEnd frontEnd;
    std::vector<ClipView> views; ///< the first is the clip as it is
    std::vector<float> mean;     ///< [class] probability over the views after the first: the vote that counts; empty without any
};

/// As above, by the model of one fold. Throws Error(Missing) besides, where the dataset has no such clip.
ClipAnatomy lookAtClip(const RunStore& store, const RunRecord& run, int fold, const std::string& clip, Engine& engine);

} // namespace melscope
