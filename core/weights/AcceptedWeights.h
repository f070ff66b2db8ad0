// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace melscope {

/// Which weight files a method can start from, for somebody who has none at hand.
struct AcceptedWeights
{
    struct Published
    {
        std::string_view file;
        std::string_view source; ///< where people get it
    };

    std::vector<std::string> models; ///< "EfficientNet-B0", "EfficientNet-Lite0"; empty: the method takes no weights
    std::vector<Published> published; ///< those whose SHA-256 is on record
};

/// Of a method's id.
AcceptedWeights acceptedWeights(std::string_view method);

} // namespace melscope
