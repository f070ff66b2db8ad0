// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <vector>

struct fftwf_plan_s;

namespace melscope {

/// Memory of one thread for one batch of frames.
struct FftBuffers
{
    std::span<float> frame;       ///< nFft samples
    std::span<float> power;       ///< [lane][bin], rows FftPlan::stride() apart
    std::span<float> interleaved; ///< the same as [bin][lane]
};

/// The power spectrum of real frames, in single precision. Frames of an even length go through a complex FFT of half
/// their length, which FFTW computes several times as fast as a real one. Made with FFTW_ESTIMATE: reproducible, and
/// within a few percent of measured plans. Planning is safe beside any other planning in the process; power() from any
/// thread.
class FftPlan
{
public:
    explicit FftPlan(int nFft);
    ~FftPlan();
    FftPlan(const FftPlan&) = delete;
    FftPlan& operator=(const FftPlan&) = delete;

    int bins() const { return m_nFft / 2 + 1; }
    int stride() const { return (bins() + 3) / 4 * 4; } ///< floats from one lane's power to the next

    /// The calling thread's own buffers, valid until its next call for any plan. Their content is undefined.
    FftBuffers buffers() const;
    /// The power of the bins() bins of the frame (of the calling thread's buffers(), lost) to `out`.
    void power(std::span<float> frame, float* out) const;

private:
    int m_nFft;
    std::vector<float> m_cosines;
    std::vector<float> m_sines;
    std::unique_ptr<fftwf_plan_s, void (*)(fftwf_plan_s*)> m_plan;
};

} // namespace melscope
