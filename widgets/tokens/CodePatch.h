// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/TokenSet.h"

#include <QImage>

namespace melscope {

/// What a code sounds like, as a picture: the mean of its patches, a pixel a value, the lowest band at the bottom. From 2 standard
/// deviations below a band's mean (dark) to 3 above (bright). A code that was never met gives a null image. Thread: any.
QImage codePatch(const TokenSet& set, int code);

} // namespace melscope
