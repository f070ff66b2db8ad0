// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/Recipe.h"

#include "base/Error.h"
#include "training/MaskedPredictionSchema.h"
#include "training/Method.h"

#include <map>

namespace melscope {
namespace {

using Type = Parameter::Type;

ParameterSchema optimisation()
{
    return ParameterSchema({
        {.key = "training.epochs", .label = "Epochs", .type = Type::Integer, .defaultValue = 40, .minimum = 1, .maximum = 2000,
         .help = "How often every training clip is seen. The learning rate's whole course is laid out over this number, so a "
                 "longer training is a different one, not the same one continued."},
        {.key = "training.batch", .label = "Batch size", .type = Type::Integer, .unit = "clips", .defaultValue = 32, .minimum = 2,
         .maximum = 1024, .help = "Clips per step. Smaller batches make noisier steps, which often generalise better on small "
                                  "datasets; larger ones need more memory."},
        {.key = "training.lr", .label = "Learning rate", .defaultValue = 1e-3, .minimum = 1e-7, .maximum = 1.0,
         .help = "The highest step size, reached at the end of the warm-up (OneCycle). Too high and the loss jumps or is no "
                 "longer a number, too low and it hardly falls.", .logarithmic = true},
        {.key = "training.weight_decay", .label = "Weight decay", .defaultValue = 0.01, .minimum = 0.0, .maximum = 1.0,
         .help = "How strongly AdamW pulls weights towards zero, apart from the gradient. A little keeps the network from "
                 "learning the training clips by heart."},
        {.key = "training.label_smoothing", .label = "Label smoothing", .defaultValue = 0.0, .minimum = 0.0, .maximum = 0.9,
         .help = "Share of the certainty spread over all classes: 0.1 asks for 90 % instead of 100 %. Makes the network less "
                 "overconfident."},
    });
}

ParameterSchema optimisationDetails()
{
    return ParameterSchema({
        {.key = "training.decay_norm_and_bias", .label = "Decay norms and biases", .type = Type::Boolean, .defaultValue = true,
         .help = "Whether weight decay also acts on batch-norm weights and biases. Leaving them out usually helps a little.",
         .advanced = true},
        {.key = "training.warmup_share", .label = "Warm-up", .defaultValue = 0.3, .minimum = 0.01, .maximum = 0.9,
         .help = "Share of all steps in which the learning rate rises before it falls.", .advanced = true},
        {.key = "training.div_factor", .label = "Start divisor", .defaultValue = 25.0, .minimum = 1.0, .maximum = 1e6,
         .help = "The first learning rate is the highest one divided by this.", .advanced = true, .logarithmic = true},
        {.key = "training.final_div_factor", .label = "End divisor", .defaultValue = 1e4, .minimum = 1.0, .maximum = 1e8,
         .help = "The last learning rate is the first one divided by this.", .advanced = true, .logarithmic = true},
        {.key = "training.ema_epochs", .label = "Average weights over", .unit = "epochs", .defaultValue = 0.0, .minimum = 0.0, .maximum = 100.0,
         .help = "Evaluates and keeps a moving average of the weights (EMA) with this memory, its batch-norm statistics measured anew, instead of "
                 "the last step's: steadier, often one point better. 0 turns it off.", .advanced = true},
        {.key = "training.precision", .label = "Precision", .type = Type::Choice, .defaultValue = "auto",
         .choices = {"auto", "fp32", "bf16"},
         .help = "bf16 is about twice as fast where the processor computes it itself and many times slower where it does not; "
                 "auto asks the processor, and takes fp32 for EfficientNet, whose depthwise convolutions are slower in bf16."},
        {.key = "training.threads", .label = "Threads", .type = Type::Integer, .defaultValue = 0, .minimum = 0, .maximum = 1024,
         .help = "Cores that compute; 0 takes all. Results are repeatable to the last bit only with the same number.",
         .advanced = true},
        {.key = "training.loader_threads", .label = "Loader threads", .type = Type::Integer, .defaultValue = 2, .minimum = 1,
         .maximum = 64, .help = "Threads that prepare and augment batches ahead of the trainer. The number does not change the "
                                "result; raise it only if the trainer waits for data.", .advanced = true},
    });
}

/// Of the methods that learn from the clips alone before they learn classes.
ParameterSchema pretraining()
{
    return ParameterSchema({
        {.key = "pretraining.epochs", .label = "Pretraining epochs", .type = Type::Integer, .defaultValue = 100, .minimum = 1, .maximum = 5000,
         .help = "How often every training clip is seen before the classifier's training begins. Labels play no part in it."},
        {.key = "pretraining.batch", .label = "Pretraining batch", .type = Type::Integer, .unit = "clips", .defaultValue = 128, .minimum = 2,
         .maximum = 4096, .help = "Different clips per step. By contrast every clip has two views, and the more clips, the harder it is to find "
                                  "a view's partner among all."},
        {.key = "pretraining.lr", .label = "Pretraining rate", .defaultValue = 1e-3, .minimum = 1e-7, .maximum = 1.0,
         .help = "The highest learning rate of the pretraining (OneCycle).", .logarithmic = true},
        {.key = "pretraining.weight_decay", .label = "Pretraining decay", .defaultValue = 0.01, .minimum = 0.0, .maximum = 1.0,
         .help = "Weight decay while pretraining.", .advanced = true},
        {.key = "pretraining.warmup_share", .label = "Pretraining warm-up", .defaultValue = 0.1, .minimum = 0.01, .maximum = 0.9,
         .help = "Share of the pretraining's steps in which its learning rate rises.", .advanced = true},
        {.key = "pretraining.probe_every", .label = "Probe every", .type = Type::Integer, .unit = "epochs", .defaultValue = 5, .minimum = 1,
         .maximum = 1000, .help = "How often a kNN probe looks at what the encoder has learned so far: do a training clip's nearest neighbours "
                                  "share its class? Only for the curve.", .advanced = true},
    });
}

ParameterSchema contrast()
{
    return ParameterSchema({
        {.key = "pretraining.temperature", .label = "Temperature", .defaultValue = 0.1, .minimum = 0.01, .maximum = 2.0,
         .help = "Of the contrastive loss (NT-Xent). Small values look at the hardest other clips, large ones at all alike: at 0.5 the task is "
                 "soon solved, at 0.1 to 0.2 there is more to learn.", .logarithmic = true},
        {.key = "pretraining.chunk", .label = "Views at a time", .type = Type::Integer, .defaultValue = 64, .minimum = 4, .maximum = 8192,
         .help = "How many views go through the encoder together. A batch with more of them is taken in parts, which needs less memory and a "
                 "third more time and gives the same gradients (gradient caching); batch norms then see the parts.", .advanced = true},
    });
}

/// Of the methods that start from somebody's weights.
ParameterSchema fineTuning()
{
    return ParameterSchema({
        {.key = "training.body_lr", .label = "Body's learning rate", .defaultValue = 1e-3, .minimum = 1e-8, .maximum = 1.0,
         .help = "Of everything but the new classifier, whose rate is the one above. Smaller keeps more of what the weights already "
                 "know, larger adapts them to spectrograms.", .logarithmic = true},
        {.key = "training.head_epochs", .label = "Head only for", .type = Type::Integer, .unit = "epochs", .defaultValue = 1, .minimum = 0,
         .maximum = 2000, .help = "Epochs at the beginning in which the body stands still and only the new classifier learns, so that its first "
                                  "wild steps spoil nothing. As many as there are epochs: a linear probe."},
    });
}

/// Of BEATs, whose layers are many.
ParameterSchema layerwise()
{
    return ParameterSchema({
        {.key = "training.layer_decay", .label = "Rate decay a layer", .defaultValue = 0.75, .minimum = 0.1, .maximum = 1.0,
         .help = "Every layer of the encoder learns at this share of the rate of the layer above it; the topmost at the body's rate. 1: all alike."},
        {.key = "training.layer_drop", .label = "Layer drop", .defaultValue = 0.05, .minimum = 0.0, .maximum = 0.9,
         .help = "How often each layer is skipped in a training step, as in BEATs' own training.", .advanced = true},
    });
}

/// Of the method whose encoder does not learn.
ParameterSchema pooling()
{
    return ParameterSchema({{.key = "training.pooling", .label = "Features", .type = Type::Choice, .defaultValue = "mean", .choices = {"mean", "bands"},
                             .help = "What the classifier sees of a clip: the mean of its tokens, or the means of the eight frequency bands one after "
                                     "the other. Either is standardised by the training folds."}});
}

ParameterSchema randomWeights()
{
    return ParameterSchema({{.key = "training.random_weights", .label = "Random weights", .type = Type::Boolean, .defaultValue = false,
                             .help = "Takes the base architecture with random weights where no checkpoint is chosen, to try the method out. What it "
                                     "reaches so says nothing about BEATs.", .advanced = true}});
}

/// EfficientNet has a sibling that is faster on a CPU.
ParameterSchema variant()
{
    return ParameterSchema({{.key = "training.network", .label = "Network without weights", .type = Type::Choice, .defaultValue = "b0",
                             .choices = {"b0", "lite0"},
                             .help = "What is trained from scratch: B0, or Lite0 without squeeze-and-excitation. Weights bring their own "
                                     "network with them, whatever stands here.", .advanced = true}});
}

Parameter testTimeViews(bool frozen)
{
    Parameter views{.key = "evaluation.tta_views", .label = "Test-time views", .type = Type::Integer, .defaultValue = 5, .minimum = 0,
                    .maximum = 50, .help = "Augmented versions of every held-out clip whose predictions are averaged (test-time "
                                           "augmentation): nearly free accuracy. 0 turns it off."};
    if (!frozen)
        return views;
    views.defaultValue = 0;
    views.maximum = 0;
    views.help = "Always 0: a clip's features are computed once, so that there are no augmented versions to average.";
    return views;
}

ParameterSchema evaluation(bool frozen)
{
    return ParameterSchema({
        testTimeViews(frozen),
        {.key = "evaluation.every", .label = "Validate every", .type = Type::Integer, .unit = "epochs", .defaultValue = 1,
         .minimum = 1, .maximum = 1000, .help = "How often the held-out fold is evaluated for the curves. The reported figure "
                                                "is always that of the last epoch.", .advanced = true},
    });
}

/// FrontEnd::schema() describes numbers; which of the two kinds computes them belongs to a recipe as well.
ParameterSchema frontEndKind()
{
    return ParameterSchema({{.key = "kind", .label = "Spectrogram", .type = Type::Choice,
                             .defaultValue = FrontEnd{}.toJson().at("kind"), .choices = {"mel", "kaldi", "beats"},
                             .help = "Mel spectrogram in dB, Kaldi filter bank in natural logarithms, or that one scaled as BEATs expects it.",
                             .advanced = true}});
}

} // namespace

const ParameterSchema& recipeSchema(const std::string& method)
{
    if (!findMethod(method))
        throw Error(ErrorKind::InvalidValue, "There is no method \"" + method + "\".");
    const auto schemaOf = [](const Method& of) {
        const ParameterSchema ofPretraining = learnsFromMasks(of.id) ? maskedPredictionSchema(of.id) : of.learnsFromViews ? contrast() : ParameterSchema();
        ParameterSchema all;
        if (!ofPretraining.parameters().empty()) {
            all.append(pretraining());
            all.append(ofPretraining);
        }
        all.append(optimisation());
        if ((of.takesWeights || of.learnsFromViews) && !of.frozen)
            all.append(fineTuning());
        if (of.frozen)
            all.append(pooling());
        if (of.frontEnd == "beats" && !of.frozen)
            all.append(layerwise());
        if (of.needsWeights)
            all.append(randomWeights());
        if (of.id == "efficientnet-b0")
            all.append(variant());
        all.append(optimisationDetails());
        all.append(evaluation(of.frozen));
        if (!FrontEnd::schema().find("kind"))
            all.append(frontEndKind().prefixed("front_end."));
        all.append(FrontEnd::schema().prefixed("front_end."));
        return all;
    };
    static const std::map<std::string, ParameterSchema> schemas = [&] {
        std::map<std::string, ParameterSchema> all;
        for (const Method& each : methods())
            all.emplace(each.id, schemaOf(each));
        return all;
    }();
    return schemas.at(method);
}

} // namespace melscope
