// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "cli/Commands.h"
#include "training/Method.h"
#include "weights/WeightIdentity.h"

#include <algorithm>
#include <map>

namespace melscope::cli {
namespace {

/// "4,652,008".
std::string grouped(int64_t number)
{
    std::string digits = std::to_string(number);
    for (size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

/// "360 tensors (344 F32, 16 I64)".
std::string countText(const std::vector<WeightTensor>& tensors)
{
    std::map<ElementType, int> counts;
    for (const WeightTensor& tensor : tensors)
        ++counts[tensor.type];
    std::string types;
    for (const auto& [type, count] : counts)
        types += (types.empty() ? "" : ", ") + std::to_string(count) + " " + toString(type);
    return std::to_string(tensors.size()) + " tensors (" + types + ")";
}

/// Printable: a file's own words must not steer a terminal.
std::string printable(std::string text)
{
    std::ranges::replace_if(text, [](unsigned char c) { return c < ' ' || c == 0x7f; }, '?');
    return text;
}

Json tensorList(const std::vector<WeightTensor>& tensors)
{
    Json list = Json::array();
    for (const WeightTensor& tensor : tensors)
        list.push_back({{"name", tensor.name}, {"dtype", toString(tensor.type)}, {"shape", tensor.shape}});
    return list;
}

Json describe(const WeightFile& file, const WeightIdentity& identity, const std::filesystem::path& path, bool withTensors)
{
    Json json = {{"file", path.string()}, {"bytes", std::filesystem::file_size(path)}, {"sha256", identity.sha256},
                 {"format", toString(file.container)}, {"architecture", identity.architecture}, {"title", identity.title},
                 {"naming", identity.naming}, {"prefix", identity.prefix}, {"tensors", file.tensors.size()},
                 {"parameters", identity.parameters}, {"classes", identity.classes}, {"input_channels", identity.inputChannels},
                 {"release", identity.release}, {"trained_on", toString(identity.origin)}, {"ours", identity.ours},
                 {"methods", identity.methods}, {"use", identity.use}, {"warnings", identity.warnings},
                 {"metadata", file.metadata}, {"left_out", file.leftOut}};
    if (withTensors)
        json["tensor_list"] = tensorList(file.tensors);
    return json;
}

void print(const WeightFile& file, const WeightIdentity& identity, const std::filesystem::path& path, Output& output)
{
    std::string title = identity.title;
    if (!identity.naming.empty() && identity.naming != "BEATs")
        title += " (" + identity.naming + "'s names)";
    output.text(path.filename().string() + ": " + title + (identity.ours ? ", written by Melscope" : ""));
    output.text("  " + (identity.release.empty() ? std::string("no published file with this SHA-256 is known")
                                                 : "the published " + identity.release + ", trained on " + toString(identity.origin)));
    output.text("  " + grouped(identity.parameters) + " parameters, " + countText(file.tensors)
                + (identity.classes > 0 ? ", " + std::to_string(identity.classes) + " classes" : ""));
    output.text("  " + std::string(toString(file.container)) + ", " + grouped(static_cast<int64_t>(std::filesystem::file_size(path)))
                + " bytes, SHA-256 " + identity.sha256);
    for (const auto& [key, value] : file.metadata.items()) {
        const std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
        output.text("  " + printable(key) + ": " + (text.size() > 1000 ? std::to_string(value.size()) + " entries" : printable(text)));
    }
    for (const std::string& part : file.leftOut)
        output.text("  also there, and left out: " + printable(part));
    output.text("  " + identity.use);
    for (const std::string& id : identity.methods) {
        const Method* const method = findMethod(id);
        if (method && !method->available)
            output.text("  This version does not run " + method->title + " yet.");
    }
}

int runInspect(const Arguments& arguments, Output& output)
{
    const std::filesystem::path path = arguments.operands().front();
    const WeightFile file = readWeightFile(path, WeightNumbers::CheckOnly);
    const WeightIdentity identity = identifyWeights(file, path, sha256OfFile(path));
    output.json(describe(file, identity, path, arguments.has("tensors")));
    print(file, identity, path, output);
    if (arguments.has("tensors"))
        for (const WeightTensor& tensor : file.tensors)
            output.text("  " + printable(tensor.name) + "  " + toString(tensor.type) + "  " + shapeText(tensor.shape));
    for (const std::string& warning : identity.warnings)
        output.message("warning: " + warning);
    return Done;
}

} // namespace

Command weightsInspectCommand()
{
    return {.name = "weights inspect", .operands = "FILE", .minimumOperands = 1, .maximumOperands = 1,
            .summary = "what a weight file is, and what it can be used for",
            .details = "Reads PyTorch's .pt and .pth (zip and legacy stream) and safetensors, and checks every size, offset and checksum. "
                       "A weight file is data: nothing in it is executed. Recognises BEATs (pretrained, fine-tuned, tokenizer), "
                       "EfficientNet-B0 and Lite0 (torchvision's, timm's and lukemelas' names) and ResNet-34 by names and shapes, and "
                       "published files by their SHA-256.",
            .options = {{"tensors", "", "list every tensor with type and shape"}},
            .examples = {"melscope weights inspect BEATs_iter3_plus_AS2M.pt"}, .run = runInspect};
}

} // namespace melscope::cli
