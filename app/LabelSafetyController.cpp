// SPDX-License-Identifier: GPL-3.0-or-later
#include "LabelSafetyController.h"

#include "RunsController.h"
#include "base/Files.h"
#include "common/Deliver.h"
#include "runs/RunLabelSafety.h"

namespace melscope {
namespace {

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

} // namespace

LabelSafetyController::LabelSafetyController(LabelSafetyPanel& panel, RunsController& runs, QObject* parent)
    : QObject(parent), m_panel(panel), m_runs(runs)
{
    connect(&runs, &RunsController::runsChanged, &panel, &LabelSafetyPanel::setRuns);
    connect(&panel, &LabelSafetyPanel::testRequested, this, &LabelSafetyController::test);
    connect(&panel, &LabelSafetyPanel::cancelRequested, this, &LabelSafetyController::cancel);
    connect(&panel, &LabelSafetyPanel::exportRequested, this, &LabelSafetyController::write);
}

void LabelSafetyController::cancel()
{
    m_request.giveUp();
    m_panel.finish();
}

void LabelSafetyController::test(const LabelSafetyPanel::Wish& wish)
{
    m_panel.begin(m_runs.isTraining() ? tr("Waiting for the training") : tr("Testing"));
    m_runs.betweenRuns([this, wish, request = m_request.renew(this)](RunStore& store, const TrainingQueue::EngineSource& engine,
                                                                     const std::stop_token& closing) {
        request.attempt([&] {
            request.send([this] { m_panel.begin(tr("Testing")); });
            const RunRecord run = store.find(wish.run);
            const auto goOn = [&](int done, int total) {
                if (total > 0)
                    request.send([this, done, total] { m_panel.setProgress(done, total); });
                return request.isWanted() && !closing.stop_requested();
            };
            const LabelSafety safety = measureLabelSafety(store, run, nullptr, {.chain = wish.chain, .draws = wish.draws}, *engine(), goOn);
            request.send([this, name = text(run.name), chain = wish.chainTitle, safety] {
                m_panel.finish();
                m_panel.showSafety(name, chain, safety);
            });
        }, [this](const QString& sentence) {
            m_panel.finish();
            m_panel.showMessage(sentence);
        });
    });
}

void LabelSafetyController::write(const QString& path, const LabelSafety& safety)
{
    m_writer.add([this, path, safety, deliver = Deliver(this)](std::stop_token) {
        QString sentence = tr("The table was written to %1.").arg(path);
        try {
            writeFileAtomically(path.toStdString(), toCsv(safety));
        } catch (const std::exception& error) {
            sentence = text(error.what());
        }
        deliver([this, sentence] { m_panel.showMessage(sentence); });
    });
}

} // namespace melscope
