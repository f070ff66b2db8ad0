// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/InitialWeights.h"

#include "base/Error.h"
#include "base/Files.h"
#include "training/Method.h"
#include "weights/WeightIdentity.h"

#include <algorithm>
#include <array>

namespace melscope {
namespace {

namespace fs = std::filesystem;

/// Members that are texts, under their names in JSON.
constexpr std::array members = {
    std::pair("sha256", &InitialWeights::sha256), std::pair("name", &InitialWeights::name), std::pair("trained_on", &InitialWeights::trainedOn),
    std::pair("architecture", &InitialWeights::architecture), std::pair("naming", &InitialWeights::naming)};

std::string textOf(const std::string& key, const Json& value)
{
    if (!value.is_string())
        throw Error(ErrorKind::InvalidValue, "\"" + key + "\" of a recipe's \"weights\" must be a text.");
    return value;
}

} // namespace

InitialWeights InitialWeights::fromJson(const Json& json)
{
    if (!json.is_object() || !json.contains("file"))
        throw Error(ErrorKind::InvalidValue, "A recipe's \"weights\" must be an object with a \"file\".");
    InitialWeights weights;
    for (const auto& [key, value] : json.items()) {
        const auto member = std::ranges::find(members, key, [](const auto& pair) { return std::string(pair.first); });
        if (member != members.end())
            weights.*member->second = textOf(key, value);
        else if (key == "file")
            weights.file = textOf(key, value);
        else if (key == "config" && value.is_object())
            weights.config = value;
        else
            throw Error(ErrorKind::InvalidValue, "A recipe's \"weights\" have no part \"" + key
                        + "\"; their parts are file, sha256, name, trained_on, architecture, naming and config.");
    }
    return weights;
}

Json InitialWeights::toJson() const
{
    Json json = {{"file", file.string()}};
    for (const auto& [key, member] : members)
        json[key] = this->*member;
    if (!config.empty())
        json["config"] = config;
    return json;
}

InitialWeights initialWeights(const WeightIdentity& identity, const fs::path& file, const std::string& method)
{
    if (std::ranges::count(identity.methods, method) == 0) {
        const Method* const known = findMethod(method);
        const std::string title = known ? known->title : method;
        throw Error(ErrorKind::Unsupported, title + " cannot start from " + file.string() + ", which is " + identity.title
                    + (known && known->takesWeights ? "." : ": it is trained from scratch."), file);
    }
    return {.file = fs::absolute(file).lexically_normal(), .sha256 = identity.sha256,
            .name = identity.release.empty() ? file.filename().string() : identity.release, .architecture = identity.architecture,
            .naming = identity.naming, .config = identity.config, .trainedOn = toString(identity.origin)};
}

void requireUnchanged(const InitialWeights& weights)
{
    std::error_code failure;
    if (!fs::exists(weights.file, failure))
        throw Error(ErrorKind::Missing, "The weights that this run starts from are gone: " + weights.file.string() + ". Bring the file back, or start "
                    "a new run with the weights where they are now.", weights.file);
    if (const std::string now = sha256OfFile(weights.file); now != weights.sha256)
        throw Error(ErrorKind::InvalidValue, "The weights " + weights.file.string() + " are not those that this run began with: their SHA-256 begins "
                    "with " + now.substr(0, 8) + " and not with " + weights.sha256.substr(0, 8) + ". Restore the file, or start a new run.",
                    weights.file);
}

} // namespace melscope
