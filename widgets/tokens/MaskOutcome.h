// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/MaskedPrediction.h"

class QPainter;
class QRectF;

namespace melscope {

/// What became of a token that was hidden from the model.
enum class MaskOutcome {
    Right,  ///< its first guess is the code that was asked for
    Wrong,
    Silent, ///< hidden, but not asked for
};

MaskOutcome maskOutcome(const MaskedPrediction& clip, int token);

/// In the colour, and with the sign, that it has everywhere: a tick where it is right and there is room, hatched where it is silent.
void paintMaskOutcome(QPainter& painter, const QRectF& rect, MaskOutcome outcome);

} // namespace melscope
