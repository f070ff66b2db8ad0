// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/StagedFold.h"

#include "engine/FoldTrainer.h"

#include <numeric>

namespace melscope {

StagedFold::StagedFold(const FoldJob& job, FoldData data, NetworkMaker make, const StagesMaker& stages, NamedTensors body)
    : m_job(job), m_data(std::move(data)), m_make(std::move(make)), m_stages(stages(m_job, m_data)), m_body(std::move(body))
{
    for (const auto& stage : m_stages)
        m_clips.push_back(static_cast<double>(stage->clips()));
    m_clips.push_back(static_cast<double>(job.recipe.integer("training.epochs")) * static_cast<double>(m_data.trainingClips.size()));
}

FoldResult StagedFold::train(RunControl& control, const ProgressSink& progress)
{
    std::vector<EpochMetrics> history;
    double seconds = 0.0;
    NamedTensors body = m_body;
    for (size_t i = 0; i < m_stages.size(); ++i) {
        StageResult result = m_stages[i]->train(body, control, within(placeOf(i), progress));
        history.insert(history.end(), result.history.begin(), result.history.end());
        seconds += result.seconds;
        if (result.end != FoldResult::End::Finished)
            return {.end = result.end, .fold = m_job.fold, .seconds = seconds, .history = history, .problems = m_data.problems};
        body = std::move(result.body);
    }
    FoldTrainer trainer(m_job, m_data, m_make, body);
    body.clear();
    FoldResult result = trainer.train(control, within(placeOf(m_stages.size()), progress));
    result.history.insert(result.history.begin(), history.begin(), history.end());
    result.seconds += seconds;
    return result;
}

StagePlace StagedFold::placeOf(size_t stage) const
{
    const double all = std::accumulate(m_clips.begin(), m_clips.end(), 0.0);
    const auto here = m_clips.begin() + static_cast<ptrdiff_t>(stage);
    return {.name = stage < m_stages.size() ? m_stages[stage]->name() : supervisedStage, .index = static_cast<int>(stage),
            .count = static_cast<int>(m_clips.size()), .shareBefore = std::accumulate(m_clips.begin(), here, 0.0) / all, .share = *here / all};
}

ProgressSink StagedFold::within(const StagePlace& place, const ProgressSink& progress) const
{
    if (!progress)
        return {};
    return [place, progress](const FoldProgress& ofStage) {
        FoldProgress ofFold = ofStage;
        ofFold.stage = place;
        // The stages to come are taken to be as fast as this one, clip for clip.
        const double left = static_cast<double>(ofStage.steps - ofStage.step) / static_cast<double>(std::max<int64_t>(ofStage.steps, 1));
        const double after = 1.0 - place.shareBefore - place.share;
        if (ofStage.secondsLeft >= 0.0 && left > 0.0 && place.share > 0.0)
            ofFold.secondsLeft += ofStage.secondsLeft / left * after / place.share;
        else if (after > 1e-9)
            ofFold.secondsLeft = -1.0;
        progress(ofFold);
    };
}

} // namespace melscope
