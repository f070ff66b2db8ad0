// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RowFigures.h"

#include "statistics/ClassScores.h"
#include "statistics/ClusteredBootstrap.h"

#include <algorithm>
#include <unordered_map>

namespace melscope {
namespace {

/// Sums by source recording.
class Clusters
{
public:
    explicit Clusters(const ClipSources& sources) : m_sources(sources) {}

    void add(const std::string& clip, double value, int count)
    {
        const auto source = m_sources.find(clip);
        // Names of clips and of sources are kept apart: a source may be named like another's clip.
        const bool known = source != m_sources.end() && !source->second.empty();
        m_anyKnown = m_anyKnown || known;
        ClusterSum& sum = m_sums[known ? "source " + source->second : "clip " + clip];
        sum.sum += value;
        sum.count += count;
    }

    int sources() const { return m_anyKnown ? static_cast<int>(m_sums.size()) : 0; }

    Interval interval() const
    {
        std::vector<ClusterSum> sums;
        for (const auto& [name, sum] : m_sums) // sorted: the same draws whatever the order of clips
            sums.push_back(sum);
        return clusteredBootstrap(sums);
    }

private:
    const ClipSources& m_sources;
    std::map<std::string, ClusterSum> m_sums;
    bool m_anyKnown = false;
};

const SeedPredictions* withSeed(const std::vector<SeedPredictions>& seeds, uint64_t seed)
{
    const auto found = std::find_if(seeds.begin(), seeds.end(), [&](const SeedPredictions& one) { return one.seed == seed; });
    return found == seeds.end() ? nullptr : &*found;
}

} // namespace

RowFigures rowFigures(const std::vector<SeedPredictions>& seeds, size_t classes, const ClipSources& sources)
{
    RowFigures figures;
    Clusters clusters(sources);
    for (const auto& [seed, predictions] : seeds) {
        figures.macroF1 += macroF1(classScores(confusionCounts(predictions, classes))) / static_cast<double>(seeds.size());
        for (const ClipPrediction& clip : predictions)
            clusters.add(clip.name, clip.correct() ? 1.0 : 0.0, 1);
    }
    figures.bootstrap = clusters.interval();
    figures.sources = clusters.sources();
    return figures;
}

std::optional<RowDifference> rowDifference(const std::vector<SeedPredictions>& row, const std::vector<SeedPredictions>& baseline,
                                           const ClipSources& sources)
{
    if (row.empty() || baseline.empty())
        return std::nullopt;
    const SeedPredictions* first = &row.front();
    const SeedPredictions* second = &baseline.front();
    for (const SeedPredictions& one : row)
        if (const SeedPredictions* same = withSeed(baseline, one.seed)) {
            first = &one;
            second = same;
            break;
        }
    std::unordered_map<std::string, bool> before;
    for (const ClipPrediction& clip : second->predictions)
        before[clip.name] = clip.correct();
    RowDifference result{.seed = first->seed, .baselineSeed = second->seed};
    Clusters clusters(sources);
    for (const ClipPrediction& clip : first->predictions) {
        const auto other = before.find(clip.name);
        if (other == before.end())
            continue;
        const bool now = clip.correct(), then = other->second;
        ++(now ? then ? result.counts.both : result.counts.onlyFirst : then ? result.counts.onlySecond : result.counts.neither);
        clusters.add(clip.name, (now ? 1.0 : 0.0) - (then ? 1.0 : 0.0), 1);
    }
    if (result.counts.count() == 0)
        return std::nullopt;
    result.difference = static_cast<double>(result.counts.onlyFirst - result.counts.onlySecond) / result.counts.count();
    result.interval = clusters.interval();
    result.p = mcnemarExact(result.counts.onlyFirst, result.counts.onlySecond);
    return result;
}

} // namespace melscope
