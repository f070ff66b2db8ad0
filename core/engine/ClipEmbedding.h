// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/Engine.h"

namespace melscope {

/// See Engine::embed(). The thread is already prepared.
Embeddings embedClips(const EmbeddingJob& job, const std::function<bool(int done, int total)>& goOn);

} // namespace melscope
