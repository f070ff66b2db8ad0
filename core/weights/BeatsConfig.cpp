// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/BeatsConfig.h"

#include "base/Error.h"

#include <array>

namespace melscope {
namespace {

constexpr const char* patchWeight = "patch_embedding.weight";

/// Sizes that shapes tell as well, under their names in `cfg`.
constexpr std::array sizes = {
    std::pair("input_patch_size", &BeatsConfig::patch),         std::pair("embed_dim", &BeatsConfig::patchDim),
    std::pair("encoder_layers", &BeatsConfig::layers),          std::pair("encoder_embed_dim", &BeatsConfig::dim),
    std::pair("encoder_ffn_embed_dim", &BeatsConfig::feedForwardDim), std::pair("encoder_attention_heads", &BeatsConfig::heads),
    std::pair("conv_pos", &BeatsConfig::positionTaps),          std::pair("conv_pos_groups", &BeatsConfig::positionGroups),
    std::pair("num_buckets", &BeatsConfig::buckets)};

[[noreturn]] void notBeats(const std::string& reason)
{
    throw Error(ErrorKind::Format, "These weights are not a BEATs model: " + reason + ".");
}

int64_t sizeOf(const TensorShapes& shapes, const std::string& name, size_t axis)
{
    const auto found = shapes.find(name);
    if (found == shapes.end())
        notBeats("they have no tensor \"" + name + "\"");
    if (axis >= found->second.size())
        notBeats("\"" + name + "\" has too few dimensions");
    return found->second[axis];
}

/// What the shapes tell; the rest as released.
BeatsConfig inferred(const TensorShapes& shapes)
{
    const std::string first = "encoder.layers.0.";
    const std::string positions = "encoder.pos_conv.0.weight_v";
    BeatsConfig config;
    config.patchDim = sizeOf(shapes, patchWeight, 0);
    config.patch = sizeOf(shapes, patchWeight, 2);
    config.patchBias = shapes.contains("patch_embedding.bias");
    config.dim = sizeOf(shapes, "encoder.layer_norm.weight", 0);
    config.feedForwardDim = sizeOf(shapes, first + "fc1.weight", 0);
    config.buckets = sizeOf(shapes, first + "self_attn.relative_attention_bias.weight", 0);
    config.heads = sizeOf(shapes, first + "self_attn.relative_attention_bias.weight", 1);
    config.positionTaps = sizeOf(shapes, positions, 2);
    const int64_t channels = sizeOf(shapes, positions, 1);
    if (channels <= 0 || config.dim % channels != 0)
        notBeats("\"" + positions + "\" does not divide the " + std::to_string(config.dim) + " channels");
    config.positionGroups = config.dim / channels;
    config.layers = 0;
    while (shapes.contains("encoder.layers." + std::to_string(config.layers) + ".fc1.weight"))
        ++config.layers;
    if (shapes.contains("predictor.weight"))
        config.predictorClasses = sizeOf(shapes, "predictor.weight", 0);
    if (shapes.contains("quantize.embedding.weight")) {
        config.codes = sizeOf(shapes, "quantize.embedding.weight", 0);
        config.codeDim = sizeOf(shapes, "quantize.embedding.weight", 1);
    }
    return config;
}

/// An integer of `cfg` that the shapes tell as well: both must agree.
void compare(const Json& cfg, const char* key, int64_t shapesSay)
{
    if (cfg.contains(key) && (!cfg[key].is_number() || cfg[key].get<int64_t>() != shapesSay))
        throw Error(ErrorKind::Format, std::string("This BEATs checkpoint contradicts itself: its cfg says ") + key + " = " + cfg[key].dump()
                                           + ", its tensors say " + std::to_string(shapesSay) + ".");
}

/// A file may hold any numbers: those that the model divides by, or takes the logarithm of, are looked at.
void check(const BeatsConfig& config)
{
    if (config.patch < 1 || config.layers < 1 || config.heads < 1 || config.dim % config.heads != 0)
        notBeats(std::to_string(config.heads) + " heads do not divide " + std::to_string(config.dim) + " channels");
    if (config.buckets < 4 || config.maxDistance <= config.buckets / 4)
        notBeats(std::to_string(config.buckets) + " relative positions do not reach " + std::to_string(config.maxDistance) + " tokens");
    if (!(config.layerDrop >= 0.0 && config.layerDrop < 1.0))
        notBeats("their cfg would skip all layers");
}

void require(const Json& cfg, const char* key, const Json& released)
{
    if (cfg.contains(key) && cfg[key] != released)
        throw Error(ErrorKind::Unsupported, std::string("This BEATs checkpoint has ") + key + " = " + cfg[key].dump() + "; Melscope knows "
                                                + released.dump() + ", as in every released one.");
}

void follow(const Json& cfg, BeatsConfig& config)
{
    for (const auto& [key, size] : sizes)
        compare(cfg, key, config.*size);
    require(cfg, "activation_fn", "gelu");
    require(cfg, "layer_norm_first", false);
    require(cfg, "relative_position_embedding", true);
    require(cfg, "gru_rel_pos", true);
    try {
        config.maxDistance = cfg.value("max_distance", config.maxDistance);
        config.deepNorm = cfg.value("deep_norm", config.deepNorm);
        config.layerDrop = cfg.value("encoder_layerdrop", config.layerDrop);
    } catch (const Json::exception&) {
        throw Error(ErrorKind::Format, "This BEATs checkpoint's cfg has a max_distance, deep_norm or encoder_layerdrop of the wrong type.");
    }
}

} // namespace

BeatsConfig BeatsConfig::of(const Json& cfg, const TensorShapes& shapes)
{
    BeatsConfig config = inferred(shapes);
    if (cfg.is_object())
        follow(cfg, config);
    check(config);
    return config;
}

Json BeatsConfig::toCfg() const
{
    Json cfg = Json::object();
    for (const auto& [key, size] : sizes)
        cfg[key] = this->*size;
    cfg.update({{"conv_bias", patchBias}, {"max_distance", maxDistance}, {"deep_norm", deepNorm}, {"encoder_layerdrop", layerDrop},
                {"finetuned_model", predictorClasses > 0}, {"predictor_class", predictorClasses}, {"quant_n", codes}, {"quant_dim", codeDim},
                {"activation_fn", "gelu"}, {"layer_norm_first", false}, {"relative_position_embedding", true}, {"gru_rel_pos", true},
                {"dropout", 0.0}, {"attention_dropout", 0.0}, {"activation_dropout", 0.0}, {"dropout_input", 0.0}, {"predictor_dropout", 0.0}});
    return cfg;
}

BeatsConfig BeatsConfig::fromCfg(const Json& cfg)
{
    BeatsConfig config;
    try {
        for (const auto& [key, size] : sizes)
            config.*size = cfg.at(key);
        config.patchBias = cfg.at("conv_bias");
        config.maxDistance = cfg.at("max_distance");
        config.deepNorm = cfg.at("deep_norm");
        config.layerDrop = cfg.at("encoder_layerdrop");
        config.predictorClasses = cfg.at("predictor_class");
        config.codes = cfg.at("quant_n");
        config.codeDim = cfg.at("quant_dim");
    } catch (const Json::exception& failure) {
        throw Error(ErrorKind::Format, std::string("This is not the description of a BEATs model: ") + failure.what());
    }
    check(config);
    return config;
}

std::string beatsPrefix(const TensorShapes& shapes)
{
    for (const auto& [name, shape] : shapes) {
        if (name.ends_with(patchWeight))
            return name.substr(0, name.size() - std::string_view(patchWeight).size());
    }
    notBeats(std::string("they have no tensor \"") + patchWeight + "\"");
}

} // namespace melscope
