// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/StateDict.h"
#include "training/BatchLoader.h"
#include "training/TrainingReport.h"

namespace melscope {

/// What a pretraining stage learns by: a model, its loss on a batch, and what tells whether it learns something. Random draws
/// come from RandomStream alone, so that a resumed stage repeats them.
class PretextTask
{
public:
    virtual ~PretextTask() = default;

    /// All that is trained and, in its state dict, all that a checkpoint must hold (a codebook as a buffer, for instance).
    virtual torch::nn::Module& module() = 0;

    /// Called first in every sitting. `before`: the body the stage before left, empty without one.
    virtual void follow(const NamedTensors&) {}

    /// First weights; called where there is no checkpoint. `before`: the body the stage before left, empty without one.
    virtual void begin(const NamedTensors& before) = 0;

    struct Outcome
    {
        double loss = 0.0;  ///< mean over the batch, nats
        int64_t right = 0;  ///< of `trials` predictions
        int64_t trials = 0;
        std::vector<Figure> figures; ///< means over the batch; averaged over the epoch. The same names in every batch
    };
    /// Adds the gradients of a batch's loss to the module's parameters, whose gradients are none. `epoch`: 1 ...
    virtual Outcome learn(Batch& batch, int epoch) = 0;

    /// What is measured at the end of an epoch, beyond the means of its batches. Leaves the module as it was.
    virtual std::vector<Figure> probe(int epoch, int epochs) = 0;

    /// The weights that are worth keeping, named as in the classifier, without its head.
    virtual NamedTensors body() const = 0;
};

} // namespace melscope
