// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdio>

/// For tests that must not know Qt: counts what failed and says where; main() returns checkFailures() != 0.
inline std::atomic<int>& checkFailures()
{
    static std::atomic<int> failures = 0;
    return failures;
}

#define CHECK(condition) \
    do { \
        if (!(condition)) { \
            std::fprintf(stderr, "%s:%d: CHECK(%s) failed\n", __FILE__, __LINE__, #condition); \
            ++checkFailures(); \
        } \
    } while (false)
