// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationChain.h"
#include "base/Parameter.h"
#include "spectral/FrontEnd.h"
#include "spectral/FrontEndSettings.h"
#include "training/InitialWeights.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace melscope {

/// Everything that decides what a run computes, but for dataset, folds and seed. A complete value: every key of its
/// method's schema is present.
struct Recipe
{
    std::string name;    ///< "<method>-<preset>" for the shipped ones
    std::string method;  ///< id of a Method
    std::string title;
    std::string summary; ///< one or two sentences: what it is for and what to expect
    Json values;         ///< flat: {"training.epochs": 40, ..., "front_end.mels": 128, ...}
    std::optional<InitialWeights> weights; ///< what the network's body starts from; not set: from scratch
    AugmentationChain augmentation;
    std::optional<AugmentationChain> views;    ///< of every clip, in contrastive pretraining; set for the methods that do that, and no other
    std::optional<AugmentationChain> testTime; ///< of the test-time views; mixes nothing

    /// Throws Error(InvalidValue) that names key, value and range; checks that the front end's values agree.
    static Recipe fromJson(const Json& json);
    static Recipe fromFile(const std::filesystem::path& file);
    /// {"name", "method", "title", "summary", "weights": {...}, "front_end": {...}, "training": {...}, "evaluation": {...},
    /// "augmentation": {...}, "views": {...}, "test_time": {...}}; weights, views and test_time only where they are set. In a recipe file the
    /// weights' path may be relative to its folder.
    Json toJson() const;

    /// A copy with one value changed; `text` is parsed by the schema. Throws Error(InvalidValue).
    Recipe with(std::string_view key, std::string_view text) const;
    /// The same with several at once; only the end result must be free of contradictions, so their order does not matter.
    /// Front-end keys follow each other as in withSettings().
    Recipe with(const std::vector<Setting>& settings) const;

    FrontEnd frontEnd() const;
    /// What test-time views look like: testTime, or else the training's chain without its mixings.
    AugmentationChain viewChain() const;
    int64_t integer(std::string_view key) const;
    double real(std::string_view key) const;
    bool flag(std::string_view key) const;
    std::string text(std::string_view key) const;
};

/// Whether its method is nothing without pretrained weights, it has none and does not ask for random ones (training.random_weights).
bool lacksWeights(const Recipe& recipe);
/// Where the recipe lacks weights, throws Error(Missing) that says which files its method accepts and where people get them.
void requireWeights(const Recipe& recipe);

/// All parameters of a method's recipes, front end included ("front_end.*"), in the order of the form. Keys of "training":
/// epochs batch lr weight_decay decay_norm_and_bias label_smoothing warmup_share div_factor final_div_factor precision
/// ema_epochs threads loader_threads, and body_lr head_epochs for methods that start from weights; of "evaluation": tta_views every ; of "pretraining", where a method does that: epochs batch
/// lr weight_decay warmup_share probe_every, and for contrastive methods temperature chunk. Throws Error(InvalidValue) for an unknown method.
const ParameterSchema& recipeSchema(const std::string& method);

/// The shipped recipes (resources/recipes/*.json, built into the library), published before quick before recommended.
const std::vector<Recipe>& shippedRecipes();
/// A shipped recipe by name, or a recipe file by path. Throws Error(Missing) that lists the names.
Recipe findRecipe(const std::string& nameOrFile);

} // namespace melscope
