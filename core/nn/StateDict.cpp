// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/StateDict.h"

#include "base/Error.h"

#include <map>
#include <sstream>

namespace melscope {
namespace {

void collect(const torch::nn::Module& module, const std::string& prefix, NamedTensors& out)
{
    for (const auto& parameter : module.named_parameters(false))
        out.emplace_back(prefix + parameter.key(), parameter.value());
    for (const auto& buffer : module.named_buffers(false))
        out.emplace_back(prefix + buffer.key(), buffer.value());
    for (const auto& child : module.named_children())
        collect(*child.value(), prefix + child.key() + ".", out);
}

std::string describe(const torch::Tensor& tensor)
{
    std::ostringstream text;
    text << tensor.dtype().name() << ' ' << tensor.sizes();
    return text.str();
}

} // namespace

NamedTensors stateDict(const torch::nn::Module& module)
{
    NamedTensors tensors;
    collect(module, "", tensors);
    return tensors;
}

void loadStateDict(torch::nn::Module& module, const NamedTensors& tensors)
{
    const std::map<std::string, torch::Tensor> given(tensors.begin(), tensors.end());
    for (const auto& [name, target] : stateDict(module)) {
        if (!given.contains(name))
            throw Error(ErrorKind::Format, "These weights do not fit the model: they have no tensor \"" + name + "\".");
    }
    loadPart(module, tensors);
}

void loadPart(torch::nn::Module& module, const NamedTensors& tensors)
{
    const torch::NoGradGuard noGrad;
    const NamedTensors all = stateDict(module);
    const std::map<std::string, torch::Tensor> targets(all.begin(), all.end());
    for (const auto& [name, tensor] : tensors) { // nothing is copied unless everything fits
        const auto found = targets.find(name);
        if (found == targets.end())
            throw Error(ErrorKind::Format, "These weights do not fit the model: it has no tensor \"" + name + "\".");
        if (found->second.sizes() != tensor.sizes() || found->second.dtype() != tensor.dtype())
            throw Error(ErrorKind::Format, "These weights do not fit the model: \"" + name + "\" is " + describe(tensor)
                                               + " where the model has " + describe(found->second) + ".");
    }
    for (const auto& [name, tensor] : tensors)
        torch::Tensor(targets.at(name)).copy_(tensor);
}

int64_t countParameters(const torch::nn::Module& module)
{
    int64_t count = 0;
    for (const torch::Tensor& parameter : module.parameters())
        count += parameter.numel();
    return count;
}

} // namespace melscope
