// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/MapColouring.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>

namespace melscope {
namespace {

QString text(const char* words)
{
    return QCoreApplication::translate("MapColouring", words);
}

QString className(const ModelMap& map, int label)
{
    return QString::fromStdString(map.classes.at(static_cast<size_t>(label)));
}

/// Keeps those that have clips.
MapGroups grouped(const ModelMap& map, const std::vector<MapGroup>& all, const std::function<int(const MappedClip&)>& groupOf)
{
    MapGroups result;
    std::vector<int> place(all.size(), -1);
    for (const MappedClip& clip : map.clips)
        place[static_cast<size_t>(groupOf(clip))] = 0;
    for (size_t group = 0; group < all.size(); ++group)
        if (place[group] == 0) {
            place[group] = static_cast<int>(result.groups.size());
            result.groups.push_back(all[group]);
        }
    for (const MappedClip& clip : map.clips) {
        const int group = place[static_cast<size_t>(groupOf(clip))];
        result.groupOf.push_back(group);
        ++result.groups[static_cast<size_t>(group)].clips;
    }
    return result;
}

MapGroups byClass(const ModelMap& map)
{
    std::vector<MapGroup> all;
    for (int label = 0; label < static_cast<int>(map.classes.size()); ++label)
        all.push_back({className(map, label), {.index = label}});
    return grouped(map, all, [](const MappedClip& clip) { return clip.label; });
}

MapGroups byFold(const ModelMap& map)
{
    std::vector<int> folds;
    for (const MappedClip& clip : map.clips)
        folds.push_back(clip.fold);
    std::ranges::sort(folds);
    folds.erase(std::unique(folds.begin(), folds.end()), folds.end());
    std::vector<MapGroup> all;
    for (const int fold : folds)
        all.push_back({(fold == map.fold ? text(QT_TRANSLATE_NOOP("MapColouring", "Fold %1, held out")) : text(QT_TRANSLATE_NOOP("MapColouring", "Fold %1"))).arg(fold),
                       {.index = static_cast<int>(all.size())}});
    return grouped(map, all, [&](const MappedClip& clip) { return static_cast<int>(std::ranges::lower_bound(folds, clip.fold) - folds.begin()); });
}

MapGroups byError(const ModelMap& map)
{
    enum { Wrong, Right, TrainedOn };
    return grouped(map, {{text(QT_TRANSLATE_NOOP("MapColouring", "Wrong")), {MapMarker::Colour::Error, 3}},
                         {text(QT_TRANSLATE_NOOP("MapColouring", "Right")), {MapMarker::Colour::Good}},
                         {text(QT_TRANSLATE_NOOP("MapColouring", "Trained on")), {MapMarker::Colour::Muted}}},
                   [](const MappedClip& clip) { return clip.wrong() ? Wrong : clip.heldOut() ? Right : TrainedOn; });
}

MapGroups byVerdict(const ModelMap& map)
{
    enum { Model, Label, Both, Open, Others };
    return grouped(map, {{text(QT_TRANSLATE_NOOP("MapColouring", "Model wrong")), {MapMarker::Colour::Error, 3}},
                         {text(QT_TRANSLATE_NOOP("MapColouring", "Label wrong")), {MapMarker::Colour::Accent, 2}},
                         {text(QT_TRANSLATE_NOOP("MapColouring", "Both plausible")), {MapMarker::Colour::Good, 1}},
                         {text(QT_TRANSLATE_NOOP("MapColouring", "Wrong, no verdict")), {MapMarker::Colour::Warning}},
                         {text(QT_TRANSLATE_NOOP("MapColouring", "Others")), {MapMarker::Colour::Muted}}},
                   [](const MappedClip& clip) -> int {
                       switch (clip.verdict) {
                       case Verdict::ModelWrong: return Model;
                       case Verdict::LabelWrong: return Label;
                       case Verdict::BothPlausible: return Both;
                       case Verdict::None: break;
                       }
                       return clip.wrong() ? Open : Others;
                   });
}

} // namespace

MapGroups groupsOf(const ModelMap& map, MapColouring colouring)
{
    switch (colouring) {
    case MapColouring::Fold: return byFold(map);
    case MapColouring::Error: return byError(map);
    case MapColouring::Verdict: return byVerdict(map);
    case MapColouring::Class: break;
    }
    return byClass(map);
}

QString describe(const ModelMap& map, int clip)
{
    const MappedClip& one = map.clips.at(static_cast<size_t>(clip));
    const QString name = QString::fromStdString(one.name);
    if (one.wrong())
        return text(QT_TRANSLATE_NOOP("MapColouring", "%1: %2, taken for %3 (fold %4)")).arg(name, className(map, one.label), className(map, one.predicted)).arg(one.fold);
    if (one.heldOut())
        return text(QT_TRANSLATE_NOOP("MapColouring", "%1: %2, recognised (fold %3)")).arg(name, className(map, one.label)).arg(one.fold);
    return text(QT_TRANSLATE_NOOP("MapColouring", "%1: %2, trained on (fold %3)")).arg(name, className(map, one.label)).arg(one.fold);
}

} // namespace melscope
