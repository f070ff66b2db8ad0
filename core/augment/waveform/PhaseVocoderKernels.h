// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace melscope::kernels {

/// Loops over the bins of one frame; each exists once per instruction set. Complex rows are two arrays, real and imaginary.
struct SplitRow
{
    float* real;
    float* imaginary;
};

/// out[i] = window[i] (now[i] + i before[i]), interleaved.
void windowPair(const float* now, const float* before, const float* window, float* out, size_t count);

/// The spectra of the two real frames in `pair`, a complex spectrum of an even `size` whose first value stands behind its last
/// again; each times 2. To `now` that of the real part; in place of the spectrum written last, `previous`, how that one stands to
/// the imaginary part, `before`: previous[k] times the conjugate of before[k]. Bins whose power more than doubled since
/// `before` are onsets and get their own power instead. Rows have size / 2 + 1 values.
void comparePair(SplitRow pair, size_t size, SplitRow now, SplitRow previous);

/// now[k] times the unit number that points where relation[k] and half of each neighbour's point. The relation's rows have a value to
/// read before the first and behind the last.
void turn(SplitRow now, SplitRow relation, size_t bins);

/// The interleaved complex spectrum of two real frames, first + i second, from their size / 2 + 1 bins.
void joinPair(SplitRow first, SplitRow second, size_t size, float* out);

/// first[i] += window[i] * pair[i].real, second[i] += window[i] * pair[i].imaginary; the two may overlap.
void overlapAdd(const float* pair, const float* window, float* first, float* second, size_t count);

} // namespace melscope::kernels
