// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace melscope {

/// What number `counter` of the stream `key` is made from: splitmix64.
inline uint64_t randomBits(uint64_t key, uint64_t counter)
{
    uint64_t z = key + 0x9E3779B97F4A7C15ull * counter;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

/// The work of RandomStream::normals(): from the numbers after `counter`.
void fillNormals(uint64_t key, uint64_t counter, std::span<float> values);

} // namespace melscope
