// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Json.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace melscope {

/// One parameter of a front end, augmentation or recipe, described once: forms, validation, --set and help are all made
/// from it.
struct Parameter
{
    enum class Type { Integer, Real, Boolean, Choice };

    std::string key;   ///< dotted, e.g. "training.lr"
    std::string label; ///< for people, e.g. "Learning rate"
    Type type = Type::Real;
    std::string unit;  ///< "Hz", "s", "dB", ... or empty
    Json defaultValue;
    double minimum = 0.0; ///< inclusive; Integer and Real only
    double maximum = 0.0; ///< inclusive
    std::vector<std::string> choices; ///< Choice only; the value is one of these strings
    std::string help;  ///< one or two sentences
    bool advanced = false;
    bool logarithmic = false; ///< a slider should move in ratios
};

/// Parameters in the order in which a form shows them.
class ParameterSchema
{
public:
    ParameterSchema() = default;
    explicit ParameterSchema(std::vector<Parameter> parameters) : m_parameters(std::move(parameters)) {}

    const std::vector<Parameter>& parameters() const { return m_parameters; }
    const Parameter* find(std::string_view key) const; ///< nullptr when there is none
    Json defaults() const;                             ///< flat object {key: default}

    /// `value` as the parameter's own type (an integral real becomes an integer, ...). Throws Error(InvalidValue) with
    /// a sentence that names key, value, range and unit; for an unknown key it names the nearest known one.
    Json checked(std::string_view key, const Json& value) const;

    /// A "key=value" text as given to --set: `value` parsed for the parameter's type, then checked.
    Json parsed(std::string_view key, std::string_view text) const;

    /// This schema with every key prefixed, e.g. "front_end." + "mels".
    ParameterSchema prefixed(std::string_view prefix) const;
    void append(const ParameterSchema& other);

private:
    std::vector<Parameter> m_parameters;
};

} // namespace melscope
