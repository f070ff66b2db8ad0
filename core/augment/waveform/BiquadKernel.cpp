// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/BiquadKernel.h"

#include "base/PerCpu.h"

#include <cstring>

namespace melscope::kernels {
namespace {

using Block = double __attribute__((vector_size(filterBlock * sizeof(double))));

[[gnu::always_inline]] inline void load(const double* values, Block& block)
{
    std::memcpy(&block, values, sizeof block);
}

} // namespace

BlockFilter blockFilter(const Biquad& section)
{
    // Impulse responses: of the recursion alone, and of the whole section.
    std::array<double, filterBlock + 1> recursion{1.0, -section.a1};
    for (size_t n = 2; n <= filterBlock; ++n)
        recursion[n] = -section.a1 * recursion[n - 1] - section.a2 * recursion[n - 2];
    const auto at = [&](ptrdiff_t n) { return n < 0 ? 0.0 : recursion[static_cast<size_t>(n)]; };
    BlockFilter filter{};
    for (ptrdiff_t i = 0; i < static_cast<ptrdiff_t>(filterBlock); ++i) {
        const auto row = static_cast<size_t>(i);
        filter.inputs[0][row] = section.b2 * at(i);
        filter.inputs[1][row] = section.b1 * at(i) + section.b2 * at(i - 1);
        for (ptrdiff_t j = 0; j <= i; ++j)
            filter.inputs[filterHistory + static_cast<size_t>(j)][row] =
                section.b0 * at(i - j) + section.b1 * at(i - j - 1) + section.b2 * at(i - j - 2);
        filter.outputs[0][row] = -section.a2 * at(i);
        filter.outputs[1][row] = at(i + 1);
    }
    return filter;
}

// One output after the other waits for the one before; eight at a time wait once.
MELSCOPE_PER_CPU
void filterChunk(const BlockFilter& filter, const double* in, double* out, size_t count)
{
    constexpr size_t terms = filterHistory + filterBlock;
    Block inputs[terms];
    for (size_t j = 0; j < terms; ++j)
        load(filter.inputs[j].data(), inputs[j]);
    Block beforeLast, last;
    load(filter.outputs[0].data(), beforeLast);
    load(filter.outputs[1].data(), last);
    double y2 = out[0];
    double y1 = out[1];
    for (size_t n = 0; n < count; n += filterBlock) {
        Block even{};
        Block odd{};
        for (size_t j = 0; j < terms; j += 2) {
            even += in[n + j] * inputs[j];
            odd += in[n + j + 1] * inputs[j + 1];
        }
        const Block result = (even + odd) + y2 * beforeLast + y1 * last;
        std::memcpy(out + filterHistory + n, &result, sizeof result);
        y2 = result[filterBlock - 2];
        y1 = result[filterBlock - 1];
    }
}

} // namespace melscope::kernels
