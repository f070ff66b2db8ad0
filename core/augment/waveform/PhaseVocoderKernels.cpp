// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/PhaseVocoderKernels.h"

#include "base/PerCpu.h"

#include <cmath>

namespace melscope::kernels {

MELSCOPE_PER_CPU
void windowPair(const float* now, const float* before, const float* window, float* __restrict out, size_t count)
{
    for (size_t i = 0; i < count; ++i) {
        out[2 * i] = window[i] * now[i];
        out[2 * i + 1] = window[i] * before[i];
    }
}

MELSCOPE_PER_CPU
void comparePair(SplitRow pair, size_t size, SplitRow now, SplitRow previous)
{
    constexpr float onset = 2.0f;
    const float* const real = pair.real;
    const float* const imaginary = pair.imaginary;
    const float* const realEnd = real + size;
    const float* const imaginaryEnd = imaginary + size;
    const auto half = static_cast<ptrdiff_t>(size / 2);
#pragma GCC ivdep // rows never overlap
    for (ptrdiff_t k = 0; k <= half; ++k) {
        const float nowReal = real[k] + realEnd[-k];
        const float nowImaginary = imaginary[k] - imaginaryEnd[-k];
        const float beforeReal = imaginary[k] + imaginaryEnd[-k];
        const float beforeImaginary = realEnd[-k] - real[k];
        const float power = nowReal * nowReal + nowImaginary * nowImaginary;
        const bool grew = power > onset * (beforeReal * beforeReal + beforeImaginary * beforeImaginary);
        const float wasReal = previous.real[k];
        const float wasImaginary = previous.imaginary[k];
        previous.real[k] = grew ? power : wasReal * beforeReal + wasImaginary * beforeImaginary;
        previous.imaginary[k] = grew ? 0.0f : wasImaginary * beforeReal - wasReal * beforeImaginary;
        now.real[k] = nowReal;
        now.imaginary[k] = nowImaginary;
    }
}

MELSCOPE_PER_CPU
void turn(SplitRow now, SplitRow relation, size_t bins)
{
    constexpr float tiny = 1e-15f; // out of silence nothing is turned
    float* const real = now.real;
    float* const imaginary = now.imaginary;
    const float* const r = relation.real;
    const float* const i = relation.imaginary;
#pragma GCC ivdep
    for (ptrdiff_t k = 0; k < static_cast<ptrdiff_t>(bins); ++k) {
        const float sumReal = r[k] + 0.5f * (r[k - 1] + r[k + 1]) + tiny;
        const float sumImaginary = i[k] + 0.5f * (i[k - 1] + i[k + 1]);
        const float scale = 1.0f / std::sqrt(sumReal * sumReal + sumImaginary * sumImaginary);
        const float cosine = scale * sumReal;
        const float sine = scale * sumImaginary;
        const float turned = real[k] * cosine - imaginary[k] * sine;
        imaginary[k] = real[k] * sine + imaginary[k] * cosine;
        real[k] = turned;
    }
}

MELSCOPE_PER_CPU
void joinPair(SplitRow first, SplitRow second, size_t size, float* __restrict out)
{
    const float* const a = first.real;
    const float* const ai = first.imaginary;
    const float* const b = second.real;
    const float* const bi = second.imaginary;
    out[0] = a[0];
    out[1] = b[0];
    for (size_t k = 1; k < size / 2; ++k) {
        out[2 * k] = a[k] - bi[k];
        out[2 * k + 1] = ai[k] + b[k];
    }
    float* const mirrored = out + 2 * size;
    for (ptrdiff_t k = 1; k < static_cast<ptrdiff_t>(size / 2); ++k) {
        mirrored[-2 * k] = a[k] + bi[k];
        mirrored[-2 * k + 1] = b[k] - ai[k];
    }
    out[size] = a[size / 2];
    out[size + 1] = b[size / 2];
}

MELSCOPE_PER_CPU
void overlapAdd(const float* pair, const float* window, float* first, float* second, size_t count)
{
#pragma GCC ivdep
    for (size_t i = 0; i < count; ++i)
        first[i] += window[i] * pair[2 * i];
#pragma GCC ivdep
    for (size_t i = 0; i < count; ++i)
        second[i] += window[i] * pair[2 * i + 1];
}

} // namespace melscope::kernels
