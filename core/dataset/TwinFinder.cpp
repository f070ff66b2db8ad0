// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/TwinFinder.h"

#include "audio/AudioFile.h"
#include "augment/ViewDescriptors.h"
#include "statistics/NearestNeighbours.h"

namespace melscope {

TwinFinder::TwinFinder(std::shared_ptr<const Dataset> dataset, const FrontEnd& frontEnd) : m_dataset(std::move(dataset)), m_extractor(frontEnd) {}

const std::vector<float>& TwinFinder::describe(int clip)
{
    const auto known = m_descriptors.find(clip);
    if (known != m_descriptors.end())
        return known->second;
    bool partial = false; // what is there of a cut file is what training gets of it
    const Waveform waveform = readAudioFile(m_dataset->clips.at(static_cast<size_t>(clip)).path, &partial);
    ViewDescriptors view = describeView(m_extractor.compute(m_extractor.prepare(waveform, true)));
    std::vector<float> descriptors = std::move(view.bands);
    descriptors.insert(descriptors.end(), view.envelope.begin(), view.envelope.end());
    return m_descriptors[clip] = std::move(descriptors);
}

std::optional<Twin> TwinFinder::find(int clip, int label, const std::function<bool(int)>& wanted, const std::stop_token& stop)
{
    std::vector<int> rows{clip};
    FeatureMatrix features;
    features.values = describe(clip);
    features.columns = features.values.size();
    for (int other = 0; other < static_cast<int>(m_dataset->clips.size()); ++other) {
        if (stop.stop_requested())
            return std::nullopt;
        if (other == clip || m_dataset->clips[static_cast<size_t>(other)].label != label || !wanted(other))
            continue;
        try {
            const std::vector<float>& descriptors = describe(other);
            features.values.insert(features.values.end(), descriptors.begin(), descriptors.end());
            rows.push_back(other);
        } catch (const Error&) {
            // Nothing to hear there: the next best stands in.
        }
    }
    features.rows = rows.size();
    const std::vector<Neighbour> nearest = nearestNeighbours(standardised(features), 0, 1);
    if (nearest.empty())
        return std::nullopt;
    return Twin{.clip = rows[static_cast<size_t>(nearest.front().row)], .candidates = static_cast<int>(rows.size()) - 1};
}

} // namespace melscope
