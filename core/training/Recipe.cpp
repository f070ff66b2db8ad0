// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/Recipe.h"

#include "augment/ShippedChains.h"
#include "base/Error.h"
#include "base/Files.h"
#include "training/Method.h"
#include "weights/AcceptedWeights.h"

#include <algorithm>
#include <array>

namespace melscope {
namespace {

constexpr std::array<std::string_view, 5> sections{"front_end", "model", "pretraining", "training", "evaluation"};
constexpr std::string_view frontEndPrefix = "front_end.";

std::string textMember(const Json& json, const char* key)
{
    if (!json.contains(key))
        return {};
    if (!json[key].is_string())
        throw Error(ErrorKind::InvalidValue, std::string("A recipe's \"") + key + "\" must be a text.");
    return json[key];
}

bool isSection(const std::string& member)
{
    return std::find(sections.begin(), sections.end(), member) != sections.end();
}

void readSection(const std::string& section, const Json& members, const ParameterSchema& schema, Json& values)
{
    if (!members.is_object())
        throw Error(ErrorKind::InvalidValue, "A recipe's \"" + section + "\" must be an object.");
    for (const auto& [key, value] : members.items()) {
        const std::string dotted = section + "." + key;
        values[dotted] = schema.checked(dotted, value);
    }
}

void setFrontEnd(const FrontEnd& frontEnd, Json& values)
{
    const Json json = frontEnd.toJson();
    for (const auto& [key, value] : json.items())
        values[std::string(frontEndPrefix) + key] = value;
}

} // namespace

Recipe Recipe::fromJson(const Json& json)
{
    if (!json.is_object())
        throw Error(ErrorKind::InvalidValue, "A recipe must be a JSON object.");
    Recipe recipe{.name = textMember(json, "name"), .method = textMember(json, "method"), .title = textMember(json, "title"),
                  .summary = textMember(json, "summary")};
    if (recipe.method.empty())
        throw Error(ErrorKind::InvalidValue, "A recipe needs a \"method\", for instance \"resnet34\".");
    const ParameterSchema& schema = recipeSchema(recipe.method);
    recipe.values = schema.defaults();
    setFrontEnd(FrontEnd::preset(findMethod(recipe.method)->frontEnd), recipe.values);
    for (const auto& [member, value] : json.items()) {
        if (isSection(member)) {
            readSection(member, value, schema, recipe.values);
            if (member == "front_end") // what a short file leaves out follows what it says
                setFrontEnd(FrontEnd::fromJson(value), recipe.values);
        } else if (member == "weights") {
            if (!findMethod(recipe.method)->takesWeights)
                throw Error(ErrorKind::InvalidValue, "A recipe of the method \"" + recipe.method + "\" takes no \"weights\": it is trained from scratch.");
            recipe.weights = InitialWeights::fromJson(value);
        } else if (member == "augmentation") {
            recipe.augmentation = AugmentationChain::fromJson(value);
        } else if (member == "views") {
            if (!findMethod(recipe.method)->learnsFromViews)
                throw Error(ErrorKind::InvalidValue, "A recipe of the method \"" + recipe.method + "\" has no \"views\": it does not learn by contrast.");
            recipe.views = AugmentationChain::fromJson(value);
            if (recipe.views->mixes())
                throw Error(ErrorKind::InvalidValue, "A recipe's \"views\" cannot mix another clip in whole: whose view would it be? Use \"background\".");
        } else if (member == "test_time") {
            recipe.testTime = AugmentationChain::fromJson(value);
            if (recipe.testTime->mixes())
                throw Error(ErrorKind::InvalidValue, "A recipe's \"test_time\" views cannot mix another clip in: what would be its class?");
        } else if (member != "name" && member != "method" && member != "title" && member != "summary") {
            throw Error(ErrorKind::InvalidValue, "A recipe has no part \"" + member
                        + "\"; its parts are name, method, title, summary, weights, front_end, model, pretraining, training, evaluation, augmentation, views and test_time.");
        }
    }
    if (findMethod(recipe.method)->frozen && (!recipe.augmentation.empty() || recipe.testTime))
        throw Error(ErrorKind::InvalidValue, "A recipe of the method \"" + recipe.method + "\" has no \"augmentation\" and no \"test_time\" views: a clip's "
                    "features are computed once.");
    if (findMethod(recipe.method)->learnsFromViews && !recipe.views)
        recipe.views = findChain("contrastive").chain;
    recipe.frontEnd(); // throws where its values contradict each other
    return recipe;
}

Recipe Recipe::fromFile(const std::filesystem::path& file)
{
    const Json json = Json::parse(readFile(file), nullptr, false);
    if (json.is_discarded())
        throw Error(ErrorKind::Format, file.string() + " is not a recipe: it is not valid JSON.", file);
    try {
        Recipe recipe = fromJson(json);
        if (recipe.name.empty())
            recipe.name = file.stem().string();
        if (recipe.weights)
            recipe.weights->file = (std::filesystem::absolute(file).parent_path() / recipe.weights->file).lexically_normal();
        return recipe;
    } catch (const Error& error) {
        throw Error(error.kind(), file.string() + " is not a usable recipe: " + error.what(), file);
    }
}

bool lacksWeights(const Recipe& recipe)
{
    return !recipe.weights && findMethod(recipe.method)->needsWeights && !recipe.flag("training.random_weights");
}

void requireWeights(const Recipe& recipe)
{
    if (!lacksWeights(recipe))
        return;
    std::string files;
    std::string source;
    for (const AcceptedWeights::Published& published : acceptedWeights(recipe.method).published) {
        files += (files.empty() ? "" : ", ") + std::string(published.file);
        source = published.source;
    }
    throw Error(ErrorKind::Missing, findMethod(recipe.method)->title + " starts from a BEATs checkpoint, pretrained or fine-tuned, and this recipe names none. "
                "Accepted are the published files (" + files + " and their relatives; from " + source + ") and others of that layout, as .pt or "
                ".safetensors: choose one, --weights FILE on the command line. To try the method without one, training.random_weights=true takes "
                "the base architecture with random weights; its figures mean nothing.");
}

Json Recipe::toJson() const
{
    Json json = {{"name", name}, {"method", method}, {"title", title}, {"summary", summary}};
    if (weights)
        json["weights"] = weights->toJson();
    for (const std::string_view section : sections)
        if (section != "pretraining" && section != "model") // not every method has it
            json[std::string(section)] = Json::object();
    for (const auto& [key, value] : values.items()) {
        const size_t dot = key.find('.');
        json[key.substr(0, dot)][key.substr(dot + 1)] = value;
    }
    json["augmentation"] = augmentation.toJson();
    if (views)
        json["views"] = views->toJson();
    if (testTime)
        json["test_time"] = testTime->toJson();
    return json;
}

Recipe Recipe::with(std::string_view key, std::string_view text) const
{
    return with({{std::string(key), std::string(text)}});
}

Recipe Recipe::with(const std::vector<Setting>& settings) const
{
    const ParameterSchema& schema = recipeSchema(method);
    Recipe changed = *this;
    std::vector<Setting> frontEndSettings;
    for (const auto& [key, text] : settings) {
        changed.values[key] = schema.parsed(key, text);
        if (key.starts_with(frontEndPrefix))
            frontEndSettings.emplace_back(key.substr(frontEndPrefix.size()), text);
    }
    if (frontEndSettings.empty())
        return changed;
    setFrontEnd(withSettings(frontEnd(), frontEndSettings), changed.values);
    return changed;
}

FrontEnd Recipe::frontEnd() const
{
    Json json = Json::object();
    for (const auto& [key, value] : values.items())
        if (key.starts_with(frontEndPrefix))
            json[key.substr(frontEndPrefix.size())] = value;
    return FrontEnd::fromJson(json);
}

AugmentationChain Recipe::viewChain() const
{
    return testTime ? *testTime : augmentation.withoutMixing();
}

int64_t Recipe::integer(std::string_view key) const
{
    return values.at(std::string(key)).get<int64_t>();
}

double Recipe::real(std::string_view key) const
{
    return values.at(std::string(key)).get<double>();
}

bool Recipe::flag(std::string_view key) const
{
    return values.at(std::string(key)).get<bool>();
}

std::string Recipe::text(std::string_view key) const
{
    return values.at(std::string(key)).get<std::string>();
}

} // namespace melscope
