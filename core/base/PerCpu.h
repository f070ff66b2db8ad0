// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Before a function: compiled once per x86-64 instruction set; the CPU's best is chosen when the program starts.
/// ThreadSanitizer instruments the resolvers that choose, and those run before its runtime exists.
#if defined(__x86_64__) && !defined(__SANITIZE_THREAD__)
#define MELSCOPE_PER_CPU __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define MELSCOPE_PER_CPU
#endif
