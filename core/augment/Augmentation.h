// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Parameter.h"
#include "base/RandomStream.h"
#include "spectral/SpectrogramGrid.h"

#include <memory>
#include <string>

namespace melscope {

/// One random change to a spectrogram. Immutable and thread-safe; every draw comes from the stream it is given.
class SpectrogramAugmentation
{
public:
    virtual ~SpectrogramAugmentation() = default;
    virtual std::string name() const = 0; ///< as in chain files, e.g. "time_roll"
    virtual Json toJson() const = 0;      ///< parameters only
    virtual void apply(SpectrogramGrid& grid, RandomStream& random) const = 0;
};

} // namespace melscope
