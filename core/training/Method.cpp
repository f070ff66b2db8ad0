// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/Method.h"

#include <algorithm>

namespace melscope {

const std::vector<Method>& methods()
{
    static const std::vector<Method> list{
        {.id = "resnet34", .title = "ResNet-34", .approach = "Supervised baseline, trained from scratch",
         .publishedAccuracy = 0.805, .publishedTtaAccuracy = 0.835, .available = true},
        {.id = "efficientnet-b0", .title = "EfficientNet-B0", .approach = "Transfer from ImageNet", .publishedAccuracy = 0.815,
         .takesWeights = true, .available = true},
        {.id = "simclr", .title = "SimCLR", .approach = "Contrastive self-supervision, then fine-tuning",
         .publishedAccuracy = 0.825, .learnsFromViews = true, .available = true},
        {.id = "cnn-beats", .title = "CNN-BEATs", .approach = "Masked token prediction with a CNN encoder",
         .publishedAccuracy = 0.745, .available = true},
        {.id = "transformer-beats", .title = "Transformer-BEATs",
         .approach = "Masked token prediction with a Transformer encoder", .publishedAccuracy = 0.40, .available = true},
        {.id = "beats-frozen", .title = "BEATs (frozen)", .approach = "Pretrained on AudioSet, only the classifier is trained",
         .publishedAccuracy = 0.945, .takesWeights = true, .needsWeights = true, .frozen = true, .frontEnd = "beats", .available = true},
        {.id = "beats-finetuned", .title = "BEATs (fine-tuned)",
         .approach = "Pretrained on AudioSet, fine-tuned with two learning rates", .publishedAccuracy = 0.9525,
         .takesWeights = true, .needsWeights = true, .frontEnd = "beats", .available = true},
    };
    return list;
}

const Method* findMethod(const std::string& id)
{
    const auto found = std::find_if(methods().begin(), methods().end(), [&](const Method& method) { return method.id == id; });
    return found == methods().end() ? nullptr : &*found;
}

} // namespace melscope
