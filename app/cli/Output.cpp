// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Output.h"

#include "runs/AccuracyCells.h"

#include <unistd.h>

#include <cmath>
#include <cstdio>

namespace melscope::cli {

void Output::json(const Json& object)
{
    if (!m_json)
        return;
    // File names need not be UTF-8; a replacement character is better than no line at all.
    const std::string line = object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    const std::scoped_lock lock(m_mutex);
    std::fputs(line.c_str(), stdout);
    std::fflush(stdout);
}

void Output::text(const std::string& line)
{
    if (m_json)
        return;
    const std::scoped_lock lock(m_mutex);
    endProgress();
    std::fputs((line + "\n").c_str(), stdout);
    std::fflush(stdout);
}

void Output::message(const std::string& line)
{
    const std::scoped_lock lock(m_mutex);
    endProgress();
    std::fputs((line + "\n").c_str(), stderr);
}

void Output::progress(const std::string& what, int64_t done, int64_t total)
{
    static const bool onTerminal = isatty(STDERR_FILENO) == 1;
    if (!onTerminal)
        return;
    const std::scoped_lock lock(m_mutex);
    std::fprintf(stderr, "\r\033[K%s %lld of %lld", what.c_str(), static_cast<long long>(done), static_cast<long long>(total));
    m_inProgress = true;
}

void Output::endProgress()
{
    if (m_inProgress)
        std::fputs("\r\033[K", stderr);
    m_inProgress = false;
}

std::string percent(double share)
{
    if (!std::isfinite(share))
        return "-";
    char text[32];
    std::snprintf(text, sizeof text, "%.1f %%", percentTenths(share));
    return text;
}

std::string duration(double seconds)
{
    const auto whole = static_cast<long long>(std::llround(std::max(0.0, seconds)));
    char text[64];
    if (whole < 60)
        std::snprintf(text, sizeof text, "%lld s", whole);
    else if (whole < 3600)
        std::snprintf(text, sizeof text, "%lld min %02lld s", whole / 60, whole % 60);
    else
        std::snprintf(text, sizeof text, "%lld h %02lld min", whole / 3600, whole % 3600 / 60);
    return text;
}

} // namespace melscope::cli
