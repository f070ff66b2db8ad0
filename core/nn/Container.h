// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/Torch.h"

namespace melscope {

/// Adds a module that computes nothing: its children's tensors get its name, as other people's files have them.
inline std::shared_ptr<torch::nn::Module> addContainer(torch::nn::Module& parent, const std::string& name)
{
    return parent.register_module(name, std::make_shared<torch::nn::Module>());
}

} // namespace melscope
