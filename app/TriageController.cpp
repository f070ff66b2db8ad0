// SPDX-License-Identifier: GPL-3.0-or-later
#include "TriageController.h"

#include "RunsController.h"
#include "base/Files.h"
#include "common/Deliver.h"
#include "results/PredictionsPanel.h"
#include "results/ResultsPage.h"
#include "results/TriagePage.h"

#include <QFileDialog>

namespace melscope {
namespace {

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

} // namespace

TriageController::TriageController(ResultsPage& page, RunsController& runs, QObject* parent) : QObject(parent), m_page(page), m_runs(runs)
{
    PredictionsPanel* panel = page.predictions();
    connect(panel, &PredictionsPanel::predictionsRequested, this, &TriageController::loadVerdicts);
    connect(panel, &PredictionsPanel::solversRequested, this, &TriageController::loadSolvers);
    connect(page.triage(), &TriagePage::opened, this, &TriageController::openSource);
    connect(page.triage(), &TriagePage::verdictGiven, this, &TriageController::give);
    connect(page.triage(), &TriagePage::exportRequested, this, &TriageController::askAndExport);
    connect(&runs, &RunsController::reported, panel, &PredictionsPanel::applyReport);
}

void TriageController::showVerdicts(const VerdictMap& verdicts)
{
    m_page.predictions()->setVerdicts(verdicts);
    m_page.triage()->setVerdicts(verdicts);
}

void TriageController::openSource(const std::string& run)
{
    m_runs.withStore([this, run, deliver = Deliver(this)](RunStore& store, RunOutcomes&) {
        try {
            const std::string fingerprint = store.find(run).datasetFingerprint;
            const auto verdicts = byClip(store.verdicts(fingerprint));
            deliver([this, verdicts] { m_page.triage()->setVerdicts(verdicts); });
            const TriageSource source{.dataset = std::make_shared<const Dataset>(store.openDatasetAsItIs(run)), .frontEnd = store.recipe(run).frontEnd()};
            deliver([this, run, source] { m_page.triage()->setSource(run, source); });
        } catch (const std::exception& error) {
            deliver([this, run, sentence = text(error.what())] { m_page.triage()->setFailure(run, sentence); });
        }
    });
}

void TriageController::loadVerdicts(const std::string& run)
{
    m_runs.withStore([this, run, deliver = Deliver(this)](RunStore& store, RunOutcomes&) {
        deliver([this, run, verdicts = byClip(store.verdicts(store.find(run).datasetFingerprint))] {
            if (m_page.predictions()->run() == run)
                m_page.predictions()->setVerdicts(verdicts);
        });
    });
}

void TriageController::loadSolvers(const std::string& run)
{
    m_runs.withStore([this, run, deliver = Deliver(this)](RunStore& store, RunOutcomes& outcomes) {
        const std::vector<RunRecord> runs = store.list();
        const std::string fingerprint = store.find(run).datasetFingerprint;
        deliver([this, run, solvers = clipSolvers(accuracyTable(runs), runs, outcomes, fingerprint)] { m_page.predictions()->setSolvers(run, solvers); });
    });
}

void TriageController::give(const std::string& run, const ClipVerdict& verdict)
{
    m_runs.withStore([this, run, verdict, deliver = Deliver(this)](RunStore& store, RunOutcomes&) {
        const std::string fingerprint = store.find(run).datasetFingerprint;
        store.setVerdict(fingerprint, verdict);
        deliver([this, verdicts = byClip(store.verdicts(fingerprint))] { showVerdicts(verdicts); });
    });
}

void TriageController::askAndExport(const std::string& run)
{
    const QString path = QFileDialog::getSaveFileName(&m_page, tr("Save the verdicts"), QStringLiteral("verdicts.csv"), tr("Comma-separated values (*.csv)"));
    if (path.isEmpty())
        return;
    m_runs.withStore([this, run, path, deliver = Deliver(this)](RunStore& store, RunOutcomes&) {
        QString failure;
        try {
            writeFileAtomically(path.toStdString(), verdictsCsv(store.verdicts(store.find(run).datasetFingerprint)));
        } catch (const std::exception& error) {
            failure = text(error.what());
        }
        deliver([this, path, failure] { Q_EMIT m_page.exported(path, failure); });
    });
}

} // namespace melscope
