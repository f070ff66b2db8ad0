// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/WeightsOption.h"

#include "weights/WeightIdentity.h"

namespace melscope::cli {

const Method& methodOf(const Recipe& recipe, const Arguments& arguments)
{
    const Method* method = findMethod(recipe.method);
    if (!method || !method->available)
        throw UsageError("This version cannot run the method " + recipe.method + " yet.");
    if (arguments.has("weights") && !method->takesWeights)
        throw UsageError(method->title + " is trained from scratch and takes no --weights.");
    return *method;
}

void chooseWeights(Recipe& recipe, const Method& method, const Arguments& arguments, Output& output)
{
    const auto named = arguments.text("weights");
    if (named || (recipe.weights && recipe.weights->sha256.empty())) {
        const std::filesystem::path file = named ? std::filesystem::path(*named) : recipe.weights->file;
        const WeightIdentity identity = identifyWeightFile(file);
        recipe.weights = initialWeights(identity, file, recipe.method);
        for (const std::string& warning : identity.warnings)
            output.message("warning: " + file.string() + ": " + warning);
    }
    requireWeights(recipe);
    if (recipe.weights)
        output.message("Starts from " + recipe.weights->name + " (" + recipe.weights->architecture + ", trained on: " + recipe.weights->trainedOn + ").");
    else if (method.takesWeights)
        output.message(method.title + " starts from random weights; --weights FILE lets it start from pretrained ones.");
}

} // namespace melscope::cli
