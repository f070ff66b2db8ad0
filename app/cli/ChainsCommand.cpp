// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ShippedChains.h"
#include "cli/ChainOptions.h"
#include "cli/Commands.h"
#include "cli/ParameterJson.h"

#include <sstream>

namespace melscope::cli {
namespace {

Json lineOf(const AugmentationInfo& info)
{
    Json parameters = Json::array();
    for (const Parameter& parameter : info.schema.parameters())
        parameters.push_back(toJson(parameter, parameter.defaultValue));
    return {{"augmentation", info.name}, {"stage", stageName(info.stage)}, {"title", info.title}, {"help", info.help},
            {"parameters", parameters}};
}

std::string rangeText(const Parameter& parameter)
{
    std::ostringstream text;
    if (parameter.type == Parameter::Type::Choice) {
        for (const std::string& choice : parameter.choices)
            text << (text.str().empty() ? "" : ", ") << choice;
    } else if (parameter.type == Parameter::Type::Boolean) {
        text << "true, false";
    } else {
        text << parameter.minimum << " to " << parameter.maximum << (parameter.unit.empty() ? "" : " " + parameter.unit);
    }
    return text.str();
}

int runChains(const Arguments&, Output& output)
{
    output.text("Presets:");
    for (const NamedChain& chain : shippedChains()) {
        output.json({{"chain", chain.name}, {"title", chain.title}, {"summary", chain.summary}});
        output.text("  " + chain.name + "\n      " + chain.summary);
    }
    const AugmentationInfo* last = nullptr;
    for (const AugmentationInfo& info : augmentationCatalogue()) {
        if (!last || last->stage != info.stage)
            output.text("\nAugmentations of the list \"" + stageName(info.stage) + "\":");
        last = &info;
        output.json(lineOf(info));
        output.text("  " + info.name + " (" + info.title + ")\n      " + info.help);
        for (const Parameter& parameter : info.schema.parameters())
            output.text("      " + parameter.key + " = " + parameter.defaultValue.dump() + " (" + rangeText(parameter) + "): " + parameter.help);
    }
    return Done;
}

int runShow(const Arguments& arguments, Output& output)
{
    const Json json = chainFrom(arguments.operands().front()).toJson();
    output.json(json);
    output.text(json.dump(2));
    return Done;
}

} // namespace

Command chainsCommand()
{
    return {.name = "chains", .summary = "list the augmentation presets, and all augmentations with their parameters",
            .details = "A chain file is a JSON object with the lists \"waveform\", \"spectrogram\" and \"mix\", each of objects with \"name\", "
                       "\"probability\" (default 1) and the augmentation's parameters, in the order in which they act; of the mixings at "
                       "most one acts on a clip.",
            .examples = {"melscope chains --json"}, .run = runChains};
}

Command chainsShowCommand()
{
    return {.name = "chains show", .operands = "PRESET|FILE", .minimumOperands = 1, .maximumOperands = 1,
            .summary = "print an augmentation chain, complete, as a file that --chain takes",
            .details = "Every parameter that the file leaves out is printed with its default.",
            .examples = {"melscope chains show strong > mine.json"}, .run = runShow};
}

} // namespace melscope::cli
