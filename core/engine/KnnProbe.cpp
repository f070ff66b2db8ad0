// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/KnnProbe.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace melscope {
namespace {

constexpr size_t neighbours = 10;
constexpr double temperature = 0.07;

bool mayVote(const Clip& voter, const Clip& asked)
{
    return voter.source.empty() || voter.source != asked.source;
}

/// The class with most votes, -1 without any.
int vote(const float* cosines, size_t self, const std::vector<int>& clips, const Dataset& dataset)
{
    const auto clipAt = [&](size_t i) -> const Clip& { return dataset.clips[static_cast<size_t>(clips[i])]; };
    std::vector<size_t> others;
    for (size_t i = 0; i < clips.size(); ++i)
        if (i != self && mayVote(clipAt(i), clipAt(self)))
            others.push_back(i);
    if (others.empty())
        return -1;
    const size_t count = std::min(neighbours, others.size());
    std::partial_sort(others.begin(), others.begin() + static_cast<ptrdiff_t>(count), others.end(),
                      [&](size_t a, size_t b) { return std::pair(-cosines[a], a) < std::pair(-cosines[b], b); });
    std::vector<double> votes(dataset.classes.size());
    for (size_t i = 0; i < count; ++i)
        votes[static_cast<size_t>(clipAt(others[i]).label)] += std::exp(static_cast<double>(cosines[others[i]]) / temperature);
    return static_cast<int>(std::max_element(votes.begin(), votes.end()) - votes.begin());
}

} // namespace

double knnAccuracy(const torch::Tensor& features, const std::vector<int>& clips, const Dataset& dataset)
{
    namespace F = torch::nn::functional;
    const torch::NoGradGuard noGrad;
    const torch::Tensor unit = F::normalize(features.to(torch::kFloat32), F::NormalizeFuncOptions().dim(1));
    const torch::Tensor cosines = unit.matmul(unit.t()).contiguous();
    int asked = 0;
    int right = 0;
    for (size_t i = 0; i < clips.size(); ++i) {
        const int answer = vote(cosines[static_cast<int64_t>(i)].data_ptr<float>(), i, clips, dataset);
        asked += answer >= 0;
        right += answer == dataset.clips[static_cast<size_t>(clips[i])].label;
    }
    return asked > 0 ? static_cast<double>(right) / asked : 1.0 / static_cast<double>(dataset.classes.size());
}

} // namespace melscope
