// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>

struct fftwf_plan_s;

namespace melscope {

/// FFTW memory of one thread for one batch of frames.
struct FftBuffers
{
    std::span<float> frames;  ///< [lane, sample] of nFft samples each
    std::span<float> spectra; ///< [bin, lane] complex: real, imaginary
    std::span<float> power;   ///< [bin, lane]
};

/// A real FFT of kernels::lanes frames at once, in single precision. Made with FFTW_ESTIMATE: reproducible, and within a
/// few percent of measured plans. Planning is safe beside any other planning in the process; execute() from any thread.
class FftPlan
{
public:
    explicit FftPlan(int nFft);
    ~FftPlan();
    FftPlan(const FftPlan&) = delete;
    FftPlan& operator=(const FftPlan&) = delete;

    int bins() const { return m_nFft / 2 + 1; }

    /// The calling thread's own buffers, valid until its next call for any plan. Their content is undefined.
    FftBuffers buffers() const;
    /// frames -> spectra; the frames are lost.
    void execute(const FftBuffers& buffers) const;

private:
    int m_nFft;
    std::unique_ptr<fftwf_plan_s, void (*)(fftwf_plan_s*)> m_plan;
};

} // namespace melscope
