// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/RandomStream.h"

#include "base/NormalNumbers.h"

#include <cassert>
#include <cmath>
#include <numbers>
#include <numeric>

namespace melscope {

RandomStream::RandomStream(const RandomKey& key) : m_key(0)
{
    for (const uint64_t part : {key.seed, key.epoch, key.clip, key.index})
        m_key = randomBits(m_key ^ part, 1);
}

uint64_t RandomStream::bits()
{
    return randomBits(m_key, ++m_counter);
}

double RandomStream::uniform()
{
    return static_cast<double>(bits() >> 11) * 0x1p-53;
}

double RandomStream::uniform(double low, double high)
{
    return low + (high - low) * uniform();
}

int64_t RandomStream::below(int64_t count)
{
    assert(count > 0);
    return static_cast<int64_t>((static_cast<unsigned __int128>(bits()) * static_cast<uint64_t>(count)) >> 64);
}

double RandomStream::normal()
{
    // Box-Muller, one half of it: no state besides the counter.
    const double radius = std::sqrt(-2.0 * std::log1p(-uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

void RandomStream::normals(std::span<float> values)
{
    fillNormals(m_key, m_counter, values);
    m_counter += (values.size() + 1) / 2;
}

double RandomStream::beta(double alpha)
{
    assert(alpha > 0.0);
    const double first = logGamma(alpha);
    return 1.0 / (1.0 + std::exp(logGamma(alpha) - first));
}

// Logarithm of a Gamma(shape, 1) number (Marsaglia and Tsang 2000): small shapes give numbers too small for a double.
double RandomStream::logGamma(double shape)
{
    if (shape < 1.0) {
        const double boost = std::log1p(-uniform()) / shape;
        return logGamma(shape + 1.0) + boost;
    }
    const double d = shape - 1.0 / 3.0;
    for (;;) {
        const double x = normal();
        const double root = 1.0 + x / std::sqrt(9.0 * d);
        if (root <= 0.0)
            continue;
        const double v = root * root * root;
        if (std::log1p(-uniform()) < 0.5 * x * x + d - d * v + d * std::log(v))
            return std::log(d * v);
    }
}

bool RandomStream::chance(double probability)
{
    return uniform() < probability;
}

std::vector<int64_t> RandomStream::permutation(int64_t count)
{
    std::vector<int64_t> order(static_cast<size_t>(count));
    std::iota(order.begin(), order.end(), int64_t{0});
    for (int64_t i = count - 1; i > 0; --i)
        std::swap(order[static_cast<size_t>(i)], order[static_cast<size_t>(below(i + 1))]);
    return order;
}

} // namespace melscope
