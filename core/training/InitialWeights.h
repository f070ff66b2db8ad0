// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Json.h"

#include <filesystem>
#include <string>

namespace melscope {

struct WeightIdentity;

/// The pretrained weights that a recipe starts from: which file, and what it was found to be. Only the body of the network takes
/// them; the head is new for every dataset.
struct InitialWeights
{
    std::filesystem::path file;
    std::string sha256;       ///< empty where a recipe file only names its file
    std::string name;         ///< under which it was published, or else the file's own
    std::string architecture; ///< WeightIdentity's: decides which network is built
    std::string naming;       ///< WeightIdentity's
    Json config = Json::object(); ///< WeightIdentity's
    std::string trainedOn;    ///< toString(WeightOrigin)
    bool operator==(const InitialWeights&) const = default;

    /// {"file", "sha256", "name", "trained_on", "architecture", "naming", "config"}, all but the first optional. Throws Error(InvalidValue).
    static InitialWeights fromJson(const Json& json);
    Json toJson() const;
};

/// What a file that was identified is as a start for `method` (an id). Throws Error(Unsupported) that says what it is and what the
/// method starts from.
InitialWeights initialWeights(const WeightIdentity& identity, const std::filesystem::path& file, const std::string& method);

/// Throws Error(Missing) where the file is gone, Error(InvalidValue) where its SHA-256 is no longer the recorded one.
void requireUnchanged(const InitialWeights& weights);

} // namespace melscope
