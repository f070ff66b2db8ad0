// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/PairedTest.h"

#include <algorithm>
#include <cmath>

namespace melscope {

double mcnemarExact(int onlyFirst, int onlySecond)
{
    const int n = onlyFirst + onlySecond;
    const int fewer = std::min(onlyFirst, onlySecond);
    // Binomial(n, 1/2) up to the smaller count; logarithms, because 2^-n is no double for n above 1,074.
    double tail = 0.0;
    for (int k = 0; k <= fewer; ++k)
        tail += std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) - n * std::log(2.0));
    return std::min(1.0, 2.0 * tail);
}

} // namespace melscope
