// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/SqlDatabase.h"
#include "runs/Verdict.h"

namespace melscope {

// How verdicts lie in the tables of RunSchema. The caller holds the connection's mutex.

void writeVerdict(SqlDatabase& database, const std::string& dataset, const ClipVerdict& verdict, double now);
std::vector<ClipVerdict> readVerdicts(SqlDatabase& database, const std::string& dataset);

} // namespace melscope
