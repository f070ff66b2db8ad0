// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunCodebooks.h"
#include "tokens/LoadedTokens.h"

#include <QString>

namespace melscope {

/// "Code 12: 431 tokens, 64.0 % of them in rain".
QString codeSentence(const LoadedTokens& tokens, int code);

/// What a view of codes says while there is no codebook.
QString noCodebookText();

/// Whatever epochs either has kept by now.
bool isSameRound(const RunCodebook& one, const RunCodebook& other);

/// "bold-owl-3, fold 2, round 1".
QString roundText(const RunCodebook& codebook);

} // namespace melscope
