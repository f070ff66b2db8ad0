// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace melscope {

/// The most memory that the process has held at once, in megabytes (2^20 bytes), over its whole life.
double peakMemoryMb();

/// The same from this object's creation on, where the kernel can begin to count anew; else over the process's whole life.
class PeakMemory
{
public:
    PeakMemory();
    double megabytes() const;
};

} // namespace melscope
