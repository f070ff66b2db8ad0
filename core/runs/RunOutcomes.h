// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RowFigures.h"
#include "runs/RunRecord.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace melscope {

class RunStore;

/// What runs took their clips for, read from the store once and again only when a run has new folds. One thread at a time; slow
/// at first use, so never on a GUI thread.
class RunOutcomes
{
public:
    explicit RunOutcomes(const RunStore& store) : m_store(store) {}

    std::shared_ptr<const Predictions> of(const RunRecord& run);
    /// Of the run's dataset, which is opened for it as it is now: a clip of the same name was cut from the same recording. Empty where
    /// it is gone or names no sources.
    const ClipSources& sources(const RunRecord& run);
    const std::map<std::pair<std::string, int>, double>& peeked() const { return m_peeked; }
    void refreshPeeked();

    // Intervals of hundreds of rows take seconds, so they are kept: by what a row stands on, which `make` is asked for once.
    const RowFigures& figures(const std::string& row, const std::function<RowFigures()>& make);
    const std::optional<RowDifference>& difference(const std::string& row, const std::string& baseline,
                                                   const std::function<std::optional<RowDifference>()>& make);

private:
    struct Entry
    {
        std::vector<FoldRecord> results; ///< as they were when it was read
        std::shared_ptr<const Predictions> predictions;
    };

    const RunStore& m_store;
    std::map<std::string, Entry> m_runs;
    std::map<std::string, ClipSources> m_sources; ///< by dataset fingerprint
    std::map<std::pair<std::string, int>, double> m_peeked;
    std::map<std::string, RowFigures> m_figures;
    std::map<std::pair<std::string, std::string>, std::optional<RowDifference>> m_differences;
};

} // namespace melscope
