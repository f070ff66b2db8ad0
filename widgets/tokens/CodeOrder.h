// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/LoadedTokens.h"

namespace melscope {

/// In what order the codes of a codebook are looked through.
enum class CodeOrder {
    Usage,     ///< the commonest first
    Class,     ///< class after class, each code under its commonest; in a class those first that tell most of it, never used codes last
    Similarity ///< those most like a given code first, beginning with itself
};

/// All codes, each once. `code`: that of Similarity; where it is none, the commonest. Thread: any.
std::vector<int> codesInOrder(const LoadedTokens& tokens, CodeOrder order, int code);

} // namespace melscope
