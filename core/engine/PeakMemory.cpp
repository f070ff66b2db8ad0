// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/PeakMemory.h"

#include <sys/resource.h>

#include <fstream>
#include <string>

namespace melscope {

double peakMemoryMb()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

PeakMemory::PeakMemory()
{
    // proc(5): 5 sets the peak resident set size, VmHWM, to what is held now.
    std::ofstream("/proc/self/clear_refs") << 5;
}

double PeakMemory::megabytes() const
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:"))
            return std::stod(line.substr(6)) / 1024.0; // "VmHWM:  123456 kB"
    return peakMemoryMb();
}

} // namespace melscope
