// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/LinearProbe.h"

#include "engine/NetworkFeatures.h"
#include "engine/Precision.h"
#include "engine/ProgressReporter.h"
#include "nn/Initialisation.h"
#include "nn/Losses.h"

#include <limits>

namespace melscope {
namespace {

constexpr double regularisation = 1e-3;
constexpr int64_t batch = 64;

torch::Tensor labelsOf(const FoldData& data, const std::vector<int>& clips)
{
    std::vector<int64_t> labels;
    for (const int clip : clips)
        labels.push_back(data.dataset->clips[static_cast<size_t>(clip)].label);
    return torch::tensor(labels);
}

double accuracyOf(const torch::Tensor& logits, const torch::Tensor& labels)
{
    return (logits.argmax(1) == labels).to(torch::kFloat64).mean().item<double>();
}

} // namespace

LinearClassifier LinearClassifier::fit(const torch::Tensor& features, const torch::Tensor& labels, int64_t classes, double decay)
{
    LinearClassifier classifier;
    classifier.mean = features.mean(0);
    classifier.deviation = features.std(0, false).clamp_min(1e-6);
    classifier.weight = torch::zeros({classes, features.size(1)}).requires_grad_();
    classifier.bias = torch::zeros({classes}).requires_grad_();
    torch::optim::LBFGS optimizer({classifier.weight, classifier.bias},
                                  torch::optim::LBFGSOptions(1.0).max_iter(200).history_size(20).line_search_fn("strong_wolfe"));
    optimizer.step([&] {
        optimizer.zero_grad();
        const torch::Tensor loss = crossEntropy(classifier.logits(features), labels, 0.0) + decay * classifier.weight.square().sum();
        loss.backward();
        return loss;
    });
    classifier.weight = classifier.weight.detach();
    classifier.bias = classifier.bias.detach();
    return classifier;
}

torch::Tensor LinearClassifier::logits(const torch::Tensor& features) const
{
    return torch::addmm(bias, (features - mean) / deviation, weight.t());
}

LinearProbe::LinearProbe(const FoldJob& job, const FoldData& data, NetworkMaker make)
    : m_job(job), m_data(data), m_make(std::move(make)), m_checkpoints(job.folder, job.fold, foldIdentity(job, data), "linear-probe")
{
}

int64_t LinearProbe::clips() const
{
    return static_cast<int64_t>(m_data.trainingClips.size() + m_data.heldOutClips.size());
}

StageResult LinearProbe::train(const NamedTensors& before, RunControl& control, const ProgressSink& progress)
{
    ProgressReporter reporter(progress);
    TrainingState state;
    if (const auto checkpoint = m_checkpoints.loadNewest()) {
        state = checkpoint->state;
        reporter.begin(state, 1, 1);
    } else {
        reporter.begin(state, 1, 1);
        if (reporter.heed(control) == RunControl::Wish::Interrupt)
            return {.end = FoldResult::End::Interrupted};
        NamedTensors head;
        const EpochMetrics metrics = probe(before, head);
        state = {.epochsDone = 1, .step = 1, .seconds = metrics.seconds, .history = {metrics}};
        m_checkpoints.save(state, head, {});
        reporter.now().step = 1;
        reporter.add(metrics);
        reporter.send();
    }
    return {.body = before, .history = state.history, .seconds = state.seconds};
}

EpochMetrics LinearProbe::probe(const NamedTensors& body, NamedTensors& head) const
{
    const auto begin = ProgressReporter::Clock::now();
    const auto classes = static_cast<int64_t>(m_data.dataset->classes.size());
    const bool bf16 = precisionOf(m_job.recipe) == "bf16";
    const std::shared_ptr<Network> network = m_make(classes);
    useChannelsLast(*network);
    network->initialise(m_job.seed);
    loadBody(*network, body);
    const torch::Tensor features = featuresOf(*network, m_data, m_data.trainingClips, batch, bf16);
    const torch::Tensor heldOut = featuresOf(*network, m_data, m_data.heldOutClips, batch, bf16);
    const torch::Tensor labels = labelsOf(m_data, m_data.trainingClips);
    const LinearClassifier classifier = LinearClassifier::fit(features, labels, classes, regularisation);
    head = {{"weight", classifier.weight}, {"bias", classifier.bias}};
    const torch::Tensor logits = classifier.logits(features);
    EpochMetrics metrics{.fold = m_job.fold, .stage = name(), .epoch = 1, .epochs = 1,
                         .trainLoss = crossEntropy(logits, labels, 0.0).item<double>(), .trainAccuracy = accuracyOf(logits, labels),
                         .valLoss = std::numeric_limits<double>::quiet_NaN(), .valAccuracy = std::numeric_limits<double>::quiet_NaN(),
                         .figures = {{.name = "linear_accuracy", .value = accuracyOf(classifier.logits(heldOut), labelsOf(m_data, m_data.heldOutClips))}}};
    metrics.seconds = std::chrono::duration<double>(ProgressReporter::Clock::now() - begin).count();
    metrics.clipsPerSecond = static_cast<double>(clips()) / metrics.seconds;
    return metrics;
}

} // namespace melscope
