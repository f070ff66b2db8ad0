// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectral/FftPlan.h"

#include "spectral/SpectralKernels.h"

#include <fftw3.h>
#include <new>

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
    AlignedFloats frames;
    AlignedFloats spectra;
    AlignedFloats power;
};

fftwf_complex* asComplex(std::span<float> values)
{
    return reinterpret_cast<fftwf_complex*>(values.data());
}

} // namespace

FftPlan::FftPlan(int nFft) : m_nFft(nFft), m_plan(nullptr, &fftwf_destroy_plan)
{
    // The window and the engine each hold a copy of this code but share FFTW's planner, so the lock has to be FFTW's own.
    fftwf_make_planner_thread_safe();
    const FftBuffers memory = buffers();
    m_plan.reset(fftwf_plan_many_dft_r2c(1, &m_nFft, kernels::lanes, memory.frames.data(), nullptr, 1, m_nFft,
                                         asComplex(memory.spectra), nullptr, kernels::lanes, 1,
                                         FFTW_ESTIMATE | FFTW_DESTROY_INPUT));
    if (!m_plan)
        throw std::bad_alloc();
}

FftPlan::~FftPlan() = default;

FftBuffers FftPlan::buffers() const
{
    thread_local ThreadMemory memory;
    const auto values = static_cast<size_t>(bins()) * kernels::lanes;
    return {memory.frames.first(static_cast<size_t>(m_nFft) * kernels::lanes), memory.spectra.first(2 * values),
            memory.power.first(values)};
}

void FftPlan::execute(const FftBuffers& buffers) const
{
    fftwf_execute_dft_r2c(m_plan.get(), buffers.frames.data(), asComplex(buffers.spectra));
}

} // namespace melscope
