// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What most files of core include anyway. Compiled once; no file may rely on getting its headers from here.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <thread>
#include <vector>
