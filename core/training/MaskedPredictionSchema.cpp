// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/MaskedPredictionSchema.h"

namespace melscope {
namespace {

using Type = Parameter::Type;

ParameterSchema prediction()
{
    return ParameterSchema({
        {.key = "pretraining.rounds", .label = "Rounds", .type = Type::Integer, .defaultValue = 1, .minimum = 0, .maximum = 4,
         .help = "Stages of masked prediction. The first one's tokens are codes of patches, each later one's are codes refined on the features of the "
                 "model before it. 0 trains the classifier from scratch, for comparison."},
        {.key = "pretraining.tokenizer", .label = "Tokenizer", .type = Type::Choice, .defaultValue = "k-means", .choices = {"k-means", "random-projection"},
         .help = "Of the first round: clusters of the training clips' patches, or random codes behind a random projection (BEST-RQ)."},
        {.key = "pretraining.codes", .label = "Codes", .type = Type::Integer, .defaultValue = 256, .minimum = 2, .maximum = 8192,
         .help = "Size of the vocabulary: how many different tokens there are to guess.", .logarithmic = true},
        {.key = "pretraining.mask", .label = "Mask", .type = Type::Choice, .defaultValue = "random", .choices = {"random", "block"},
         .help = "Single patches, or rectangles of them. Single ones are mostly solved by looking at their neighbours."},
        {.key = "pretraining.mask_share", .label = "Masked", .defaultValue = 0.4, .minimum = 0.05, .maximum = 0.95,
         .help = "Share of the patches that are hidden. 0.6 to 0.75 asks for understanding, 0.4 for interpolation."},
        {.key = "pretraining.block_rows", .label = "Block height", .type = Type::Integer, .unit = "patches", .defaultValue = 4, .minimum = 1,
         .maximum = 64, .help = "Of a hidden rectangle, at most.", .advanced = true},
        {.key = "pretraining.block_columns", .label = "Block width", .type = Type::Integer, .unit = "patches", .defaultValue = 5, .minimum = 1,
         .maximum = 256, .help = "Of a hidden rectangle, at most.", .advanced = true},
        {.key = keepEveryKey, .label = "Keep weights every", .type = Type::Integer, .unit = "epochs", .defaultValue = 0, .minimum = 0, .maximum = 5000,
         .help = "Of each round, for the masked-token microscope to step through later; CNN-BEATs' take 85 MB each time. 0 keeps the newest alone. "
                 "Changes no number.", .advanced = true},
    });
}

ParameterSchema patches()
{
    return ParameterSchema({
        {.key = "model.patch", .label = "Patch", .type = Type::Choice, .defaultValue = "16", .choices = {"8", "16", "32"},
         .help = "Mel rows and frames of a token. Smaller patches make more tokens, four times as many at half the size."},
    });
}

ParameterSchema transformer()
{
    return ParameterSchema({
        {.key = "model.stem", .label = "Stem", .type = Type::Choice, .defaultValue = "patches", .choices = {"patches", "convolutions"},
         .help = "How a patch becomes a vector: by one linear map, or by a few convolutions, which a Transformer that learns from scratch needs."},
        {.key = "model.pooling", .label = "Pooling", .type = Type::Choice, .defaultValue = "mean", .choices = {"mean", "attention"},
         .help = "How the classifier sums tokens up: their mean, or a weighted one that it learns."},
        {.key = "model.drop_path", .label = "Drop path", .defaultValue = 0.0, .minimum = 0.0, .maximum = 0.9,
         .help = "Probability with which the last layer is skipped while training, falling to 0 at the first: keeps layers from relying on each other."},
        {.key = "model.layers", .label = "Layers", .type = Type::Integer, .defaultValue = 6, .minimum = 1, .maximum = 48,
         .help = "Of the Transformer.", .advanced = true},
        {.key = "model.dim", .label = "Dimension", .type = Type::Integer, .defaultValue = 256, .minimum = 32, .maximum = 2048,
         .help = "Of a token; a multiple of the heads.", .advanced = true},
        {.key = "model.heads", .label = "Heads", .type = Type::Integer, .defaultValue = 8, .minimum = 1, .maximum = 64,
         .help = "Of the attention.", .advanced = true},
    });
}

} // namespace

bool learnsFromMasks(const std::string& method)
{
    return method == "cnn-beats" || method == "transformer-beats";
}

ParameterSchema maskedPredictionSchema(const std::string& method)
{
    ParameterSchema schema = prediction();
    schema.append(patches());
    if (method == "transformer-beats")
        schema.append(transformer());
    return schema;
}

} // namespace melscope
