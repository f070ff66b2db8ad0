// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Json.h"
#include "training/Engine.h"

#include <string>

namespace melscope {

/// What decides the last bits of a run's numbers on this machine: versions, CPU, threads, the environment variables that
/// steer torch, oneDNN and OpenBLAS, and the dataset's fingerprint.
Json describeEnvironment(const EngineInfo& info, const Recipe& recipe, const std::string& datasetFingerprint);

/// The names of members that differ, "cpu, threads"; empty where a resumed run computes to the same last bit.
std::string environmentDifference(const Json& before, const Json& now);

} // namespace melscope
