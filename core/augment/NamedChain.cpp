// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/NamedChain.h"

#include "base/Error.h"
#include "base/Files.h"

namespace melscope {
namespace {

std::string takeText(Json& json, const char* key)
{
    if (!json.contains(key))
        return {};
    if (!json[key].is_string())
        throw Error(ErrorKind::InvalidValue, std::string("A chain's \"") + key + "\" must be a text.");
    const std::string text = json[key];
    json.erase(key);
    return text;
}

} // namespace

NamedChain NamedChain::fromJson(const Json& json)
{
    Json rest = json;
    NamedChain named{.name = takeText(rest, "name"), .title = takeText(rest, "title"), .summary = takeText(rest, "summary")};
    named.chain = AugmentationChain::fromJson(rest);
    if (named.title.empty())
        named.title = named.name;
    return named;
}

NamedChain NamedChain::fromFile(const std::filesystem::path& file)
{
    const Json json = Json::parse(readFile(file), nullptr, false);
    if (json.is_discarded())
        throw Error(ErrorKind::Format, file.string() + " is not an augmentation chain: it is not valid JSON.", file);
    try {
        NamedChain named = fromJson(json);
        if (named.name.empty())
            named.name = file.stem().string();
        if (named.title.empty())
            named.title = named.name;
        return named;
    } catch (const Error& error) {
        throw Error(error.kind(), file.string() + " is not a usable augmentation chain: " + error.what(), file);
    }
}

Json NamedChain::toJson() const
{
    Json json = Json::object();
    for (const auto& [key, text] : {std::pair{"name", &name}, std::pair{"title", &title}, std::pair{"summary", &summary}})
        if (!text->empty())
            json[key] = *text;
    json.update(chain.toJson());
    return json;
}

void NamedChain::writeTo(const std::filesystem::path& file) const
{
    writeFileAtomically(file, toJson().dump(2) + "\n");
}

} // namespace melscope
