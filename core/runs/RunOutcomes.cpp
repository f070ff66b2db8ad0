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
            const auto dataset = m_store.openRecordedDataset(run.id);
            for (const Clip& clip : dataset->clips)
                place->second[clip.name] = clip.source;
        } catch (const Error&) {
            // Gone or changed: the figures stand without it, every clip by itself.
        }
    return place->second;
}

void RunOutcomes::refreshPeeked()
{
    m_peeked = m_store.peekedAccuracies();
}

} // namespace melscope
