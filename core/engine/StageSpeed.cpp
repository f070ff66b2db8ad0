// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/StageSpeed.h"

#include <utility>

namespace melscope {

void StageSpeed::add(const FoldProgress& progress, double seconds)
{
    const double since = seconds - std::exchange(m_lastSeconds, seconds);
    const int64_t before = std::exchange(m_lastStep, progress.step);
    if (!m_first) {
        m_first = seconds;
        return;
    }
    const bool settled = before >= m_warmUp || (before > 0 && seconds - since - *m_first >= m_budget / 3.0);
    if (settled && progress.newEpochs.empty()) {
        m_steps += progress.step - before;
        m_seconds += since;
    }
    for (const EpochMetrics& epoch : progress.newEpochs) {
        ++m_epochs;
        m_ofEpoch = m_clipsPerEpoch / epoch.clipsPerSecond * progress.epochs / static_cast<double>(progress.steps);
    }
}

bool StageSpeed::isKnown() const
{
    return m_first && m_lastSeconds - *m_first >= m_budget && (m_steps > 0 || m_epochs > 1);
}

double StageSpeed::secondsPerStep() const
{
    return m_steps > 0 ? m_seconds / static_cast<double>(m_steps) : m_ofEpoch;
}

} // namespace melscope
