// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectral/FftPlan.h"

#include "spectral/SpectralKernels.h"

#include <cmath>
#include <fftw3.h>
#include <new>
#include <numbers>

namespace melscope {
namespace {

/// Memory aligned as FFTW wants it, grown as needed.
class AlignedFloats
{
public:
    std::span<float> first(size_t count)
    {
        if (count > m_count) {
            m_memory.reset(fftwf_alloc_real(count));
            m_count = m_memory ? count : 0;
            if (!m_memory)
                throw std::bad_alloc();
        }
        return {m_memory.get(), count};
    }

private:
    std::unique_ptr<float, void (*)(void*)> m_memory{nullptr, &fftwf_free};
    size_t m_count = 0;
};

struct ThreadMemory
{
    AlignedFloats frame;
    AlignedFloats spectrum;
    AlignedFloats parts;
    AlignedFloats power;
    AlignedFloats interleaved;
};

ThreadMemory& threadMemory()
{
    thread_local ThreadMemory memory;
    return memory;
}

fftwf_complex* asComplex(std::span<float> values)
{
    return reinterpret_cast<fftwf_complex*>(values.data());
}

std::span<float> spectrumOf(int nFft)
{
    return threadMemory().spectrum.first(static_cast<size_t>(nFft) + 2);
}

} // namespace

FftPlan::FftPlan(int nFft) : m_nFft(nFft), m_plan(nullptr, &fftwf_destroy_plan)
{
    for (int k = 0; k <= nFft / 4; ++k) {
        const double angle = 2.0 * std::numbers::pi * k / nFft;
        m_cosines.push_back(static_cast<float>(std::cos(angle)));
        m_sines.push_back(static_cast<float>(std::sin(angle)));
    }
    // The window and the engine each hold a copy of this code but share FFTW's planner, so the lock has to be FFTW's own.
    fftwf_make_planner_thread_safe();
    const std::span<float> frame = buffers().frame;
    fftwf_complex* spectrum = asComplex(spectrumOf(nFft));
    constexpr unsigned flags = FFTW_ESTIMATE | FFTW_DESTROY_INPUT;
    m_plan.reset(nFft % 2 == 0 ? fftwf_plan_dft_1d(nFft / 2, asComplex(frame), spectrum, FFTW_FORWARD, flags)
                               : fftwf_plan_dft_r2c_1d(nFft, frame.data(), spectrum, flags));
    if (!m_plan)
        throw std::bad_alloc();
}

FftPlan::~FftPlan() = default;

FftBuffers FftPlan::buffers() const
{
    ThreadMemory& memory = threadMemory();
    const auto values = static_cast<size_t>(stride()) * kernels::lanes;
    return {memory.frame.first(static_cast<size_t>(m_nFft)), memory.power.first(values), memory.interleaved.first(values)};
}

void FftPlan::power(std::span<float> frame, float* out) const
{
    const std::span<float> spectrum = spectrumOf(m_nFft);
    if (m_nFft % 2 != 0) {
        fftwf_execute_dft_r2c(m_plan.get(), frame.data(), asComplex(spectrum));
        kernels::power(spectrum.data(), out, static_cast<size_t>(bins()));
        return;
    }
    fftwf_execute_dft(m_plan.get(), asComplex(frame), asComplex(spectrum));
    const auto half = static_cast<size_t>(m_nFft / 2);
    float* real = threadMemory().parts.first(2 * half).data();
    kernels::separate(spectrum.data(), real, real + half, half);
    kernels::powerOfPairs(real, real + half, m_cosines.data(), m_sines.data(), half, out);
}

} // namespace melscope
