// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace melscope {

/// What a model subtracts and divides by, in the grid's unit; from the training folds.
struct Normalisation
{
    double mean = 0.0;
    double sd = 1.0; ///< greater than 0

    bool operator==(const Normalisation&) const = default;
};

} // namespace melscope
