// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/autocast_mode.h>
#include <torch/version.h>

namespace melscope {

#define MELSCOPE_TORCH_AT_LEAST(major, minor) \
    (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

/// Turns bf16 autocast on the CPU on or off for this thread; off also forgets the cast copies of the weights.
inline void setCpuAutocast(bool on)
{
#if MELSCOPE_TORCH_AT_LEAST(2, 4)
    at::autocast::set_autocast_dtype(at::kCPU, at::kBFloat16);
    at::autocast::set_autocast_enabled(at::kCPU, on);
#else
    at::autocast::set_autocast_cpu_dtype(at::kBFloat16);
    at::autocast::set_cpu_enabled(on);
#endif
    if (!on)
        at::autocast::clear_cache();
}

/// bf16 autocast for a scope, where `on` says so.
class CpuAutocast
{
public:
    explicit CpuAutocast(bool on) : m_on(on)
    {
        if (m_on)
            setCpuAutocast(true);
    }
    ~CpuAutocast()
    {
        if (m_on)
            setCpuAutocast(false);
    }
    CpuAutocast(const CpuAutocast&) = delete;
    CpuAutocast& operator=(const CpuAutocast&) = delete;

private:
    bool m_on;
};

} // namespace melscope
