// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/NetworkMaker.h"

#include "base/Error.h"
#include "nn/ResNet.h"

namespace melscope {

NetworkMaker networkMaker(const Recipe& recipe)
{
    if (recipe.method == "resnet34" || recipe.method == "simclr")
        return [](int64_t classes) { return std::make_shared<ResNetImpl>(ResNetOptions{.classes = classes}); };
    throw Error(ErrorKind::Unsupported, "This version cannot train the method \"" + recipe.method + "\".");
}

} // namespace melscope
