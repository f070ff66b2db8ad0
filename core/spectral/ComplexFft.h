// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <memory>
#include <span>

struct fftwf_plan_s;

namespace melscope {

/// The discrete Fourier transform of `size` complex numbers in single precision, sum of x[n] exp(-+2 pi i k n / size), not
/// normalised: there and back multiplies by size. Two real signals make one complex. Planned with FFTW_ESTIMATE:
/// reproducible. Planning and transforming from any thread.
class ComplexFft
{
public:
    /// One for all who ask for this size; kept until the process ends, so ask for few sizes.
    static std::shared_ptr<const ComplexFft> ofSize(size_t size);
    /// The smallest 2^n, 5/4 2^n or 3/2 2^n that is not below: fast, and few.
    static size_t fastSize(size_t atLeast);

    explicit ComplexFft(size_t size);
    ~ComplexFft();
    ComplexFft(const ComplexFft&) = delete;
    ComplexFft& operator=(const ComplexFft&) = delete;

    size_t size() const { return m_size; }

    /// Both spans have size() values, do not overlap, and begin where std::vector's memory does. `in` is lost.
    void forward(std::span<std::complex<float>> in, std::span<std::complex<float>> out) const;
    void inverse(std::span<std::complex<float>> in, std::span<std::complex<float>> out) const;

private:
    using Plan = std::unique_ptr<fftwf_plan_s, void (*)(fftwf_plan_s*)>;
    Plan plan(int direction) const;

    size_t m_size;
    Plan m_forward;
    Plan m_inverse;
};

} // namespace melscope
