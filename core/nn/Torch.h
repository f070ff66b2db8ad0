// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one way to include torch: precompiled once for the whole engine.
#include <torch/torch.h>

#include "nn/TorchVersion.h"
