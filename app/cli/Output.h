// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Json.h"

#include <mutex>
#include <string>

namespace melscope::cli {

/// Standard output and standard error, kept apart: results on the one (JSON or text, never both), messages on the other.
/// Thread: any.
class Output
{
public:
    explicit Output(bool json) : m_json(json) {}

    bool isJson() const { return m_json; }
    void json(const Json& object);         ///< one line on standard output, at once; nothing without --json
    void text(const std::string& line);    ///< one line on standard output; nothing with --json
    void message(const std::string& line); ///< one line on standard error
    void progress(const std::string& what, int64_t done, int64_t total); ///< overwrites itself; only on a terminal

private:
    void endProgress();

    const bool m_json;
    std::mutex m_mutex; // protects the streams and m_inProgress
    bool m_inProgress = false;
};

/// "93.8 %"; "-" for not-a-number.
std::string percent(double share);
/// "42 s", "3 min 20 s", "1 h 05 min".
std::string duration(double seconds);

} // namespace melscope::cli
