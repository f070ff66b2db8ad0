// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/Folds.h"

#include "base/RandomStream.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>
#include <tuple>

namespace melscope {
namespace {

/// Clips of one source recording: they move together.
struct Group
{
    std::map<int, int> perClass;
    std::vector<int> clips;
};

std::vector<Group> groupBySource(const Dataset& dataset)
{
    std::map<std::string, Group> groups;
    for (size_t i = 0; i < dataset.clips.size(); ++i) {
        Group& group = groups[dataset.clips[i].source];
        ++group.perClass[dataset.clips[i].label];
        group.clips.push_back(static_cast<int>(i));
    }
    std::vector<Group> list;
    list.reserve(groups.size());
    for (auto& [source, group] : groups)
        list.push_back(std::move(group));
    return list;
}

/// Random order, then larger groups first: small ones fill the gaps that large ones leave.
void order(std::vector<Group>& groups, uint64_t seed)
{
    static constexpr uint64_t purpose = 0x464F4C44; // keeps these draws apart from others of the same seed
    RandomStream random({seed, 0, 0, purpose});
    std::vector<Group> shuffled;
    shuffled.reserve(groups.size());
    for (const int64_t i : random.permutation(static_cast<int64_t>(groups.size())))
        shuffled.push_back(std::move(groups[static_cast<size_t>(i)]));
    groups = std::move(shuffled);
    std::stable_sort(groups.begin(), groups.end(),
                     [](const Group& a, const Group& b) { return a.clips.size() > b.clips.size(); });
}

} // namespace

void makeFolds(Dataset& dataset, int count, uint64_t seed)
{
    if (count < 2)
        throw Error(ErrorKind::InvalidValue, "At least 2 folds are needed, not " + std::to_string(count) + ".");
    std::vector<Group> groups = groupBySource(dataset);
    order(groups, seed);

    const auto folds = static_cast<size_t>(count);
    const size_t classes = dataset.classes.size();
    std::vector<int> classTotal(classes, 0);
    for (const Clip& clip : dataset.clips)
        ++classTotal[static_cast<size_t>(clip.label)];
    std::vector<std::vector<int>> filled(folds, std::vector<int>(classes, 0));
    std::vector<int> clipsIn(folds, 0);
    for (const Group& group : groups) {
        // The group's rarest class decides: its imbalance weighs most and is hardest to mend later.
        const int rarest = std::min_element(group.perClass.begin(), group.perClass.end(), [&](const auto& a, const auto& b) {
                               return classTotal[static_cast<size_t>(a.first)] < classTotal[static_cast<size_t>(b.first)];
                           })->first;
        size_t best = 0;
        for (size_t fold = 1; fold < folds; ++fold)
            if (std::tie(filled[fold][static_cast<size_t>(rarest)], clipsIn[fold])
                < std::tie(filled[best][static_cast<size_t>(rarest)], clipsIn[best]))
                best = fold;
        for (const auto& [label, clips] : group.perClass)
            filled[best][static_cast<size_t>(label)] += clips;
        clipsIn[best] += static_cast<int>(group.clips.size());
        for (const int clip : group.clips)
            dataset.clips[static_cast<size_t>(clip)].fold = static_cast<int>(best) + 1;
    }
    dataset.folds.clear();
    for (size_t fold = 0; fold < folds; ++fold)
        if (clipsIn[fold] > 0)
            dataset.folds.push_back(static_cast<int>(fold) + 1);
    dataset.foldsAreOwn = false;
}

std::vector<Problem> findLeaks(const Dataset& dataset)
{
    std::map<std::pair<std::string, int>, std::map<int, const Clip*>> foldsOf;
    for (const Clip& clip : dataset.clips)
        foldsOf[{clip.source, clip.label}].try_emplace(clip.fold, &clip);
    std::vector<Problem> leaks;
    for (const auto& [key, folds] : foldsOf) {
        if (folds.size() < 2)
            continue;
        std::string list;
        for (const auto& [fold, clip] : folds)
            list += (list.empty() ? "" : ", ") + std::to_string(fold);
        const Clip& example = *folds.begin()->second;
        leaks.push_back({Problem::Kind::Leak, example.path,
                         "Clips of class " + dataset.classes[static_cast<size_t>(key.second)] + " cut from source recording "
                             + key.first + " (" + example.name + " is one) stand in folds " + list
                             + "; results on them are too good.",
                         false});
    }
    return leaks;
}

std::vector<int> clipsInFold(const Dataset& dataset, int fold)
{
    std::vector<int> clips;
    for (size_t i = 0; i < dataset.clips.size(); ++i)
        if (dataset.clips[i].fold == fold)
            clips.push_back(static_cast<int>(i));
    return clips;
}

std::vector<int> clipsOutsideFold(const Dataset& dataset, int fold)
{
    std::vector<int> clips;
    for (size_t i = 0; i < dataset.clips.size(); ++i)
        if (dataset.clips[i].fold != fold)
            clips.push_back(static_cast<int>(i));
    return clips;
}

} // namespace melscope
