// SPDX-License-Identifier: GPL-3.0-or-later
#include "MicroscopeController.h"

#include "RunsController.h"

namespace melscope {

MicroscopeController::MicroscopeController(MicroscopePanel& panel, RunsController& runs, QObject* parent)
    : QObject(parent), m_panel(panel), m_runs(runs)
{
    connect(&runs, &RunsController::codebooksFound, &panel, &MicroscopePanel::setRounds);
    connect(&panel, &MicroscopePanel::lookRequested, this, &MicroscopeController::look);
}

void MicroscopeController::look(const RunCodebook& round, const MaskedSpot& spot)
{
    m_panel.begin(m_runs.isTraining() ? tr("Waiting for the training…") : tr("Looking…"));
    m_runs.betweenRuns([this, round, spot, request = m_request.renew(this)](RunStore& store, const TrainingQueue::EngineSource& engine,
                                                                             const std::stop_token&) {
        request.attempt([&] {
            const auto look = std::make_shared<const MicroscopeLook>(lookThroughMicroscope(store, round, spot, *engine()));
            request.send([this, look] { m_panel.showLook(look); });
        }, [this](const QString& sentence) { m_panel.showMessage(sentence); });
    });
}

} // namespace melscope
