// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/Cpu.h"

#include "base/Error.h"
#include "base/Threads.h"

#include <ATen/Parallel.h>

#include <climits>
#include <filesystem>
#include <fstream>
#include <link.h>
#include <malloc.h>
#include <sched.h>
#include <thread>

namespace melscope {
namespace {

std::string cpuInfo(const std::string& key)
{
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        const size_t colon = line.find(':');
        if (line.starts_with(key) && colon != std::string::npos && colon + 2 <= line.size())
            return line.substr(colon + 2);
    }
    return {};
}

} // namespace

std::string cpuModelName()
{
    return cpuInfo("model name");
}

bool cpuHasBf16()
{
    const std::string flags = cpuInfo("flags") + " ";
    return flags.find(" avx512_bf16 ") != std::string::npos || flags.find(" amx_bf16 ") != std::string::npos;
}

int availableCores()
{
    cpu_set_t set;
    if (::sched_getaffinity(0, sizeof(set), &set) == 0)
        return CPU_COUNT(&set);
    return static_cast<int>(std::thread::hardware_concurrency());
}

std::string loadedBlas()
{
    std::string found = "unknown";
    const auto look = [](dl_phdr_info* library, size_t, void* result) {
        const std::filesystem::path path = library->dlpi_name;
        if (!path.filename().string().starts_with("libblas") && !path.filename().string().starts_with("libopenblas"))
            return 0;
        std::error_code failure;
        const std::filesystem::path real = std::filesystem::canonical(path, failure);
        *static_cast<std::string*>(result) = (failure ? path : real).string();
        return 1;
    };
    ::dl_iterate_phdr(look, &found);
    return found;
}

std::string resolvePrecision(const std::string& wish)
{
    if (wish == "fp32" || wish == "bf16")
        return wish;
    if (wish != "auto")
        throw Error(ErrorKind::InvalidValue, "There is no precision \"" + wish + "\"; choose auto, fp32 or bf16.");
    return cpuHasBf16() ? "bf16" : "fp32";
}

int prepareTrainingThread(int threads)
{
    lowerThreadPriority();
    // Training frees and allocates the same few hundred megabytes every step: from the heap they cost nothing, by mmap a
    // page fault per page.
    ::mallopt(M_MMAP_MAX, 0);
    ::mallopt(M_TRIM_THRESHOLD, INT_MAX);
    const int count = threads > 0 ? threads : availableCores();
    at::set_num_threads(count);
    return count;
}

} // namespace melscope
