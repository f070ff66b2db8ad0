// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace melscope {

/// What one stream of random numbers belongs to. Equal keys give equal numbers on every machine, whatever thread asks.
struct RandomKey
{
    uint64_t seed = 0;  ///< of the run
    uint64_t epoch = 0;
    uint64_t clip = 0;  ///< index of the clip in its dataset
    uint64_t index = 0; ///< of the augmentation in its chain, or of the purpose

    bool operator==(const RandomKey&) const = default;
};

/// Counter-based random numbers: number n of a stream is a hash (splitmix64's finaliser) of key and n. No global state,
/// so draws depend neither on the number of loader threads nor on the order in which clips are prepared.
class RandomStream
{
public:
    explicit RandomStream(const RandomKey& key);

    uint64_t bits();                        ///< 64 uniform bits
    double uniform();                       ///< [0, 1)
    double uniform(double low, double high); ///< [low, high)
    int64_t below(int64_t count);           ///< 0 ... count-1; count must be positive
    double normal();                        ///< mean 0, standard deviation 1
    /// Fills `values` with such numbers, many times as fast as normal() and not the same ones, though the same on every CPU. It
    /// takes (size + 1) / 2 numbers of the stream: each makes one value of the first half and its fellow of the second (both
    /// ends of Box-Muller). Nothing is beyond +-6.7.
    void normals(std::span<float> values);
    double beta(double alpha);              ///< Beta(alpha, alpha), [0, 1]; alpha must be positive
    bool chance(double probability);        ///< true with that probability

    /// 0 ... count-1 in random order (Fisher-Yates).
    std::vector<int64_t> permutation(int64_t count);

private:
    double logGamma(double shape);

    uint64_t m_key;
    uint64_t m_counter = 0;
};

} // namespace melscope
