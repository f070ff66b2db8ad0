// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <optional>

namespace melscope::test {

/// The Error that `action` throws, if it throws one.
std::optional<Error> errorOf(const auto& action)
{
    try {
        action();
    } catch (const Error& error) {
        return error;
    }
    return std::nullopt;
}

} // namespace melscope::test
