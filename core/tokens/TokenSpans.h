// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/LabelTrack.h"
#include "tokens/TokenSet.h"

namespace melscope {

/// Where a clip's tokens lie in time and frequency: each row of the layout is a band, in which neighbours of one code are one span.
/// Text is the code's number; silence has no span. By begin, then from the lowest band up.
std::vector<LabelledSpan> tokenSpans(std::span<const int32_t> tokens, const TokenLayout& layout, const FrontEnd& frontEnd);

/// Writes an Audacity label track for every clip of the set, labelFileName() in `folder`; a request to stop leaves out the rest.
/// Throws Error.
void writeTokenLabels(const std::filesystem::path& folder, const TokenSet& set, const std::stop_token& stop = {});

} // namespace melscope
