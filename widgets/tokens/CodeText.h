// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/LoadedTokens.h"

#include <QString>

namespace melscope {

/// "Code 12: 431 tokens, 64.0 % of them in rain".
QString codeSentence(const LoadedTokens& tokens, int code);

} // namespace melscope
