// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/PretextTrainer.h"

#include "engine/Divergence.h"
#include "nn/Initialisation.h"

#include <cmath>
#include <limits>

namespace melscope {
namespace {

using Clock = ProgressReporter::Clock;

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

void add(std::vector<Figure>& sums, const std::vector<Figure>& means, double weight)
{
    if (sums.empty()) {
        for (const Figure& mean : means)
            sums.push_back({.name = mean.name});
    }
    for (size_t i = 0; i < means.size(); ++i)
        sums.at(i).value += means[i].value * weight;
}

/// Keeps the weights of an epoch that has just ended, where the plan says so.
void keepEpoch(CheckpointStore& checkpoints, const PretextPlan& plan, const TrainingState& state)
{
    if (plan.keepEvery > 0 && state.betweenEpochs() && state.epochsDone > 0 && state.epochsDone % plan.keepEvery == 0)
        checkpoints.keepEpoch(state);
}

} // namespace

PretextPlan pretextPlan(const FoldJob& job, const FoldData& data, const AugmentationChain& chain, int views)
{
    const Recipe& recipe = job.recipe;
    PretextPlan plan{.chain = chain,
                     .batches = {.clips = data.trainingClips, .classes = static_cast<int>(data.dataset->classes.size()), .views = views,
                                 .batch = static_cast<int>(recipe.integer("pretraining.batch")),
                                 .epochs = static_cast<int>(recipe.integer("pretraining.epochs")), .seed = job.seed,
                                 .normalisation = data.normalisation},
                     .optimizer = {.weightDecay = recipe.real("pretraining.weight_decay"),
                                   .decayNormAndBias = recipe.flag("training.decay_norm_and_bias")},
                     .loaderThreads = static_cast<int>(recipe.integer("training.loader_threads"))};
    plan.schedule = {.steps = plan.batches.steps(), .maxRate = recipe.real("pretraining.lr"),
                     .warmupShare = recipe.real("pretraining.warmup_share"), .divFactor = recipe.real("training.div_factor"),
                     .finalDivFactor = recipe.real("training.final_div_factor")};
    return plan;
}

PretextTrainer::PretextTrainer(const FoldJob& job, const FoldData& data, std::string name, PretextPlan plan, TaskMaker make)
    : m_job(job), m_data(data), m_name(std::move(name)), m_plan(std::move(plan)), m_make(std::move(make)),
      m_checkpoints(job.folder, job.fold, foldIdentity(job, data), m_name)
{
}

int64_t PretextTrainer::clips() const
{
    return static_cast<int64_t>(m_plan.batches.clips.size()) * m_plan.batches.views * m_plan.batches.epochs;
}

void PretextTrainer::takeUp(const NamedTensors& before)
{
    m_task = m_make();
    m_task->follow(before);
    useChannelsLast(m_task->module());
    m_optimizer.emplace(m_task->module(), m_plan.optimizer);
    m_state = {};
    const auto checkpoint = m_checkpoints.loadNewest();
    if (!checkpoint) {
        m_task->begin(before);
        return;
    }
    m_state = checkpoint->state;
    loadStateDict(m_task->module(), checkpoint->weights);
    if (!checkpoint->optimizer.empty())
        m_optimizer->load(checkpoint->optimizer);
    keepEpoch(m_checkpoints, m_plan, m_state); // who was killed between saving and keeping
}

StageResult PretextTrainer::train(const NamedTensors& before, RunControl& control, const ProgressSink& progress)
{
    takeUp(before);
    ProgressReporter reporter(progress);
    const int64_t steps = m_plan.batches.steps();
    reporter.begin(m_state, m_plan.batches.epochs, steps);
    FoldResult::End end = FoldResult::End::Finished;
    if (m_state.step < steps) {
        BatchLoader loader(m_data.pipeline(m_plan.chain), m_plan.batches, m_state.step, m_plan.loaderThreads);
        m_task->module().train();
        while (m_state.step < steps && end == FoldResult::End::Finished) {
            const RunControl::Wish wish = reporter.heed(control);
            if (wish == RunControl::Wish::StopAndKeep)
                throw Error(ErrorKind::Cancelled, "Fold " + std::to_string(m_job.fold) + " was stopped while it was pretrained: there is no "
                                                  "classifier yet, so there is nothing to keep of it.");
            if (wish == RunControl::Wish::Interrupt) {
                saveCheckpoint();
                end = FoldResult::End::Interrupted;
                break;
            }
            trainBatch(loader, reporter);
            if (m_state.batchInEpoch == m_plan.batches.batchesPerEpoch())
                finishEpoch(reporter);
            else if (reporter.due())
                reporter.send();
        }
    }
    StageResult result{.end = end, .history = m_state.history, .seconds = m_state.seconds + m_state.epochSeconds};
    if (end == FoldResult::End::Finished)
        result.body = m_task->body();
    m_optimizer.reset();
    m_task.reset();
    return result;
}

void PretextTrainer::trainBatch(BatchLoader& loader, ProgressReporter& reporter)
{
    const auto begin = Clock::now();
    const double waitedBefore = loader.secondsWaited();
    Batch batch = loader.next();
    m_state.waitSeconds += loader.secondsWaited() - waitedBefore;

    const auto count = static_cast<int64_t>(batch.clips.size());
    m_optimizer->zeroGradients();
    const PretextTask::Outcome outcome = m_task->learn(batch, runningEpoch());
    if (!std::isfinite(outcome.loss))
        throwDiverged("the pretext loss", m_state.step + 1, m_plan.batches, m_plan.schedule);
    const OneCycle::Point point = m_plan.schedule.at(m_state.step);
    m_optimizer->step(point.learningRate, point.beta1);

    ++m_state.step;
    ++m_state.batchInEpoch;
    m_state.clipsSeen += count;
    m_state.lossSum += outcome.loss * static_cast<double>(count);
    m_state.correct += outcome.right;
    m_state.trials += outcome.trials;
    add(m_state.figureSums, outcome.figures, static_cast<double>(count));
    const double seconds = secondsSince(begin);
    m_state.epochSeconds += seconds;
    reporter.add({.step = m_state.step, .loss = outcome.loss, .learningRate = point.learningRate});
    reporter.now().step = m_state.step;
    reporter.batchDone(seconds, count);
}

EpochMetrics PretextTrainer::metricsOfEpoch() const
{
    const auto clips = static_cast<double>(m_state.clipsSeen);
    EpochMetrics metrics{.fold = m_job.fold, .stage = m_name, .epoch = runningEpoch(), .epochs = m_plan.batches.epochs,
                         .trainLoss = m_state.lossSum / clips,
                         .trainAccuracy = m_state.trials > 0 ? static_cast<double>(m_state.correct) / static_cast<double>(m_state.trials) : 0.0,
                         .valLoss = std::numeric_limits<double>::quiet_NaN(), .valAccuracy = std::numeric_limits<double>::quiet_NaN(),
                         .learningRate = m_plan.schedule.at(m_state.step - 1).learningRate, .clipsPerSecond = clips / m_state.epochSeconds,
                         .dataWaitShare = m_state.waitSeconds / m_state.epochSeconds, .figures = m_state.figureSums};
    for (Figure& figure : metrics.figures)
        figure.value /= clips;
    return metrics;
}

void PretextTrainer::finishEpoch(ProgressReporter& reporter)
{
    EpochMetrics metrics = metricsOfEpoch();
    const auto begin = Clock::now();
    const std::vector<Figure> probed = m_task->probe(metrics.epoch, metrics.epochs);
    metrics.figures.insert(metrics.figures.end(), probed.begin(), probed.end());
    metrics.seconds = m_state.epochSeconds + secondsSince(begin);

    // What goes on over epochs goes on; the sums of this one begin anew.
    m_state = {.epochsDone = metrics.epoch, .step = m_state.step, .seconds = m_state.seconds + metrics.seconds,
               .history = std::move(m_state.history)};
    m_state.history.push_back(metrics);
    const auto saving = Clock::now();
    saveCheckpoint();
    keepEpoch(m_checkpoints, m_plan, m_state);
    m_state.seconds += secondsSince(saving); // in the next checkpoint
    reporter.now().epoch = std::min(metrics.epoch + 1, metrics.epochs);
    reporter.add(metrics);
    reporter.send();
}

void PretextTrainer::saveCheckpoint()
{
    const bool finished = m_state.step == m_plan.batches.steps();
    m_checkpoints.save(m_state, stateDict(m_task->module()), finished ? NamedTensors() : m_optimizer->state());
}

} // namespace melscope
