// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunOutcomes.h"

#include "runs/RunStore.h"

namespace melscope {

std::shared_ptr<const Predictions> RunOutcomes::of(const RunRecord& run)
{
    Entry& entry = m_runs[run.id];
    if (!entry.predictions || entry.results != run.results)
        entry = {.results = run.results, .predictions = std::make_shared<const Predictions>(m_store.outcomes(run.id))};
    return entry.predictions;
}

const ClipSources& RunOutcomes::sources(const RunRecord& run)
{
    const auto [place, isNew] = m_sources.try_emplace(run.datasetFingerprint);
    if (isNew)
        try {
            for (const Clip& clip : m_store.openDatasetAsItIs(run.id).clips)
                place->second[clip.name] = clip.source;
        } catch (const Error&) {
            // Gone: the figures stand without it, every clip by itself.
        }
    return place->second;
}

const RowFigures& RunOutcomes::figures(const std::string& row, const std::function<RowFigures()>& make)
{
    const auto known = m_figures.find(row);
    return known != m_figures.end() ? known->second : m_figures.emplace(row, make()).first->second;
}

const std::optional<RowDifference>& RunOutcomes::difference(const std::string& row, const std::string& baseline,
                                                            const std::function<std::optional<RowDifference>()>& make)
{
    const std::pair key(row, baseline);
    const auto known = m_differences.find(key);
    return known != m_differences.end() ? known->second : m_differences.emplace(key, make()).first->second;
}

void RunOutcomes::refreshPeeked()
{
    m_peeked = m_store.peekedAccuracies();
}

} // namespace melscope
