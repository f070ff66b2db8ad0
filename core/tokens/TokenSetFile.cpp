// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "base/Files.h"
#include "tokens/TokenSet.h"
#include "weights/Safetensors.h"

#include <algorithm>
#include <cstring>

namespace melscope {
namespace {

constexpr const char* description = "melscope_tokens"; // the key of __metadata__ that tells such a file from others
constexpr int formatVersion = 1;

template <typename Number>
WeightTensor tensorOf(const std::string& name, ElementType type, const std::vector<Number>& numbers, const std::vector<int64_t>& shape)
{
    return {.name = name, .type = type, .shape = shape, .strides = rowMajorStrides(shape),
            .storage = {.bytes = {std::shared_ptr<void>(), reinterpret_cast<const std::byte*>(numbers.data())},
                        .size = static_cast<int64_t>(numbers.size() * sizeof(Number))}};
}

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& what)
{
    throw Error(ErrorKind::Format, path.string() + " is no usable codebook file of Melscope: " + what + ".", path);
}

template <typename Number>
std::vector<Number> numbersOf(const WeightFile& file, const std::string& name, ElementType type, const std::vector<int64_t>& shape,
                              const std::filesystem::path& path)
{
    const auto found = std::ranges::find(file.tensors, name, &WeightTensor::name);
    if (found == file.tensors.end())
        refuse(path, "\"" + name + "\" is missing");
    if (found->type != type || found->shape != shape)
        refuse(path, "\"" + name + "\" is " + toString(found->type) + " " + shapeText(found->shape) + " where " + toString(type) + " "
                         + shapeText(shape) + " belongs");
    std::vector<Number> numbers(static_cast<size_t>(found->elements()));
    copyElements(*found, reinterpret_cast<std::byte*>(numbers.data()));
    return numbers;
}

Json describe(const TokenSet& set)
{
    const Codebook& codebook = set.tokenizer.codebook;
    Json json = {{"format", formatVersion}, {"name", set.tokenizer.name}, {"kind", toString(codebook.kind)}, {"codes", codebook.codes},
                 {"dim", codebook.dim}, {"code_dim", codebook.codeDim}, {"patch", {set.tokenizer.patch.mels, set.tokenizer.patch.frames}},
                 {"front_end", set.tokenizer.frontEnd.toJson()}, {"dataset", set.dataset}, {"classes", set.classes}, {"clips", set.clips}};
    json["held_out"] = set.heldOut ? Json(*set.heldOut) : Json();
    return json;
}

void checkRange(const std::vector<int32_t>& values, int32_t low, int64_t end, const char* what, const std::filesystem::path& path)
{
    if (std::ranges::any_of(values, [&](int32_t value) { return value < low || value >= end; }))
        refuse(path, std::string("it has a ") + what + " out of range");
}

TokenSet setOf(const Json& json, const WeightFile& file, const std::filesystem::path& path)
{
    if (json.at("format") != formatVersion)
        throw Error(ErrorKind::Unsupported, path.string() + " was written by another version of Melscope.", path);
    TokenSet set{.dataset = json.at("dataset"), .classes = json.at("classes"), .clips = json.at("clips")};
    set.tokenizer.name = json.at("name");
    set.tokenizer.frontEnd = FrontEnd::fromJson(json.at("front_end"));
    set.tokenizer.patch = {.mels = json.at("patch").at(0), .frames = json.at("patch").at(1)};
    set.layout = set.tokenizer.layout();
    if (!json.at("held_out").is_null())
        set.heldOut = json.at("held_out").get<int>();

    Codebook& codebook = set.tokenizer.codebook;
    codebook = {.kind = codebookKindFrom(json.at("kind")), .codes = json.at("codes"), .dim = json.at("dim"), .codeDim = json.at("code_dim")};
    const bool projects = codebook.kind == Codebook::Kind::RandomProjection;
    if (codebook.codes < 1 || codebook.dim < 1 || codebook.codeDim < 1 || (!projects && codebook.codeDim != codebook.dim)
        || (set.tokenizer.worksOnPatches() && codebook.dim != set.tokenizer.patch.size()))
        refuse(path, "the sizes of its codebook contradict each other");
    const int64_t codes = codebook.codes;
    const int64_t codeDim = codebook.codeDim;
    codebook.vectors = numbersOf<float>(file, "codebook", ElementType::F32, {codes, codeDim}, path);
    if (projects)
        codebook.projection = numbersOf<float>(file, "projection", ElementType::F32, {codeDim, codebook.dim}, path);
    const int64_t mels = set.tokenizer.frontEnd.mels;
    set.tokenizer.bands = {.mean = numbersOf<float>(file, "band_mean", ElementType::F32, {mels}, path),
                           .deviation = numbersOf<float>(file, "band_deviation", ElementType::F32, {mels}, path)};
    if (std::ranges::any_of(set.tokenizer.bands.deviation, [](float deviation) { return !(deviation > 0.0f); }))
        refuse(path, "a band's standard deviation is not positive");

    const auto clips = static_cast<int64_t>(set.clips.size());
    const int64_t size = set.layout.size();
    set.labels = numbersOf<int32_t>(file, "labels", ElementType::I32, {clips}, path);
    set.folds = numbersOf<int32_t>(file, "folds", ElementType::I32, {clips}, path);
    set.tokens = numbersOf<int32_t>(file, "tokens", ElementType::I32, {clips, size}, path);
    set.distances = numbersOf<float>(file, "distances", ElementType::F32, {clips, size}, path);
    set.meanPatches = numbersOf<float>(file, "mean_patches", ElementType::F32, {codes, set.layout.patch.mels, set.layout.patch.frames}, path);
    checkRange(set.labels, 0, static_cast<int64_t>(set.classes.size()), "class", path);
    checkRange(set.tokens, silentToken, codes, "token", path);
    return set;
}

} // namespace

void writeTokenSet(const std::filesystem::path& path, const TokenSet& set)
{
    const Codebook& codebook = set.tokenizer.codebook;
    const int64_t codes = codebook.codes;
    const auto clips = static_cast<int64_t>(set.clips.size());
    const int64_t mels = set.tokenizer.frontEnd.mels;
    using enum ElementType;
    std::vector<WeightTensor> tensors{tensorOf("codebook", F32, codebook.vectors, {codes, codebook.codeDim})};
    if (!codebook.projection.empty())
        tensors.push_back(tensorOf("projection", F32, codebook.projection, {codebook.codeDim, codebook.dim}));
    tensors.push_back(tensorOf("band_mean", F32, set.tokenizer.bands.mean, {mels}));
    tensors.push_back(tensorOf("band_deviation", F32, set.tokenizer.bands.deviation, {mels}));
    tensors.push_back(tensorOf("labels", I32, set.labels, {clips}));
    tensors.push_back(tensorOf("folds", I32, set.folds, {clips}));
    tensors.push_back(tensorOf("tokens", I32, set.tokens, {clips, set.layout.size()}));
    tensors.push_back(tensorOf("distances", F32, set.distances, {clips, set.layout.size()}));
    tensors.push_back(tensorOf("mean_patches", F32, set.meanPatches, {codes, set.layout.patch.mels, set.layout.patch.frames}));
    const std::string text = describe(set).dump(-1, ' ', false, Json::error_handler_t::replace);
    writeFileAtomically(path, encodeSafetensors(tensors, {{"format", "pt"}, {"producer", "Melscope"}, {description, text}}));
}

TokenSet readTokenSet(const std::filesystem::path& path)
{
    const WeightFile file = decodeSafetensors(std::make_shared<const std::string>(readFile(path)), path);
    if (!file.metadata.contains(description) || !file.metadata[description].is_string())
        refuse(path, "it has no description of a codebook; `melscope tokens fit` writes one");
    try {
        return setOf(Json::parse(file.metadata[description].get<std::string>()), file, path);
    } catch (const Json::exception& error) {
        refuse(path, error.what());
    } catch (const Error& error) {
        if (error.path().empty())
            refuse(path, error.what());
        throw;
    }
}

} // namespace melscope
