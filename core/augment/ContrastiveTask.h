// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <vector>

namespace melscope {

/// Two views a clip, side by side: [2 * clip + view, feature].
using ViewTable = std::vector<std::vector<float>>;

/// Every feature to mean 0 and deviation 1 over all views (one that never varies to 0), then every view to length 1 (one
/// without any feature left stays 0).
ViewTable standardised(ViewTable views);

/// The features of both, side by side with equal weight: views of length 1 again.
ViewTable joined(const ViewTable& first, const ViewTable& second);

/// SimCLR's task (Chen et al. 2020): in a batch of `pairs` clips a view looks for its partner among all other views by
/// cosine similarity. The share of views that find it, as the mean over all batches that could be drawn from the table's
/// clips (exact: hypergeometric, nothing is drawn). A tie counts as not found: nothing tells the two apart.
/// `views` of length 1 or 0; 2 <= pairs <= clips in the table. Takes clips^2 products of views: throws Error(Cancelled) soon
/// after a stop.
double contrastiveTopOne(const ViewTable& views, int pairs, const std::stop_token& stop = {});

/// What guessing finds: 1 / (2 pairs - 1).
double contrastiveChance(int pairs);

} // namespace melscope
