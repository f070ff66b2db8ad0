// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/FoldData.h"
#include "engine/NetworkMaker.h"
#include "engine/PretextTask.h"
#include "nn/ContrastiveModel.h"

namespace melscope {

struct ContrastiveSettings
{
    double temperature = 0.1;
    int64_t chunk = 64;  ///< views through the network at a time (see GradientCache.h)
    int probeEvery = 5;  ///< epochs; the last one is always probed
    bool bf16 = false;   ///< the encoder; projection and loss are fp32
    uint64_t seed = 0;
};

/// SimCLR (Chen et al. 2020, arXiv 2002.05709): two views of every clip of a batch; each view has to find its partner among all
/// others. Figures: alignment, uniformity, knn_accuracy. `data` must outlive it.
class ContrastivePretext : public PretextTask
{
public:
    ContrastivePretext(const FoldData& data, const NetworkMaker& make, const ContrastiveSettings& settings);

    torch::nn::Module& module() override { return *m_model; }
    void begin(const NamedTensors& before) override;
    Outcome learn(Batch& batch, int epoch) override;
    std::vector<Figure> probe(int epoch, int epochs) override;
    NamedTensors body() const override;

private:
    const FoldData& m_data;
    const ContrastiveSettings m_settings;
    ContrastiveModel m_model;
};

} // namespace melscope
