// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/FrontEnd.h"
#include "spectrogram/TimeWindow.h"
#include "tokens/TokenSet.h"

#include <optional>

namespace melscope {

/// Where a clip's tokens are in time and frequency. A frame reaches half a hop to both sides of its centre, as it is drawn; a mel row half a row.
class TokenGeometry
{
public:
    explicit TokenGeometry(const TokenSet& set) : m_frontEnd(set.tokenizer.frontEnd), m_layout(set.layout) {}

    TimeSpan seconds(int token) const;
    double lowestHz(int token) const { return m_frontEnd.hzOfMel(m_layout.rowOf(token) * m_layout.patch.mels - 0.5); }
    double highestHz(int token) const { return m_frontEnd.hzOfMel((m_layout.rowOf(token) + 1) * m_layout.patch.mels - 0.5); }
    /// `row`: mel row of the spectrogram, fractional. Nothing outside all tokens.
    std::optional<int> tokenAt(double seconds, double row) const;
    const TokenLayout& layout() const { return m_layout; }

private:
    double startOfFrame(int frame) const { return m_frontEnd.secondsOfFrame(frame - 0.5); }

    FrontEnd m_frontEnd;
    TokenLayout m_layout;
};

} // namespace melscope
