// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/TokenLayout.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace melscope {

/// One clip under the microscope of a masked-prediction training: what the model saw, what it had to guess and what it guessed.
struct MaskedPrediction
{
    struct Guess
    {
        int code = -1;
        float probability = 0.0f;
        bool operator==(const Guess&) const = default;
    };

    int clip = 0;  ///< index in the dataset
    TokenLayout layout;
    std::vector<float> input;     ///< [mel, frame], normalised, before the mask
    int mels = 0;
    int64_t frames = 0;
    std::vector<bool> masked;     ///< [token], hidden from the model
    std::vector<int32_t> targets; ///< [token], a code or silentToken (which is not asked for)
    std::vector<std::array<Guess, 5>> guesses; ///< [token], the likeliest first; those of tokens that were not masked say little
    std::vector<float> losses;    ///< [token], nats; 0 where nothing was asked
    bool operator==(const MaskedPrediction&) const = default;
};

/// Which batch of a masked-prediction training is looked at, and with which weights.
struct MaskedSpot
{
    int round = 1;
    int epoch = 0; ///< whose weights, among those that were kept; 0: the newest
    int batch = 0; ///< 0, 1, ...: how many batches after those weights training takes it
    std::optional<int64_t> step; ///< instead of `batch`: how many batches of the round come before it
    bool operator==(const MaskedSpot&) const = default;
};

/// The same for all clips of one training batch.
struct MaskedBatch
{
    int epoch = 0;         ///< complete epochs behind the weights
    int64_t step = 0;      ///< batches of the round before this one
    bool isNext = false;   ///< training goes on from these weights with this very batch, so that `loss` is training's own
    std::vector<MaskedPrediction> clips;
    double loss = 0.0;     ///< nats, mean over what was masked and not silent
    double accuracy = 0.0; ///< [0, 1], of the first guesses
    int64_t asked = 0;     ///< tokens
};

} // namespace melscope
