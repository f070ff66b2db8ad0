// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRgb>

#include <cstdint>
#include <span>
#include <vector>

namespace melscope {

/// Colours of the codes of a vocabulary.
struct CodeColours
{
    /// The same for a code in every codebook and at every time. Codes of neighbouring numbers differ in lightness and between blue and
    /// yellow, which people of any colour vision see; red and green come on top.
    static QRgb ofCode(int code);
    /// [code]: by how often each is used, on a logarithmic scale; never used: grey.
    static std::vector<QRgb> byUsage(std::span<const int64_t> usage);
};

} // namespace melscope
