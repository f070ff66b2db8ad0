// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <stop_token>

namespace melscope {

/// Calls work(0) ... work(total - 1), each once, on `threads` threads of its own (at least one) and returns when all are
/// done or stop was requested. The first exception of work stops the others and is thrown here. progress(done, total)
/// is called from those threads, one at a time, at most every 50 ms, and once at the end. Thread: any; blocks.
void forEachClipInParallel(int total, int threads, std::stop_token stop, const std::function<void(int done, int total)>& progress,
                           const std::function<void(int clip)>& work);

} // namespace melscope
