// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Json.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace melscope {

using TensorShapes = std::map<std::string, std::vector<int64_t>>;

/// The architecture of a BEATs model; the defaults are those of the released base models, pretrained. Free of torch.
struct BeatsConfig
{
    int64_t patch = 16;             ///< mel rows and frames of one token
    int64_t patchDim = 512;         ///< of a patch's embedding before its projection
    bool patchBias = false;
    int64_t layers = 12;
    int64_t dim = 768;              ///< of a token
    int64_t feedForwardDim = 3072;
    int64_t heads = 12;
    int64_t positionTaps = 128;     ///< of the convolutional position embedding
    int64_t positionGroups = 16;
    int64_t buckets = 320;          ///< of the relative positions, both signs together
    int64_t maxDistance = 800;      ///< tokens, from which on the last bucket serves
    bool deepNorm = true;
    double layerDrop = 0.05;        ///< probability with which a layer is skipped in training
    int64_t predictorClasses = 0;   ///< of a fine-tuned model, otherwise 0
    int64_t codes = 0;              ///< of a tokenizer, otherwise 0
    int64_t codeDim = 0;

    bool operator==(const BeatsConfig&) const = default;

    /// From a checkpoint's `cfg` (null where it has none) and the shapes of its tensors: what `cfg` leaves open follows from the shapes,
    /// or is as released. Throws Error: Format where the shapes are no BEATs model's, or contradict `cfg`; Unsupported for
    /// a kind that was never released (pre-norm layers, another activation, no gated relative positions).
    static BeatsConfig of(const Json& cfg, const TensorShapes& shapes);

    /// Under the official names: enough for fromCfg(), and for the official BEATsConfig.
    Json toCfg() const;
    /// From what toCfg() wrote. Throws Error(Format).
    static BeatsConfig fromCfg(const Json& cfg);
};

/// What precedes the official names in a file that a wrapper wrote ("module.", "model.beats.", ...): mostly nothing.
std::string beatsPrefix(const TensorShapes& shapes);

} // namespace melscope
