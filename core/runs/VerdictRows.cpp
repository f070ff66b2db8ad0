// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/VerdictRows.h"

#include "runs/SqlStatement.h"

namespace melscope {

void writeVerdict(SqlDatabase& database, const std::string& dataset, const ClipVerdict& verdict, double now)
{
    if (verdict.verdict == Verdict::None)
        database.prepare("DELETE FROM verdicts WHERE dataset = ? AND clip = ? AND predicted = ?")
            .bindAll(dataset, verdict.clip, verdict.predicted).run();
    else
        database.prepare("INSERT OR REPLACE INTO verdicts (dataset, clip, label, predicted, verdict, given_at) VALUES (?, ?, ?, ?, ?, ?)")
            .bindAll(dataset, verdict.clip, verdict.label, verdict.predicted, toString(verdict.verdict), now).run();
}

std::vector<ClipVerdict> readVerdicts(SqlDatabase& database, const std::string& dataset)
{
    SqlStatement rows = database.prepare("SELECT clip, label, predicted, verdict, given_at FROM verdicts WHERE dataset = ? ORDER BY clip, predicted");
    rows.bind(dataset);
    std::vector<ClipVerdict> verdicts;
    while (rows.next())
        verdicts.push_back({.clip = rows.text(), .label = rows.text(), .predicted = rows.text(), .verdict = verdictFrom(rows.text()),
                            .givenAt = rows.real()});
    return verdicts;
}

} // namespace melscope
