// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectral/ComplexFft.h"

#include <fftw3.h>
#include <map>
#include <mutex>
#include <new>
#include <vector>

namespace melscope {
namespace {

fftwf_complex* asFftw(std::span<std::complex<float>> values)
{
    return reinterpret_cast<fftwf_complex*>(values.data());
}

} // namespace

std::shared_ptr<const ComplexFft> ComplexFft::ofSize(size_t size)
{
    static std::mutex mutex; // guards kept
    static std::map<size_t, std::shared_ptr<const ComplexFft>> kept;
    const std::lock_guard lock(mutex);
    auto& fft = kept[size];
    if (!fft)
        fft = std::make_shared<const ComplexFft>(size);
    return fft;
}

size_t ComplexFft::fastSize(size_t atLeast)
{
    size_t power = 4;
    while (power * 2 <= atLeast)
        power *= 2;
    for (const size_t size : {power, power + power / 4, power + power / 2})
        if (size >= atLeast)
            return size;
    return 2 * power;
}

ComplexFft::Plan ComplexFft::plan(int direction) const
{
    // The window and the engine each hold a copy of this code but share FFTW's planner, so the lock has to be FFTW's own.
    fftwf_make_planner_thread_safe();
    std::vector<std::complex<float>> in(m_size);
    std::vector<std::complex<float>> out(m_size);
    Plan plan(fftwf_plan_dft_1d(static_cast<int>(m_size), asFftw(in), asFftw(out), direction, FFTW_ESTIMATE | FFTW_DESTROY_INPUT),
              &fftwf_destroy_plan);
    if (!plan)
        throw std::bad_alloc();
    return plan;
}

ComplexFft::ComplexFft(size_t size) : m_size(size), m_forward(plan(FFTW_FORWARD)), m_inverse(plan(FFTW_BACKWARD)) {}

ComplexFft::~ComplexFft() = default;

void ComplexFft::forward(std::span<std::complex<float>> in, std::span<std::complex<float>> out) const
{
    fftwf_execute_dft(m_forward.get(), asFftw(in), asFftw(out));
}

void ComplexFft::inverse(std::span<std::complex<float>> in, std::span<std::complex<float>> out) const
{
    fftwf_execute_dft(m_inverse.get(), asFftw(in), asFftw(out));
}

} // namespace melscope
