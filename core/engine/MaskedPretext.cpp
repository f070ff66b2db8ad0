// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/MaskedPretext.h"

#include "base/Error.h"
#include "dataset/ParallelClips.h"
#include "engine/Evaluator.h"
#include "engine/KnnProbe.h"
#include "engine/NetworkFeatures.h"
#include "engine/Precision.h"
#include "engine/RefinedTokens.h"
#include "nn/BatchNorms.h"
#include "nn/Initialisation.h"
#include "nn/Losses.h"
#include "training/MaskedPredictionSchema.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>

namespace melscope {
namespace {

constexpr uint64_t maskStream = 0x6D61736B73ull;
// The head's weights come from a seed of their own, the encoder's are those of the same network trained from scratch.
constexpr uint64_t headSeed = 0x6D61736B68656164ull;

std::shared_ptr<PatchNetwork> makeEncoder(const NetworkMaker& make, const FoldData& data)
{
    auto network = std::dynamic_pointer_cast<PatchNetwork>(make(static_cast<int64_t>(data.dataset->classes.size())));
    if (!network)
        throw Error(ErrorKind::Internal, "This method's network has no vector for a patch: it cannot guess tokens.");
    return network;
}

torch::Tensor boolTensor(const std::vector<std::vector<bool>>& rows)
{
    torch::Tensor tensor = torch::empty({static_cast<int64_t>(rows.size()), static_cast<int64_t>(rows.front().size())}, torch::kBool);
    bool* out = tensor.data_ptr<bool>();
    for (const std::vector<bool>& row : rows)
        out = std::copy(row.begin(), row.end(), out);
    return tensor;
}

torch::Tensor tokenTensor(const std::vector<ClipTokens>& clips)
{
    torch::Tensor tensor = torch::empty({static_cast<int64_t>(clips.size()), static_cast<int64_t>(clips.front().tokens.size())}, torch::kInt64);
    int64_t* out = tensor.data_ptr<int64_t>();
    for (const ClipTokens& clip : clips)
        out = std::copy(clip.tokens.begin(), clip.tokens.end(), out);
    return tensor;
}

void count(torch::Tensor& counts, const torch::Tensor& codes)
{
    counts += torch::bincount(codes, {}, counts.size(0));
}

int64_t used(const torch::Tensor& counts)
{
    return (counts > 0).sum().item<int64_t>();
}

} // namespace

MaskedSettings maskedSettings(const FoldJob& job, const FoldData& data, int round)
{
    const Recipe& recipe = job.recipe;
    const int patch = patchOf(recipe);
    const auto number = [&](const char* key) { return static_cast<int>(recipe.integer(key)); };
    return {.round = round,
            .tokens = {.frontEnd = data.extractor->frontEnd(), .kind = codebookKindFrom(recipe.text("pretraining.tokenizer")), .codes = number("pretraining.codes"),
                       .patch = {.mels = patch, .frames = patch}, .seed = job.seed},
            .masking = {.strategy = recipe.text("pretraining.mask") == "block" ? Masking::Strategy::Block : Masking::Strategy::Random,
                        .share = recipe.real("pretraining.mask_share"), .blockRows = number("pretraining.block_rows"),
                        .blockColumns = number("pretraining.block_columns")},
            .codebook = job.folder / "codebooks" / ("fold" + std::to_string(job.fold) + "-round" + std::to_string(round) + ".safetensors"),
            .threads = at::get_num_threads(), .probeEvery = number("pretraining.probe_every"), .batch = recipe.integer("training.batch"),
            .bf16 = precisionOf(recipe) == "bf16", .seed = job.seed};
}

MaskedPretext::MaskedPretext(const FoldData& data, const NetworkMaker& make, const MaskedSettings& settings)
    : m_data(data), m_make(make), m_settings(settings),
      m_layout(TokenLayout::of(settings.tokens.patch, data.extractor->frontEnd().mels, data.extractor->frontEnd().frames())),
      m_model(makeEncoder(make, data), m_layout.patch.mels, m_layout.patch.frames, settings.tokens.codes)
{
}

void MaskedPretext::follow(const NamedTensors& before)
{
    if (m_settings.round == 1)
        return;
    m_teacher = makeEncoder(m_make, m_data);
    loadBody(*m_teacher, before);
    useChannelsLast(*m_teacher);
    m_teacher->eval();
}

void MaskedPretext::begin(const NamedTensors& before)
{
    initialiseWeights(*m_model, m_settings.seed ^ headSeed);
    m_model->encoder().initialise(m_settings.seed);
    if (m_teacher)
        loadBody(m_model->encoder(), before);
    const int heldOut = m_data.dataset->clips[static_cast<size_t>(m_data.heldOutClips.front())].fold;
    TokenSet set;
    if (m_teacher) {
        set = refinedTokens(m_data, *m_teacher, m_settings.tokens, heldOut, m_settings.threads, m_settings.bf16);
        set.tokenizer.name = "round " + std::to_string(m_settings.round) + ": " + set.tokenizer.name;
    } else {
        const Tokenizer tokenizer = fitTokenizer(m_settings.tokens, m_data.source, m_data.trainingClips, m_settings.threads);
        set = tokenizeDataset(tokenizer, *m_data.dataset, m_data.source, heldOut, m_settings.threads);
    }
    writeTokenSet(m_settings.codebook, set);
    use(set);
}

void MaskedPretext::use(const TokenSet& set)
{
    if (set.codes() != m_settings.tokens.codes || !(set.layout == m_layout))
        throw Error(ErrorKind::InvalidValue, m_settings.codebook.string() + " belongs to another recipe; start a new run for this one.",
                    m_settings.codebook);
    const TokenStatistics statistics = tokenStatistics(set, m_data.trainingClips);
    m_majority = static_cast<int32_t>(std::ranges::max_element(statistics.usage) - statistics.usage.begin());
    m_successors.clear();
    for (int code = 0; code < set.codes(); ++code) {
        const auto next = statistics.bigrams.row(code);
        const auto best = std::ranges::max_element(next);
        m_successors.push_back(*best > 0 ? static_cast<int32_t>(best - next.begin()) : m_majority);
    }
    Tokenizer ofInput = set.tokenizer;
    const auto mean = static_cast<float>(m_data.normalisation.mean);
    const auto deviation = static_cast<float>(m_data.normalisation.deviation);
    for (size_t band = 0; band < ofInput.bands.mean.size(); ++band) {
        ofInput.bands.mean[band] = (ofInput.bands.mean[band] - mean) / deviation;
        ofInput.bands.deviation[band] /= deviation;
    }
    m_tokenizer.emplace(ofInput);
}

std::vector<ClipTokens> MaskedPretext::tokensOf(const Batch& batch, const torch::Tensor& whole) const
{
    const FrontEnd& frontEnd = m_data.extractor->frontEnd();
    const size_t size = static_cast<size_t>(frontEnd.mels) * static_cast<size_t>(frontEnd.frames());
    torch::Tensor features;
    if (m_teacher) {
        const torch::NoGradGuard noGrad;
        features = middleFeatures(*m_teacher, whole, m_settings.bf16);
    }
    std::vector<ClipTokens> tokens(batch.clips.size());
    forEachClipInParallel(static_cast<int>(tokens.size()), m_settings.threads, {}, {}, [&](int index) {
        const auto i = static_cast<size_t>(index);
        const GridView grid{std::span(batch.input).subspan(i * size, size), frontEnd.mels, frontEnd.frames()};
        tokens[i] = m_teacher ? m_tokenizer->tokensOfFeatures(spanOf(features[index]), silentTokens(grid, m_layout)) : m_tokenizer->tokens(grid);
    });
    return tokens;
}

MaskedPretext::Asked MaskedPretext::ask(Batch& batch, int epoch)
{
    if (!m_tokenizer) // a stage that is taken up again
        use(readTokenSet(m_settings.codebook));
    Asked asked;
    asked.input = wholePatches(inputTensor(batch.input, m_data.gridShape()), m_layout);
    asked.tokens = tokenTensor(tokensOf(batch, asked.input));
    std::vector<std::vector<bool>> masks;
    for (const int clip : batch.clips) {
        RandomStream random({.seed = m_settings.seed, .epoch = static_cast<uint64_t>(epoch), .clip = static_cast<uint64_t>(clip),
                             .index = maskStream + static_cast<uint64_t>(m_settings.round)});
        masks.push_back(drawMask(m_settings.masking, m_layout, random));
    }
    asked.masked = boolTensor(masks);
    asked.asked = asked.masked & (asked.tokens != silentToken);
    asked.targets = asked.tokens.index({asked.asked});
    // Drop path draws from torch's generator: the same for the same batch, whatever came before.
    torch::manual_seed(RandomStream({.seed = m_settings.seed, .epoch = static_cast<uint64_t>(epoch), .clip = static_cast<uint64_t>(batch.clips.front()),
                                     .index = headSeed}).bits());
    return asked;
}

torch::Tensor MaskedPretext::logitsOf(const Asked& asked, const torch::Tensor& which)
{
    const CpuAutocast scope(m_settings.bf16);
    return m_model->logits(m_model->hide(asked.input, asked.masked), which).to(torch::kFloat32);
}

std::vector<Figure> MaskedPretext::baselines(const Asked& asked) const
{
    const torch::Tensor successors = torch::tensor(std::vector<int64_t>(m_successors.begin(), m_successors.end()));
    // The token before in time is `rows` places earlier; where there is none, or silence, the commonest code is the best guess.
    torch::Tensor before = torch::full_like(asked.tokens, silentToken);
    const int64_t later = asked.tokens.size(1) - m_layout.rows;
    before.narrow(1, m_layout.rows, later).copy_(asked.tokens.narrow(1, 0, later));
    const torch::Tensor known = before.index({asked.asked});
    const torch::Tensor guess = torch::where(known != silentToken, successors.index({known.clamp_min(0)}), torch::full_like(known, m_majority));
    const auto shareRight = [&](const torch::Tensor& right) { return asked.targets.numel() > 0 ? right.to(torch::kFloat64).mean().item<double>() : 0.0; };
    return {{.name = "majority_accuracy", .value = shareRight(asked.targets == m_majority)},
            {.name = "bigram_accuracy", .value = shareRight(asked.targets == guess)}};
}

PretextTask::Outcome MaskedPretext::learn(Batch& batch, int epoch)
{
    const Asked asked = ask(batch, epoch);
    Outcome outcome{.trials = asked.targets.numel(), .figures = baselines(asked)};
    if (outcome.trials == 0)
        return outcome;
    const torch::Tensor logits = logitsOf(asked, asked.asked);
    const torch::Tensor loss = crossEntropy(logits, asked.targets, 0.0);
    loss.backward();
    const torch::Tensor guesses = logits.detach().argmax(1);
    count(m_model->askedCounts(), asked.targets);
    count(m_model->guessedCounts(), guesses);
    outcome.loss = loss.item<double>();
    outcome.right = (guesses == asked.targets).sum().item<int64_t>();
    return outcome;
}

std::vector<Figure> MaskedPretext::probe(int epoch, int epochs)
{
    const torch::Tensor asked = m_model->askedCounts().contiguous();
    const double entropy = entropyBits({asked.data_ptr<int64_t>(), static_cast<size_t>(asked.numel())});
    std::vector<Figure> figures{{.name = "target_codes", .value = static_cast<double>(used(asked))},
                                {.name = "target_perplexity", .value = std::exp2(entropy)},
                                {.name = "guessed_codes", .value = static_cast<double>(used(m_model->guessedCounts()))}};
    m_model->askedCounts().zero_();
    m_model->guessedCounts().zero_();
    if (epoch % m_settings.probeEvery == 0 || epoch == epochs) {
        const torch::Tensor features = featuresOf(m_model->encoder(), m_data, m_data.trainingClips, m_settings.batch, m_settings.bf16);
        figures.push_back({.name = "knn_accuracy", .value = knnAccuracy(features, m_data.trainingClips, *m_data.dataset)});
    }
    return figures;
}

NamedTensors MaskedPretext::body() const
{
    return bodyOf(m_model->encoder());
}

MaskedBatch MaskedPretext::look(Batch& batch, int epoch)
{
    const torch::NoGradGuard noGrad;
    const StatisticsPause pause(*m_model);
    const Asked asked = ask(batch, epoch);
    const torch::Tensor all = logitsOf(asked, torch::ones_like(asked.asked)).view({asked.tokens.size(0), asked.tokens.size(1), -1});
    MaskedBatch result{.asked = asked.targets.numel()};
    if (result.asked > 0) {
        const torch::Tensor logits = all.index({asked.asked});
        result.loss = crossEntropy(logits, asked.targets, 0.0).item<double>();
        result.accuracy = (logits.argmax(1) == asked.targets).to(torch::kFloat64).mean().item<double>();
    }
    const torch::Tensor logProbabilities = torch::log_softmax(all, 2);
    for (int64_t clip = 0; clip < asked.tokens.size(0); ++clip)
        result.clips.push_back(maskedPrediction(batch.clips[static_cast<size_t>(clip)], m_layout, asked.input[clip][0], asked.masked[clip],
                                                asked.tokens[clip], logProbabilities[clip]));
    return result;
}

PretextPlan maskedPlan(const FoldJob& job, const FoldData& data)
{
    PretextPlan plan = pretextPlan(job, data, job.recipe.augmentation.withoutMixing(), 1);
    plan.keepEvery = static_cast<int>(job.recipe.integer(keepEveryKey));
    return plan;
}

PretrainingStages maskedStages(const FoldJob& job, const FoldData& data, const NetworkMaker& make)
{
    PretrainingStages stages;
    const PretextPlan plan = maskedPlan(job, data);
    for (int round = 1; round <= job.recipe.integer("pretraining.rounds"); ++round) {
        const MaskedSettings settings = maskedSettings(job, data, round);
        stages.push_back(std::make_unique<PretextTrainer>(job, data, "masked-" + std::to_string(round), plan, [&data, make, settings] {
            return std::make_unique<MaskedPretext>(data, make, settings);
        }));
    }
    return stages;
}

} // namespace melscope
