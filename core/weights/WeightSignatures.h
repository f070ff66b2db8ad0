// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace melscope {

inline constexpr int64_t anySize = -1;

/// What a model is known by: some of its tensors' names and shapes, and names that only its relatives have.
struct WeightSignature
{
    struct Part
    {
        std::string name;
        std::vector<int64_t> shape; ///< anySize matches any
    };

    std::string architecture;
    std::string title;
    std::string naming;
    std::vector<Part> present; ///< the first is the model's first layer
    std::vector<std::string> absent;
    std::string classifier; ///< a weight [class, feature]
    std::vector<std::string> methods;
    std::string use;
};

/// In the order in which they are tried.
const std::vector<WeightSignature>& weightSignatures();

} // namespace melscope
