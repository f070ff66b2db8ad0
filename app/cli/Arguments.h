// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Parameter.h"
#include "spectral/FrontEndSettings.h"

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace melscope::cli {

struct Command;

/// The command line itself is wrong: exit status 2.
class UsageError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// The words after a command, checked against what that command takes.
class Arguments
{
public:
    /// `--name value`, `--name=value`, `--flag`; `--` ends the options. Throws UsageError.
    static Arguments parse(const Command& command, const std::vector<std::string>& words);

    const std::vector<std::string>& operands() const { return m_operands; }
    bool has(const std::string& option) const { return m_values.contains(option); }
    std::optional<std::string> text(const std::string& option) const; ///< the last one given
    std::vector<std::string> texts(const std::string& option) const;  ///< every one given
    /// Throws UsageError where it is not a whole number in [minimum, maximum].
    std::optional<int64_t> integer(const std::string& option, int64_t minimum, int64_t maximum) const;
    /// Every `--set key=value`. Throws UsageError where a "=" is missing.
    std::vector<Setting> settings() const;
    /// All values of the schema, its defaults where no `--set` gives another. Throws UsageError.
    Json settings(const ParameterSchema& schema) const;

private:
    std::vector<std::string> m_operands;
    std::map<std::string, std::vector<std::string>> m_values;
};

} // namespace melscope::cli
