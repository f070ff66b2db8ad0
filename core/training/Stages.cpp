// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/Stages.h"

#include "training/TrainingReport.h"

#include <algorithm>
#include <map>

namespace melscope {

const std::vector<FigureInfo>& figureCatalogue()
{
    using Kind = FigureInfo::Kind;
    static const std::vector<FigureInfo> catalogue{
        {.name = "knn_accuracy", .title = "kNN probe", .kind = Kind::Accuracy,
         .help = "Share of training clips whose class their nearest neighbours among the other recordings tell, by the encoder as it is. "
                 "Where the pretext accuracy rises without it, the encoder learns shortcuts. Held-out clips have no part in it."},
        {.name = "linear_accuracy", .title = "Linear probe, held out", .kind = Kind::Accuracy,
         .help = "Share of held-out clips that a linear classifier on the encoder's features, fitted to the training clips, gets right. Measured "
                 "once, for comparison: it decides nothing."},
        {.name = "alignment", .title = "Alignment", .kind = Kind::Embedding,
         .help = "Mean squared distance of a clip's two views on the unit sphere: 0 where both are the same, 2 where they have nothing in common."},
        {.name = "uniformity", .title = "Uniformity", .kind = Kind::Embedding,
         .help = "Logarithm of the mean closeness of any two views: 0 where all have collapsed into one point, about -4 where they fill the sphere."},
    };
    return catalogue;
}

const FigureInfo* findFigure(const std::string& name)
{
    const auto found = std::ranges::find(figureCatalogue(), name, &FigureInfo::name);
    return found == figureCatalogue().end() ? nullptr : &*found;
}

std::string stageTitle(const std::string& stage)
{
    static const std::map<std::string, std::string> titles{
        {supervisedStage, "Classifier"}, {"contrastive", "Contrastive pretraining"}, {"linear-probe", "Linear probe"}};
    const auto found = titles.find(stage);
    return found == titles.end() ? stage : found->second;
}

} // namespace melscope
