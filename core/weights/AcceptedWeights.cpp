// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/AcceptedWeights.h"

#include "weights/WeightReleases.h"
#include "weights/WeightSignatures.h"

#include <algorithm>
#include <set>

namespace melscope {

AcceptedWeights acceptedWeights(std::string_view method)
{
    AcceptedWeights accepted;
    std::set<std::string_view> architectures;
    for (const WeightSignature& signature : weightSignatures()) {
        if (std::ranges::count(signature.methods, method) == 0)
            continue;
        architectures.insert(signature.architecture);
        if (std::ranges::count(accepted.models, signature.title) == 0)
            accepted.models.push_back(signature.title);
    }
    for (const WeightRelease& release : weightReleases())
        if (architectures.contains(release.architecture))
            accepted.published.push_back({.file = release.file, .source = release.source});
    return accepted;
}

} // namespace melscope
