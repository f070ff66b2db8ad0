// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/TorchEngine.h"

/// The only symbol of the library. The caller owns the engine; the library must stay loaded as long as it lives.
extern "C" __attribute__((visibility("default"))) melscope::Engine* melscope_create_engine()
{
    return new melscope::TorchEngine;
}
