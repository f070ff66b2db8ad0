// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/FoldData.h"
#include "engine/NetworkMaker.h"
#include "engine/PretextTask.h"
#include "engine/PretextTrainer.h"
#include "nn/MaskedModel.h"
#include "tokens/Masking.h"
#include "tokens/MaskedPrediction.h"
#include "tokens/TokenFitting.h"
#include "tokens/TokenStatistics.h"

#include <filesystem>

namespace melscope {

struct MaskedSettings
{
    int round = 1;           ///< 1: the tokenizer works on patches; 2 and more: on the middle features of the round before
    TokenSettings tokens;    ///< of round 1; of later ones codes and iterations
    Masking masking;
    std::filesystem::path codebook; ///< where the round's TokenSet is kept
    int threads = 1;
    int probeEvery = 5;      ///< epochs; the last one is always probed
    int64_t batch = 32;      ///< clips at a time where nothing is learned
    bool bf16 = false;
    uint64_t seed = 0;
};

/// Of a recipe's round (1, 2, ...). The round's TokenSet goes to codebooks/fold<N>-round<R>.safetensors in the run's folder.
MaskedSettings maskedSettings(const FoldJob& job, const FoldData& data, int round);

/// Masked-token prediction (BEATs, Chen et al. 2022, arXiv 2212.09058): the encoder guesses the tokens of patches it does not see. Digital
/// silence is not asked for. Figures: majority_accuracy and bigram_accuracy, what guessing by the tables of the training clips would have got
/// right of the same tokens; target_codes, guessed_codes, target_perplexity over the epoch; knn_accuracy. `data` must outlive it.
class MaskedPretext : public PretextTask
{
public:
    MaskedPretext(const FoldData& data, const NetworkMaker& make, const MaskedSettings& settings);

    torch::nn::Module& module() override { return *m_model; }
    /// The body that the round before left is the teacher of this one, whose features are clustered.
    void follow(const NamedTensors& before) override;
    /// Goes on from the body before, fits the tokenizer on the training clips and writes its TokenSet. Throws Error as fitTokenizer(), and
    /// DiskFull.
    void begin(const NamedTensors& before) override;
    Outcome learn(Batch& batch, int epoch) override;
    std::vector<Figure> probe(int epoch, int epochs) override;
    NamedTensors body() const override;

    /// What the model makes of a batch that learn() would be given, to look at: its loss is the one learn() would return. Changes nothing.
    MaskedBatch look(Batch& batch, int epoch);

private:
    struct Asked
    {
        torch::Tensor input;   ///< [clip, 1, mel, frame], whole patches, nothing hidden
        torch::Tensor masked;  ///< [clip, token] bool
        torch::Tensor asked;   ///< [clip, token] bool: masked and not silent
        torch::Tensor tokens;  ///< [clip, token] int64, silentToken in silence
        torch::Tensor targets; ///< [n] int64 of those asked
    };
    Asked ask(Batch& batch, int epoch);
    std::vector<ClipTokens> tokensOf(const Batch& batch, const torch::Tensor& whole) const;
    torch::Tensor logitsOf(const Asked& asked, const torch::Tensor& which); ///< fp32
    std::vector<Figure> baselines(const Asked& asked) const;
    void use(const TokenSet& set);

    const FoldData& m_data;
    const NetworkMaker m_make;
    const MaskedSettings m_settings;
    const TokenLayout m_layout;
    MaskedModel m_model;
    std::shared_ptr<PatchNetwork> m_teacher; // none in round 1
    std::optional<ClipTokenizer> m_tokenizer; // whose bands are in the unit of the network's input
    std::vector<int32_t> m_successors; // [code], the commonest next one
    int32_t m_majority = 0;
};

/// Every round's batches and rates; clips are shown as the recipe's augmentation makes them, but never mixed.
PretextPlan maskedPlan(const FoldJob& job, const FoldData& data);

/// A stage "masked-<round>" for each of the recipe's rounds. `job` and `data` must outlive them.
PretrainingStages maskedStages(const FoldJob& job, const FoldData& data, const NetworkMaker& make);

} // namespace melscope
