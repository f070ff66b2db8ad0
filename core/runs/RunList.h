// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunRecord.h"

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <utility>

namespace melscope {

/// The store's runs at one moment, newest first. Never changes; a copy shares them, so thousands cost nothing to hand on.
class RunList
{
public:
    RunList() : RunList(std::vector<RunRecord>()) {}
    RunList(std::vector<RunRecord> runs) : m_runs(std::make_shared<const std::vector<RunRecord>>(std::move(runs))) {}
    RunList(std::initializer_list<RunRecord> runs) : RunList(std::vector<RunRecord>(runs)) {}

    auto begin() const { return m_runs->begin(); }
    auto end() const { return m_runs->end(); }
    size_t size() const { return m_runs->size(); }
    const RunRecord& operator[](size_t index) const { return (*m_runs)[index]; }
    const RunRecord* find(const std::string& id) const ///< nullptr when there is none
    {
        const auto found = std::ranges::find(*m_runs, id, &RunRecord::id);
        return found == m_runs->end() ? nullptr : &*found;
    }

private:
    std::shared_ptr<const std::vector<RunRecord>> m_runs;
};

} // namespace melscope
