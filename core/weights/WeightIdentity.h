// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/WeightFile.h"
#include "weights/WeightReleases.h"

namespace melscope {

/// What a weight file is, by the names and shapes of its tensors and by its SHA-256.
struct WeightIdentity
{
    /// "beats", "beats-finetuned", "beats-tokenizer", "efficientnet-b0", "efficientnet-lite0", "resnet34"; empty: not recognised.
    std::string architecture;
    std::string title;  ///< "BEATs, pretrained"
    Json config = Json::object(); ///< BeatsConfig::toCfg() of a BEATs model; otherwise empty
    std::string naming; ///< whose names its tensors have: "BEATs", "torchvision", "timm", "lukemelas"
    std::string prefix; ///< what stands before each of the model's names: "module."; tensors without it are not the model's
    int64_t parameters = 0;    ///< learned numbers, running statistics left out
    int64_t classes = 0;       ///< outputs of its classifier; 0 without one
    int64_t inputChannels = 0; ///< of the first convolution
    std::string sha256;
    std::string release; ///< name of the published file with this SHA-256; empty: none that is known
    WeightOrigin origin = WeightOrigin::Unknown; ///< only where the SHA-256 vouches for it
    bool ours = false;                           ///< Melscope wrote it
    std::vector<std::string> methods;            ///< ids of the methods that can start from it
    std::string use;                             ///< what it can be used for, a sentence
    std::vector<std::string> warnings;           ///< sentences
};

/// `sha256` is the whole file's. A name that promises another digest, or a release's name on other bytes, is a warning.
WeightIdentity identifyWeights(const WeightFile& file, const std::filesystem::path& path, const std::string& sha256);

/// The same of a file, which is read and checked as a whole. Throws as readWeightFile() does. Not for a GUI thread.
WeightIdentity identifyWeightFile(const std::filesystem::path& path);

/// The model's own tensors, under their names without the prefix; they share the file's memory.
std::vector<WeightTensor> modelTensors(const WeightFile& file, const WeightIdentity& identity);

} // namespace melscope
