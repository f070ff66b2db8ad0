// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "statistics/FeatureMatrix.h"

#include <functional>
#include <stop_token>

namespace melscope {

struct TSneSettings
{
    double perplexity = 30.0; ///< about how many neighbours count; lowered where there are fewer than three times as many rows
    int iterations = 1000;
    int threads = 2;
};

/// t-SNE (van der Maaten and Hinton 2008) into the plane: neighbours stay neighbours, distances between groups mean nothing. Exact
/// repulsion between all pairs, attraction along the 3 x perplexity nearest neighbours, started from the principal components;
/// schedule and step size as scikit-learn's (early exaggeration 12 for 250 iterations, learning rate rows / 48, at least 50).
/// Time grows with the square of the rows. The same features give the same picture on one machine. Calls progress(done, total)
/// now and then from the calling thread. Throws Error(Cancelled) when asked to stop, Error(InvalidValue) for features that are not
/// finite. Thread: any.
std::vector<PlanePoint> tSne(const FeatureMatrix& features, const TSneSettings& settings = {}, std::stop_token stop = {},
                             const std::function<void(int done, int total)>& progress = {});

/// How far the nearest neighbours in the plane are neighbours in the features as well (Venna and Kaski 2001), [0, 1].
double trustworthiness(const FeatureMatrix& features, const std::vector<PlanePoint>& points, int neighbours);

} // namespace melscope
