// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "statistics/FeatureMatrix.h"
#include "tokens/Codebook.h"

#include <functional>
#include <stop_token>

namespace melscope {

/// The codes of a codebook as discs in a plane, similar ones near each other; distances between groups mean nothing.
struct CodeMap
{
    static constexpr double format = 1.6; ///< width by height: panels are wide, and the plane has no scale of its own
    std::vector<PlanePoint> places; ///< [code], centres; all discs lie within [-format, format] x [-1, 1], y upwards
    std::vector<double> radii;      ///< [code]; the area grows with the usage, but nothing is too small to be seen
    bool operator==(const CodeMap&) const = default;
};

/// t-SNE of the code vectors (see tSne()), then discs that overlap are pushed apart. usage: [code]. The same codebook and usage
/// give the same map on one machine. progress(done, total) is called from the calling thread. 1,024 codes take seconds: for a job's
/// thread. Throws Error(Cancelled).
CodeMap codeMap(const Codebook& codebook, std::span<const int64_t> usage, int threads, std::stop_token stop = {},
                const std::function<void(int done, int total)>& progress = {});

/// The vectors of a codebook, [code, code dim].
FeatureMatrix codeVectors(const Codebook& codebook);

/// All codes, the one most similar to `code` (itself) first, by the distance the codebook compares by.
std::vector<int> codesBySimilarity(const Codebook& codebook, int code);

} // namespace melscope
