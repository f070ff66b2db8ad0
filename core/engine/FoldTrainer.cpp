// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/FoldTrainer.h"

#include "engine/AugmentedLabels.h"
#include "engine/ClipLooks.h"
#include "engine/Divergence.h"
#include "engine/Precision.h"
#include "nn/Initialisation.h"
#include "nn/Losses.h"

#include <cmath>
#include <limits>

namespace melscope {
namespace {

using Clock = ProgressReporter::Clock;

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

// With averaged weights the optimiser's file also holds those that are trained; its other names begin with "exp_avg" or "step".
constexpr std::string_view trainedPrefix = "trained.";

constexpr uint64_t dropoutStream = 0x64726f706f7574ull;

OneCycle scheduleOf(const Recipe& recipe, int64_t steps)
{
    return {.steps = steps, .maxRate = recipe.real("training.lr"), .warmupShare = recipe.real("training.warmup_share"),
            .divFactor = recipe.real("training.div_factor"), .finalDivFactor = recipe.real("training.final_div_factor")};
}

} // namespace

BatchPlan planOf(const FoldJob& job, const FoldData& data)
{
    return {.clips = data.trainingClips, .classes = static_cast<int>(data.dataset->classes.size()),
            .labelSmoothing = job.recipe.real("training.label_smoothing"), .batch = static_cast<int>(job.recipe.integer("training.batch")),
            .epochs = static_cast<int>(job.recipe.integer("training.epochs")), .seed = job.seed, .normalisation = data.normalisation};
}

FoldTrainer::FoldTrainer(const FoldJob& job, FoldData data, const NetworkMaker& make, const NamedTensors& body)
    : m_job(job), m_data(std::move(data)), m_plan(planOf(job, m_data)), m_schedule(scheduleOf(job.recipe, m_plan.steps())),
      m_fineTuning(job.recipe), m_checkpoints(job.folder, job.fold, foldIdentity(job, m_data))
{
    const auto classes = static_cast<int64_t>(m_data.dataset->classes.size());
    m_predictor.model = make(classes);
    m_predictor.bf16 = precisionOf(job.recipe) == "bf16";
    useChannelsLast(*m_predictor.model);
    m_optimizer.emplace(*m_predictor.model, AdamW::Options{.weightDecay = job.recipe.real("training.weight_decay"),
                                                           .decayNormAndBias = job.recipe.flag("training.decay_norm_and_bias"),
                                                           .share = [this](const std::string& parameter) {
                                                               return m_fineTuning.share(*m_predictor.model, parameter);
                                                           }});
    if (const double epochs = job.recipe.real("training.ema_epochs"); epochs > 0.0) {
        Predictor average{.model = make(classes), .bf16 = m_predictor.bf16};
        useChannelsLast(*average.model);
        m_average.emplace(std::move(average), epochs, m_plan.batchesPerEpoch());
    }
    if (const auto checkpoint = m_checkpoints.loadNewest()) {
        takeUp(*checkpoint);
    } else {
        m_predictor.model->initialise(job.seed);
        if (!body.empty())
            loadBody(*m_predictor.model, body);
        if (m_average)
            m_average->startFrom(*m_predictor.model);
    }
    m_lossSum = torch::full({}, m_state.lossSum, torch::kFloat64);
    m_correct = torch::full({}, m_state.correct, torch::kInt64);
}

void FoldTrainer::takeUp(const Checkpoint& checkpoint)
{
    m_state = checkpoint.state;
    loadStateDict(*predictorToKeep().model, checkpoint.weights);
    if (checkpoint.optimizer.empty())
        return;
    m_optimizer->load(checkpoint.optimizer);
    if (!m_average)
        return;
    NamedTensors trained;
    for (const auto& [name, tensor] : checkpoint.optimizer)
        if (name.starts_with(trainedPrefix))
            trained.emplace_back(name.substr(trainedPrefix.size()), tensor);
    loadStateDict(*m_predictor.model, trained);
}

Predictor& FoldTrainer::predictorToKeep()
{
    return m_average ? m_average->predictor() : m_predictor;
}

void FoldTrainer::measureStatistics(int epoch)
{
    if (!m_average)
        return;
    BatchPlan seen = m_plan;
    seen.epochs = epoch;
    estimateBatchNorm(predictorToKeep(), m_data.pipeline(m_job.recipe.augmentation.withoutMixing()), seen, (epoch - 1) * m_plan.batchesPerEpoch(),
                      statisticsBatches, static_cast<int>(m_job.recipe.integer("training.loader_threads")));
}

FoldResult FoldTrainer::train(RunControl& control, const std::function<void(const FoldProgress&)>& progress)
{
    ProgressReporter reporter(progress);
    reporter.begin(m_state, m_plan.epochs, m_plan.steps());
    FoldResult::End end = FoldResult::End::Finished;
    {
        BatchLoader loader(m_data.pipeline(m_job.recipe.augmentation), m_plan, m_state.step, static_cast<int>(m_job.recipe.integer("training.loader_threads")));
        m_predictor.model->train();
        while (m_state.step < m_plan.steps() && obey(control, reporter, end)) {
            trainBatch(loader, reporter);
            if (m_state.batchInEpoch == m_plan.batchesPerEpoch())
                finishEpoch(reporter);
            else if (reporter.due()) {
                readPending(reporter);
                reporter.send();
            }
        }
    }
    if (end == FoldResult::End::Interrupted) {
        readPending(reporter);
        saveCheckpoint();
        return resultOf(end, 0);
    }
    const int views = static_cast<int>(m_job.recipe.integer("evaluation.tta_views"));
    if (end == FoldResult::End::Finished)
        return resultOf(end, views);
    if (m_state.epochsDone == 0)
        throw Error(ErrorKind::Cancelled, "Fold " + std::to_string(m_job.fold)
                                              + " was stopped before its first epoch was complete: there is nothing to keep of it.");
    return evaluate(views);
}

bool FoldTrainer::obey(RunControl& control, ProgressReporter& reporter, FoldResult::End& end)
{
    if (control.wish() == RunControl::Wish::Pause)
        readPending(reporter);
    const RunControl::Wish wish = reporter.heed(control);
    if (wish == RunControl::Wish::Interrupt)
        end = FoldResult::End::Interrupted;
    if (wish == RunControl::Wish::StopAndKeep)
        end = FoldResult::End::StoppedAndKept;
    return end == FoldResult::End::Finished;
}

void FoldTrainer::trainBatch(BatchLoader& loader, ProgressReporter& reporter)
{
    const auto begin = Clock::now();
    const double waitedBefore = loader.secondsWaited();
    Batch batch = loader.next();
    m_state.waitSeconds += loader.secondsWaited() - waitedBefore;

    m_fineTuning.prepareEpoch(*m_predictor.model, m_state.epochsDone);
    // Dropout draws from torch's generator: seeded by the step, a resumed run draws what an undisturbed one does.
    torch::manual_seed(RandomStream({.seed = m_job.seed, .epoch = static_cast<uint64_t>(m_state.step), .index = dropoutStream}).bits());
    const auto count = static_cast<int64_t>(batch.labels.size());
    const torch::Tensor labels = torch::from_blob(batch.labels.data(), {count}, torch::kInt64);
    const torch::Tensor targets = torch::from_blob(batch.targets.data(), {count, m_plan.classes}, torch::kFloat32);
    const torch::Tensor logits = m_predictor.forward(inputTensor(batch.input, loader.gridShape()));
    const torch::Tensor loss = crossEntropy(logits, targets);
    m_optimizer->zeroGradients();
    loss.backward();
    const OneCycle::Point point = m_schedule.at(m_state.step);
    m_optimizer->step(point.learningRate, point.beta1);
    if (m_average)
        m_average->add(*m_predictor.model, m_state.step + 1);
    m_lossSum += loss.detach().to(torch::kFloat64) * count;
    m_correct += (logits.detach().argmax(1) == labels).sum();

    ++m_state.step;
    ++m_state.batchInEpoch;
    m_state.clipsSeen += count;
    m_pending.push_back({m_state.step, loss.detach(), point.learningRate});
    const double seconds = secondsSince(begin);
    m_state.epochSeconds += seconds;
    reporter.now().step = m_state.step;
    reporter.batchDone(seconds, count);
}

void FoldTrainer::readPending(ProgressReporter& reporter)
{
    for (const PendingLoss& pending : m_pending) {
        const double loss = pending.loss.item<double>();
        if (!std::isfinite(loss))
            diverged(pending.step, "the training loss");
        reporter.add({.step = pending.step, .loss = loss, .learningRate = pending.learningRate});
    }
    m_pending.clear();
    m_state.lossSum = m_lossSum.item<double>();
    m_state.correct = m_correct.item<int64_t>();
}

void FoldTrainer::diverged(int64_t step, const std::string& what) const
{
    throwDiverged(what, step, m_plan, m_schedule);
}

void FoldTrainer::finishEpoch(ProgressReporter& reporter)
{
    readPending(reporter);
    const auto begin = Clock::now();
    const auto clips = static_cast<double>(m_state.clipsSeen);
    EpochMetrics metrics{.fold = m_job.fold, .epoch = m_state.epochsDone + 1, .epochs = m_plan.epochs,
                         .trainLoss = m_state.lossSum / clips, .trainAccuracy = static_cast<double>(m_state.correct) / clips,
                         .valLoss = std::numeric_limits<double>::quiet_NaN(), .valAccuracy = std::numeric_limits<double>::quiet_NaN(),
                         .learningRate = m_schedule.at(m_state.step - 1).learningRate, .clipsPerSecond = clips / m_state.epochSeconds,
                         .dataWaitShare = m_state.waitSeconds / m_state.epochSeconds};
    const bool evaluated = metrics.epoch % m_job.recipe.integer("evaluation.every") == 0 || metrics.epoch == m_plan.epochs;
    if (evaluated) {
        measureStatistics(metrics.epoch);
        const Predictions predictions = predict(predictorToKeep(), m_data, m_data.heldOutClips, m_plan.batch, {}, 0);
        const Score score = scoreOf(predictions);
        if (!std::isfinite(score.loss))
            diverged(m_state.step, "the validation loss");
        metrics.valLoss = score.loss;
        metrics.valAccuracy = score.accuracy;
        reporter.now().newConfusion = confusionCounts(predictions, m_data.dataset->classes.size());
    }
    metrics.seconds = m_state.epochSeconds + secondsSince(begin);

    m_state.seconds += metrics.seconds;
    m_state.history.push_back(metrics);
    m_state.epochsDone = metrics.epoch;
    m_state.batchInEpoch = 0;
    m_state.clipsSeen = 0;
    m_state.epochSeconds = 0.0;
    m_state.waitSeconds = 0.0;
    m_state.lossSum = 0.0;
    m_state.correct = 0;
    m_lossSum.zero_();
    m_correct.zero_();
    const bool best = evaluated && metrics.valAccuracy > m_state.bestAccuracy;
    if (best) {
        m_state.bestAccuracy = metrics.valAccuracy;
        m_state.bestEpoch = metrics.epoch;
    }
    const auto saving = Clock::now();
    saveCheckpoint();
    if (best)
        m_checkpoints.markBest(m_state);
    m_state.seconds += secondsSince(saving); // in the next checkpoint
    reporter.now().epoch = std::min(metrics.epoch + 1, m_plan.epochs);
    reporter.add(metrics);
    reporter.send();
}

void FoldTrainer::saveCheckpoint()
{
    const bool finished = m_state.step == m_plan.steps();
    NamedTensors toGoOn;
    if (!finished) {
        toGoOn = m_optimizer->state();
        if (m_average)
            for (auto& [name, tensor] : stateDict(*m_predictor.model))
                toGoOn.emplace_back(std::string(trainedPrefix) + name, tensor);
    }
    m_checkpoints.save(m_state, stateDict(*predictorToKeep().model), toGoOn);
}

void FoldTrainer::takeUpLastEpoch()
{
    const auto checkpoint = m_checkpoints.loadLastEpoch();
    if (!checkpoint)
        throw Error(ErrorKind::Missing, "Fold " + std::to_string(m_job.fold)
                                            + " has no complete epoch yet, so there is nothing to evaluate; train it first.");
    m_state = checkpoint->state;
    loadStateDict(*predictorToKeep().model, checkpoint->weights);
    if (std::isnan(m_state.history.back().valLoss)) // what was not evaluated has averaged statistics only
        measureStatistics(m_state.epochsDone);
}

FoldResult FoldTrainer::evaluate(int ttaViews)
{
    takeUpLastEpoch();
    const bool finished = m_state.epochsDone == m_plan.epochs;
    return resultOf(finished ? FoldResult::End::Finished : FoldResult::End::StoppedAndKept, ttaViews);
}

std::vector<AugmentedLabels> FoldTrainer::labelsUnder(const std::vector<AugmentationChain>& chains, int draws,
                                                      const std::function<bool(int, int)>& goOn)
{
    takeUpLastEpoch();
    return melscope::labelsUnder(predictorToKeep(), m_data, m_plan.batch, chains, draws, goOn);
}

ClipFeatures FoldTrainer::features(const std::function<bool(int, int)>& goOn)
{
    takeUpLastEpoch();
    return clipFeatures(predictorToKeep(), m_data, m_plan.batch, goOn);
}

std::vector<ClipView> FoldTrainer::views(int clip)
{
    takeUpLastEpoch();
    return clipViews(predictorToKeep(), m_data, clip, m_job.recipe.viewChain(), static_cast<int>(m_job.recipe.integer("evaluation.tta_views")));
}

FoldResult FoldTrainer::resultOf(FoldResult::End end, int ttaViews)
{
    const auto begin = Clock::now();
    FoldResult result{.end = end, .fold = m_job.fold, .ttaViews = ttaViews, .parameters = countParameters(*m_predictor.model),
                      .precision = m_predictor.bf16 ? "bf16" : "fp32", .history = m_state.history, .problems = m_data.problems};
    if (end != FoldResult::End::Interrupted) {
        result.predictions = predict(predictorToKeep(), m_data, m_data.heldOutClips, m_plan.batch, m_job.recipe.viewChain(), ttaViews);
        const Score score = scoreOf(result.predictions);
        result.accuracy = score.accuracy;
        result.ttaAccuracy = score.ttaAccuracy;
    }
    result.seconds = m_state.seconds + m_state.epochSeconds + secondsSince(begin);
    return result;
}

} // namespace melscope
