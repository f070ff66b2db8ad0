// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/DatasetClipSource.h"

#include "audio/AudioFile.h"

#include <algorithm>
#include <utility>

namespace melscope {

DatasetClipSource::DatasetClipSource(std::shared_ptr<const Dataset> dataset, std::shared_ptr<const SpectrogramExtractor> extractor,
                                     size_t remembered)
    : m_dataset(std::move(dataset)), m_extractor(std::move(extractor)), m_remembered(std::max<size_t>(remembered, 1))
{
}

ClipSource DatasetClipSource::create(std::shared_ptr<const Dataset> dataset, std::shared_ptr<const SpectrogramExtractor> extractor,
                                     std::optional<int> heldOut, size_t remembered)
{
    const auto clips = std::make_shared<DatasetClipSource>(dataset, std::move(extractor), remembered);
    ClipSource source{.samples = [clips](int clip) { return clips->samples(clip); },
                      .grid = [clips](int clip) { return clips->grid(clip); },
                      .label = [dataset](int clip) { return dataset->clips.at(static_cast<size_t>(clip)).label; },
                      .usable = [clips](int clip) { return clips->usable(clip); }};
    for (size_t i = 0; i < dataset->clips.size(); ++i)
        if (!heldOut || dataset->clips[i].fold != *heldOut)
            source.partners.push_back(static_cast<int>(i));
    return source;
}

SharedValues DatasetClipSource::samples(int clip)
{
    return find(clip).samples;
}

SharedValues DatasetClipSource::grid(int clip)
{
    Entry entry = find(clip);
    if (!entry.grid.owner) {
        entry.grid = shareValues(m_extractor->compute(entry.samples.values).values);
        remember(entry);
    }
    return entry.grid;
}

bool DatasetClipSource::usable(int clip)
{
    try {
        find(clip);
        return true;
    } catch (const Error&) {
        return false;
    }
}

DatasetClipSource::Entry DatasetClipSource::find(int clip)
{
    if (clip < 0 || clip >= static_cast<int>(m_dataset->clips.size()))
        throw Error(ErrorKind::InvalidValue, "There is no clip number " + std::to_string(clip) + " in " + m_dataset->name + ", which has "
                    + std::to_string(m_dataset->clips.size()) + " clips.", m_dataset->root);
    {
        const std::lock_guard lock(m_mutex);
        const auto found = std::find_if(m_entries.begin(), m_entries.end(), [clip](const Entry& entry) { return entry.clip == clip; });
        if (found != m_entries.end()) {
            m_entries.splice(m_entries.begin(), m_entries, found);
            return m_entries.front();
        }
    }
    bool cut = false; // what is there of a file that is cut is used, as the feature cache does
    const Waveform waveform = readAudioFile(m_dataset->clips[static_cast<size_t>(clip)].path, &cut);
    const Entry entry{.clip = clip, .samples = shareValues(m_extractor->prepare(waveform, true))};
    remember(entry);
    return entry;
}

void DatasetClipSource::remember(const Entry& entry)
{
    const std::lock_guard lock(m_mutex);
    // Two threads may have decoded the same clip; the newer entry knows at least as much.
    m_entries.remove_if([&](const Entry& other) { return other.clip == entry.clip; });
    m_entries.push_front(entry);
    if (m_entries.size() > m_remembered)
        m_entries.pop_back();
}

} // namespace melscope
