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
        {.name = "majority_accuracy", .title = "Guessing the commonest code", .kind = Kind::Accuracy,
         .help = "What always guessing the training clips' commonest code would get right of the hidden patches. A model that is no better has "
                 "learned how often codes occur."},
        {.name = "bigram_accuracy", .title = "Guessing by the code before", .kind = Kind::Accuracy,
         .help = "What guessing the commonest successor of the code before in time would get right, that code being known even where it is hidden "
                 "from the model. A model that is better has learned more than which codes follow each other."},
        {.name = "target_codes", .title = "Codes asked for", .kind = Kind::Codes,
         .help = "How many different codes were hidden at least once in the epoch."},
        {.name = "target_perplexity", .title = "Perplexity of the codes asked for", .kind = Kind::Codes,
         .help = "How many codes, asked for evenly, would be as hard to guess. Where it falls to a few, the tokenizer has collapsed."},
        {.name = "guessed_codes", .title = "Codes guessed", .kind = Kind::Codes,
         .help = "How many different codes the model's first guesses were in the epoch. A few only: it has collapsed onto the commonest."},
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
    if (stage.starts_with("masked-"))
        return "Masked prediction, round " + stage.substr(7);
    const auto found = titles.find(stage);
    return found == titles.end() ? stage : found->second;
}

} // namespace melscope
