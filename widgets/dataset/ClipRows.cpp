// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/ClipRows.h"

#include <QString>
#include <QStringList>

#include <algorithm>
#include <numeric>

namespace melscope {
namespace {

struct Stopped
{
};

class Filter
{
public:
    explicit Filter(const ClipArrangement& arrangement)
        : m_arrangement(arrangement),
          m_words(QString::fromStdString(arrangement.filter.text).simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts))
    {
    }

    bool accepts(int index) const
    {
        const Clip& clip = m_arrangement.dataset->clips[static_cast<size_t>(index)];
        const ClipFilter& filter = m_arrangement.filter;
        if ((filter.label && clip.label != *filter.label) || (filter.fold && clip.fold != *filter.fold))
            return false;
        if (filter.problemsOnly && !(*m_arrangement.hasProblem)[static_cast<size_t>(index)])
            return false;
        return m_words.isEmpty() || containsEveryWord(clip);
    }

private:
    bool containsEveryWord(const Clip& clip) const
    {
        const QString text = QString::fromStdString(clip.name) + QLatin1Char('\n')
                             + QString::fromStdString(m_arrangement.dataset->classes[static_cast<size_t>(clip.label)]) + QLatin1Char('\n')
                             + QString::fromStdString(clip.source);
        return std::all_of(m_words.begin(), m_words.end(), [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
    }

    const ClipArrangement& m_arrangement;
    QStringList m_words;
};

/// Sorts by a key; those for which `known` is false stay at the end.
template <typename Key, typename Known>
void sortBy(std::vector<int>& rows, bool descending, const std::stop_token& stop, const Key& key, const Known& known)
{
    size_t comparisons = 0;
    const auto lastKnown = std::stable_partition(rows.begin(), rows.end(), known);
    std::stable_sort(rows.begin(), lastKnown, [&](int a, int b) {
        if (++comparisons % 4096 == 0 && stop.stop_requested())
            throw Stopped();
        return descending ? key(b) < key(a) : key(a) < key(b);
    });
}

void sort(std::vector<int>& rows, const ClipArrangement& arrangement, const std::stop_token& stop)
{
    const std::vector<Clip>& clips = arrangement.dataset->clips;
    const auto clip = [&](int row) -> const Clip& { return clips[static_cast<size_t>(row)]; };
    const auto figures = [&](int row) -> const ClipFigures& { return arrangement.figures[static_cast<size_t>(row)]; };
    const auto always = [](int) { return true; };
    const auto readable = [&](int row) { return figures(row).readable; };
    const bool descending = arrangement.order.descending;
    switch (*arrangement.order.column) {
    case ClipColumn::Spectrogram: break;
    case ClipColumn::Name:
        sortBy(rows, descending, stop, [&](int row) -> const std::string& { return clip(row).name; }, always);
        break;
    case ClipColumn::Class:
        sortBy(rows, descending, stop,
               [&](int row) -> const std::string& { return arrangement.dataset->classes[static_cast<size_t>(clip(row).label)]; }, always);
        break;
    case ClipColumn::Fold:
        sortBy(rows, descending, stop, [&](int row) { return clip(row).fold; }, always);
        break;
    case ClipColumn::Duration:
        sortBy(rows, descending, stop, [&](int row) { return figures(row).seconds; }, readable);
        break;
    case ClipColumn::Rate:
        sortBy(rows, descending, stop, [&](int row) { return figures(row).rate; }, readable);
        break;
    case ClipColumn::Channels:
        sortBy(rows, descending, stop, [&](int row) { return figures(row).channels; }, readable);
        break;
    case ClipColumn::Level:
        sortBy(rows, descending, stop, [&](int row) { return figures(row).rmsDb; }, [&](int row) { return figures(row).measured; });
        break;
    case ClipColumn::Source:
        sortBy(rows, descending, stop, [&](int row) -> const std::string& { return clip(row).source; }, always);
        break;
    }
}

} // namespace

ClipFigures ClipFigures::from(const ClipFacts& facts, bool measured)
{
    return {.known = true,
            .readable = facts.readable,
            .measured = measured && facts.readable,
            .rate = facts.info.sampleRate,
            .channels = facts.info.channels,
            .seconds = static_cast<float>(facts.info.seconds()),
            .rmsDb = static_cast<float>(facts.level.rmsDb)};
}

std::vector<int> arrangedClips(const ClipArrangement& arrangement, std::stop_token stop)
{
    std::vector<int> rows;
    if (!arrangement.dataset)
        return rows;
    const int count = static_cast<int>(arrangement.dataset->clips.size());
    const Filter filter(arrangement);
    for (int i = 0; i < count; ++i) {
        if (i % 1024 == 0 && stop.stop_requested())
            return {};
        if (filter.accepts(i))
            rows.push_back(i);
    }
    try {
        if (arrangement.order.column)
            sort(rows, arrangement, stop);
    } catch (const Stopped&) {
        return {};
    }
    return rows;
}

} // namespace melscope
