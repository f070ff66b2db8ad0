// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/Recipe.h"

#include <string>

namespace melscope {

/// SHA-256 of what decides a recipe's result: method, values, augmentation and weights, but neither its name nor how many threads
/// compute it. Runs with equal digests may stand in one row of the accuracy table.
std::string recipeDigest(const Recipe& recipe);

/// Changes whenever this version would complete a recipe file of an older one differently: digests made under another vocabulary
/// say nothing before they are made anew from the completed recipe.
const std::string& recipeVocabulary();

/// What differs from the shipped recipe of the same name, "training.epochs=5, augmentation changed"; empty where nothing
/// does or no shipped recipe has the name.
std::string recipeChanges(const Recipe& recipe);

} // namespace melscope
