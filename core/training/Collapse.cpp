// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/Collapse.h"

#include <algorithm>
#include <cmath>

namespace melscope {
namespace {

constexpr double fewCodes = 8.0;     // evenly used: a vocabulary of a hundred codes and more is worth 50 and more when it is sound
constexpr double guessedShare = 0.1; // of the codes' perplexity; a sound model guesses more codes than that is already in its first epoch
constexpr int firstJudged = 2;       // the first epoch's guesses begin with a model that knows nothing

std::optional<double> figureOf(const EpochMetrics& epoch, const char* name)
{
    const auto found = std::ranges::find(epoch.figures, name, &Figure::name);
    return found == epoch.figures.end() ? std::nullopt : std::optional(found->value);
}

std::string rounded(double value)
{
    return std::to_string(std::lround(value));
}

} // namespace

std::optional<std::string> collapseWarning(const EpochMetrics& epoch)
{
    const auto perplexity = figureOf(epoch, "target_perplexity");
    const auto asked = figureOf(epoch, "target_codes");
    const auto guessed = figureOf(epoch, "guessed_codes");
    if (!perplexity || !asked || !guessed)
        return std::nullopt;
    if (*perplexity < fewCodes)
        return "The vocabulary has collapsed: the " + rounded(*asked) + " codes asked for in epoch " + std::to_string(epoch.epoch)
               + " are as hard to guess as " + rounded(*perplexity) + " even ones (perplexity), so there is little to learn. Stop, and try another "
               + "tokenizer, patch size or number of codes; what is silent for the most part should be left out of the dataset.";
    if (epoch.epoch >= firstJudged && *guessed < std::max(2.0, guessedShare * *perplexity))
        return "The model has collapsed onto a few codes: its guesses in epoch " + std::to_string(epoch.epoch) + " were " + rounded(*guessed)
               + " different ones where " + rounded(*asked) + " were asked for (perplexity " + rounded(*perplexity)
               + "). If the next epochs do not mend it, stop and lower the learning rate or lengthen its warm-up.";
    return std::nullopt;
}

} // namespace melscope
