// SPDX-License-Identifier: GPL-3.0-or-later
#include "MicroscopeController.h"

#include "RunsController.h"
#include "common/Deliver.h"

namespace melscope {

MicroscopeController::MicroscopeController(MicroscopePanel& panel, RunsController& runs, QObject* parent)
    : QObject(parent), m_panel(panel), m_runs(runs)
{
    connect(&runs, &RunsController::codebooksFound, &panel, &MicroscopePanel::setRounds);
    connect(&panel, &MicroscopePanel::lookRequested, this, &MicroscopeController::look);
}

MicroscopeController::~MicroscopeController()
{
    m_stop.request_stop();
}

void MicroscopeController::look(const RunCodebook& round, int batch)
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    m_panel.begin(m_runs.isTraining() ? tr("Waiting for the training…") : tr("Looking…"));
    m_runs.betweenRuns([this, round, batch, wanted = m_stop.get_token(), deliver = Deliver(this)](
                           RunStore& store, const TrainingQueue::EngineSource& engine, const std::stop_token&) {
        if (wanted.stop_requested())
            return;
        const auto send = [&](auto call) {
            deliver([wanted, call] {
                if (!wanted.stop_requested())
                    call();
            });
        };
        try {
            const auto look = std::make_shared<const MicroscopeLook>(lookThroughMicroscope(store, round, batch, *engine()));
            send([this, look] { m_panel.showLook(look); });
        } catch (const std::exception& error) {
            send([this, sentence = QString::fromUtf8(error.what())] { m_panel.showMessage(sentence); });
        }
    });
}

} // namespace melscope
