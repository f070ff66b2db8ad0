// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/WeightIdentity.h"

#include "base/Error.h"
#include "base/Files.h"
#include "weights/BeatsConfig.h"
#include "weights/Refusal.h"
#include "weights/WeightSignatures.h"

#include <algorithm>
#include <map>

namespace melscope {
namespace {

using ShapesByName = std::map<std::string, std::vector<int64_t>, std::less<>>;

bool fits(const std::vector<int64_t>& shape, const std::vector<int64_t>& pattern)
{
    return std::ranges::equal(shape, pattern, [](int64_t size, int64_t wanted) { return wanted == anySize || size == wanted; });
}

bool matches(const WeightSignature& signature, const ShapesByName& shapes, const std::string& prefix)
{
    const auto isThere = [&](const WeightSignature::Part& part) {
        const auto found = shapes.find(prefix + part.name);
        return found != shapes.end() && fits(found->second, part.shape);
    };
    return std::ranges::all_of(signature.present, isThere)
           && std::ranges::none_of(signature.absent, [&](const std::string& name) { return shapes.contains(prefix + name); });
}

/// The shortest prefix under which the signature's tensors lie.
std::optional<std::string> prefixOf(const WeightSignature& signature, const ShapesByName& shapes)
{
    const std::string& anchor = signature.present.front().name;
    std::optional<std::string> best;
    for (const auto& [name, shape] : shapes) {
        if (!name.ends_with(anchor))
            continue;
        const std::string prefix = name.substr(0, name.size() - anchor.size());
        if ((prefix.empty() || prefix.ends_with('.')) && (!best || prefix.size() < best->size()) && matches(signature, shapes, prefix))
            best = prefix;
    }
    return best;
}

int64_t sizeOf(const ShapesByName& shapes, const std::string& name, size_t dimension)
{
    const auto found = shapes.find(name);
    return found == shapes.end() || found->second.size() <= dimension ? 0 : found->second[dimension];
}

bool isLearned(const WeightTensor& tensor)
{
    return !tensor.name.ends_with("running_mean") && !tensor.name.ends_with("running_var") && !tensor.name.ends_with("num_batches_tracked");
}

/// A BEATs model has more than one size. One that contradicts itself is good for nothing.
void describeBeats(const WeightFile& file, const ShapesByName& shapes, WeightIdentity& identity)
{
    TensorShapes own;
    for (const auto& [name, shape] : shapes)
        if (name.starts_with(identity.prefix))
            own.emplace(name.substr(identity.prefix.size()), shape);
    try {
        identity.config = BeatsConfig::of(file.metadata.value("cfg", Json()), own).toCfg();
    } catch (const Error& error) {
        identity.methods.clear();
        identity.use = "No method starts from it.";
        identity.warnings.emplace_back(error.what());
    }
}

void compareWithReleases(WeightIdentity& identity, const std::string& name)
{
    const std::string promised = digestPromisedBy(name);
    if (!promised.empty() && !identity.sha256.starts_with(promised))
        identity.warnings.push_back("Its name promises a SHA-256 that begins with " + promised + ", but it begins with "
                                    + identity.sha256.substr(0, promised.size()) + ": the file is damaged or was changed. Download it again.");
    if (const WeightRelease* const release = releaseWithDigest(identity.sha256)) {
        identity.release = release->file;
        identity.origin = release->origin;
    } else if (promised.empty() && releaseNamed(name)) {
        identity.warnings.emplace_back("It has the name of a release, but not its SHA-256: the file is damaged or was changed. Download it again.");
    } else if (isNamedLikeBeats(name)) {
        identity.warnings.emplace_back("The SHA-256 of the release of this name is not on record here, so only names and shapes were checked.");
    }
}

} // namespace

WeightIdentity identifyWeights(const WeightFile& file, const std::filesystem::path& path, const std::string& sha256)
{
    ShapesByName shapes;
    for (const WeightTensor& tensor : file.tensors)
        shapes.emplace(tensor.name, tensor.shape);
    WeightIdentity identity{.title = "not a model that Melscope knows", .sha256 = sha256,
                            .ours = file.metadata.value("producer", Json()) == "Melscope",
                            .use = "No method starts from it."};
    for (const WeightSignature& signature : weightSignatures()) {
        const auto prefix = prefixOf(signature, shapes);
        if (!prefix)
            continue;
        identity.architecture = signature.architecture;
        identity.title = signature.title;
        identity.naming = signature.naming;
        identity.prefix = *prefix;
        identity.classes = sizeOf(shapes, *prefix + signature.classifier, 0);
        identity.inputChannels = sizeOf(shapes, *prefix + signature.present.front().name, 1);
        identity.methods = signature.methods;
        identity.use = signature.use;
        if (signature.architecture.starts_with("beats"))
            describeBeats(file, shapes, identity);
        break;
    }
    size_t others = 0;
    for (const WeightTensor& tensor : file.tensors) {
        if (!tensor.name.starts_with(identity.prefix))
            ++others;
        else if (isLearned(tensor))
            identity.parameters += tensor.elements();
    }
    if (others > 0)
        identity.warnings.push_back(std::to_string(others) + " tensors whose names do not begin with " + inQuotes(identity.prefix)
                                    + " are not the model's and are left out.");
    compareWithReleases(identity, path.filename().string());
    return identity;
}

WeightIdentity identifyWeightFile(const std::filesystem::path& path)
{
    const WeightFile file = readWeightFile(path, WeightNumbers::CheckOnly);
    return identifyWeights(file, path, sha256OfFile(path));
}

std::vector<WeightTensor> modelTensors(const WeightFile& file, const WeightIdentity& identity)
{
    std::vector<WeightTensor> tensors;
    for (const WeightTensor& tensor : file.tensors) {
        if (!tensor.name.starts_with(identity.prefix))
            continue;
        tensors.push_back(tensor);
        tensors.back().name.erase(0, identity.prefix.size());
    }
    return tensors;
}

} // namespace melscope
