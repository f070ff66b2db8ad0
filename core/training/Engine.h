// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"
#include "spectral/SpectrogramGrid.h"
#include "statistics/FeatureMatrix.h"
#include "training/LabelSafety.h"
#include "training/Predictions.h"
#include "training/Recipe.h"
#include "training/RunControl.h"
#include "training/TrainingReport.h"
#include "tokens/MaskedPrediction.h"
#include "tokens/TokenSet.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace melscope {

/// What decides the last bits of a result; stored with every run.
struct EngineInfo
{
    std::string torchVersion;
    std::string cpu;           ///< model name
    std::string cpuCapability; ///< torch's: DEFAULT, AVX2, AVX512
    std::string blas;
    int threads = 0;
    bool bf16 = false; ///< the CPU computes bf16 natively (AVX512-BF16 or AMX)
};

struct FoldJob
{
    std::shared_ptr<const Dataset> dataset;
    Recipe recipe;
    int fold = 0; ///< held out
    uint64_t seed = 0;
    std::filesystem::path folder; ///< of the run; checkpoints go to checkpoints/fold<N>/{last,best}, those of pretraining to <stage>/ there
};

/// Sent from the training thread.
struct FoldProgress
{
    std::string preparing; ///< not empty before the first batch: what is being done
    StagePlace stage;
    int64_t step = 0, steps = 0; ///< of the stage, as the epochs
    int epoch = 0, epochs = 0;
    double clipsPerSecond = 0.0;
    double secondsLeft = -1.0; ///< of this fold
    bool paused = false;
    std::vector<StepMetrics> newSteps;
    std::vector<EpochMetrics> newEpochs;
    ConfusionCounts newConfusion; ///< as TrainingReport's
};

struct FoldResult
{
    enum class End { Finished, StoppedAndKept, Interrupted };
    End end = End::Finished;
    int fold = 0;
    Predictions predictions; ///< of the last epoch's weights (empty when Interrupted)
    double accuracy = 0.0;
    double ttaAccuracy = 0.0;
    int ttaViews = 0;
    int64_t parameters = 0;
    double seconds = 0.0;    ///< training, validation, checkpoints and final evaluation, over all sittings
    std::string precision;   ///< "fp32" or "bf16": what auto came to
    std::vector<EpochMetrics> history; ///< all epochs of the fold, stage by stage, those before a resume included
    std::vector<Problem> problems;     ///< clips left out because they could not be read
};

struct TrainingBenchmark
{
    std::string precision;
    int threads = 0;
    double clipsPerSecond = 0.0; ///< median over the measured batches
    double peakMemoryMb = 0.0;   ///< of the process
};

/// What a BEATs tokenizer makes of spectrograms.
struct BeatsTokens
{
    Codebook codebook; ///< Refined: unit vectors, compared in direction behind the model
    PatchShape patch;
    std::vector<ClipTokens> clips; ///< in the order asked for; no token is silent
};

/// What a recipe costs on this machine, measured by a few steps of it.
struct TrainingCost
{
    double secondsPerEpoch = 0.0; ///< training, validation and checkpoint, of an epoch in which the whole network learns where there is one
    double secondsPerFold = 0.0;  ///< all epochs and the final evaluation with test-time views; not preparing the clips
    double secondsOnce = 0.0;     ///< before the first of them: what a frozen encoder says of all clips, where the cache does not have it yet
    double peakMemoryMb = 0.0;    ///< the process's
    int64_t parameters = 0;
    std::string precision; ///< what auto came to
};

/// Clips, one model, and what turns the one into what the other wants.
struct EmbeddingJob
{
    std::vector<std::filesystem::path> clips;
    std::filesystem::path weights; ///< a BEATs model
    FrontEnd frontEnd = FrontEnd::preset("beats"); ///< every clip is padded or cropped to its length
    std::string precision = "auto"; ///< fp32, bf16 or auto
    int threads = 0;                ///< 0: all cores
    int batch = 8;                  ///< clips at once
};

struct Embeddings
{
    std::string weights; ///< name under which the file was published, or else its own
    std::string weightsSha256;
    std::string trainedOn;
    std::string precision; ///< "fp32" or "bf16"
    int64_t clips = 0, tokens = 0, dim = 0;
    std::vector<float> values;   ///< [clip, token, dim]; token t * bands + f is band f of time t
    double encoderSeconds = 0.0; ///< in the model, without decoding and spectrograms
    std::vector<std::string> warnings;
};

/// What a fold's model sees in a dataset.
struct ClipFeatures
{
    std::vector<int> clips;  ///< indices in the dataset, ascending; those that cannot be read are left out
    FeatureMatrix features;  ///< [clip, feature]: what the head classifies
};

/// One look of a model at a clip.
struct ClipView
{
    SpectrogramGrid grid;             ///< as the network gets it, but for the normalisation
    std::vector<float> probabilities; ///< [class]
};

/// The training engine behind an interface without torch. One thread at a time may be inside any of its functions, and
/// training wants always the same one (libgomp keeps a pool per master thread).
class Engine
{
public:
    virtual ~Engine() = default;

    virtual EngineInfo info() const = 0;

    /// Trains one fold from its last checkpoint, or from the start where there is none, and evaluates it. Continues to
    /// exactly the numbers of a run that was never interrupted. Throws Error: Diverged, OutOfMemory, DiskFull,
    /// Missing (dataset gone), Empty, Unsupported.
    virtual FoldResult trainFold(const FoldJob& job, RunControl& control,
                                 const std::function<void(const FoldProgress&)>& progress) = 0;

    /// Evaluates a fold's last checkpoint on the held-out fold of `job.dataset`, with `ttaViews` views (0: the recipe's,
    /// negative: none).
    virtual FoldResult evaluateFold(const FoldJob& job, int ttaViews) = 0;

    /// What a fold's last checkpoint takes the held-out clips for, as they are and under each of `chains` (which mix no clips), in
    /// `draws` draws each: those of the first test-time views. Calls goOn(clips done, in all) on this thread; false gives up:
    /// Error(Cancelled).
    virtual std::vector<AugmentedLabels> labelsUnder(const FoldJob& job, const std::vector<AugmentationChain>& chains, int draws,
                                                     const std::function<bool(int done, int total)>& goOn) = 0;

    /// The features that a fold's last checkpoint has of all clips of `job.dataset`, trained on or held out, as they are. Calls
    /// goOn(clips done, in all) on this thread; false gives up: Error(Cancelled).
    virtual ClipFeatures features(const FoldJob& job, const std::function<bool(int done, int total)>& goOn) = 0;

    /// A clip (its index) as a fold's last checkpoint sees it when it is evaluated: first as it is, then each of the recipe's test-time
    /// views. Throws Error: InvalidValue (no such clip, or one that cannot be read), and as evaluateFold().
    virtual std::vector<ClipView> views(const FoldJob& job, int clip) = 0;

    /// A fold of a masked-prediction run under the microscope: a batch as training takes it, augmented and masked alike. Changes nothing.
    /// Throws Error: Missing (no checkpoint of that round yet, or an epoch that was not kept), and as evaluateFold().
    virtual MaskedBatch lookAtMasked(const FoldJob& job, const MaskedSpot& spot) = 0;

    /// Tokens of spectrograms [mel, frame] of the front end `beats` by a BEATs tokenizer checkpoint. Calls goOn(clips done, in all) on this thread;
    /// false gives up: Error(Cancelled). Throws Error: Unsupported (another model), what reading the weights throws.
    virtual BeatsTokens beatsTokens(const std::filesystem::path& weights, const std::vector<SharedValues>& grids, const FrontEnd& frontEnd,
                                    int threads, const std::function<bool(int done, int total)>& goOn) = 0;

    /// What training `job` would cost, measured on a few batches of its clips; job.folder is not used. Calls goOn(what is being
    /// done) on this thread; false gives up: Error(Cancelled). Throws as trainFold() does.
    virtual TrainingCost measureCost(const FoldJob& job, const std::function<bool(const std::string& preparing)>& goOn) = 0;
    /// What a BEATs encoder makes of clips: its last layer's features. Calls goOn(clips done, in all) on this thread; false gives
    /// up: Error(Cancelled). Throws Error: Unsupported (another model), and what reading weights and clips throws.
    virtual Embeddings embed(const EmbeddingJob& job, const std::function<bool(int done, int total)>& goOn) = 0;

    /// ResNet-34 on random input [32, 1, 128, 431], all cores. precision: fp32, bf16 or auto.
    virtual TrainingBenchmark benchmarkTraining(const std::string& precision, int threads, int steps) = 0;
};

/// Loads the engine's shared library from beside the executable (or $MELSCOPE_ENGINE) on first use; slow (0.4 s), so never on
/// a GUI thread. Throws Error(Missing or Unsupported) with the loader's reason. Thread: any.
std::shared_ptr<Engine> loadEngine();

} // namespace melscope
