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
    const torch::NoGradGuard noGrad;
    std::map<std::string, torch::Tensor> given(tensors.begin(), tensors.end());
    NamedTensors wanted = stateDict(module);
    for (const auto& [name, target] : wanted) {
        const auto found = given.find(name);
        if (found == given.end())
            throw Error(ErrorKind::Format, "These weights do not fit the model: they have no tensor \"" + name + "\".");
        if (found->second.sizes() != target.sizes() || found->second.dtype() != target.dtype())
            throw Error(ErrorKind::Format, "These weights do not fit the model: \"" + name + "\" is " + describe(found->second)
                                               + " where the model has " + describe(target) + ".");
    }
    if (given.size() != wanted.size()) {
        for (const auto& [name, target] : wanted)
            given.erase(name);
        throw Error(ErrorKind::Format, "These weights do not fit the model: it has no tensor \"" + given.begin()->first + "\".");
    }
    for (auto& [name, target] : wanted)
        target.copy_(given.at(name));
}

int64_t countParameters(const torch::nn::Module& module)
{
    int64_t count = 0;
    for (const torch::Tensor& parameter : module.parameters())
        count += parameter.numel();
    return count;
}

} // namespace melscope
