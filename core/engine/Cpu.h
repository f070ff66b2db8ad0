// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace melscope {

std::string cpuModelName();
/// The CPU computes bf16 products itself (AVX512-BF16 or AMX). Asked of the CPU: torch would emulate it, many times slower.
bool cpuHasBf16();
int availableCores();
/// The BLAS that is loaded, as its file's real path: which one that is, the system decides, not torch.
std::string loadedBlas();

/// "fp32" or "bf16" for fp32, bf16 or auto.
std::string resolvePrecision(const std::string& wish);

/// Readies the calling thread for training: low priority before the OpenMP pool exists, an allocator that keeps what it
/// has, `threads` threads (0: all cores). Returns the number of threads.
int prepareTrainingThread(int threads);

} // namespace melscope
