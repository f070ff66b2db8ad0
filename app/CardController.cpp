// SPDX-License-Identifier: GPL-3.0-or-later
#include "CardController.h"

#include "DatasetController.h"
#include "RunsController.h"
#include "common/Deliver.h"
#include "common/ProblemBar.h"

#include <QMessageBox>
#include <QPushButton>

namespace melscope {
namespace {

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

QString listed(const std::vector<int>& folds)
{
    QStringList words;
    for (const int fold : folds)
        words << QString::number(fold);
    return words.join(QStringLiteral(", "));
}

} // namespace

CardController::CardController(RunsController& runs, DatasetController& datasets, ProblemBar& bar, QWidget& window)
    : QObject(&window), m_runs(runs), m_datasets(datasets), m_bar(bar), m_window(window)
{
    connect(&runs, &RunsController::reported, this, [this](const TrainingReport& report) {
        if ((report.state == RunState::Finished || report.state == RunState::Stopped) && m_ended.insert(report.run).second)
            m_runs.loadReproduction(report.run);
    });
    connect(&runs, &RunsController::reproductionLoaded, this, [this](const QString& run, const CardComparison& comparison) {
        m_bar.showMessage(comparison.isExact() ? ProblemBar::Severity::Good : ProblemBar::Severity::Info,
                          tr("%1: %2").arg(run, text(toSentence(comparison))));
    });
}

void CardController::open(const QString& file)
{
    m_reader.request([this, file, dataset = m_datasets.dataset(), options = m_datasets.options(), path = m_datasets.path().toStdString(),
                      deliver = Deliver(this)](const std::stop_token&) {
        try {
            const RunCard card = RunCard::fromFile(file.toStdString());
            if (!dataset) {
                deliver([this, name = text(card.datasetName)] {
                    m_bar.showMessage(ProblemBar::Severity::Info, tr("Open the dataset %1 first; then drop the card again to train its run on it.").arg(name));
                });
                return;
            }
            NewRun run = runOf(card, dataset);
            run.datasetOptions = options;
            run.datasetPath = path;
            deliver([this, run, card] { ask(run, card); });
        } catch (const std::exception& error) {
            deliver([this, sentence = text(error.what())] { m_bar.showMessage(ProblemBar::Severity::Warning, sentence); });
        }
    });
}

void CardController::ask(const NewRun& run, const RunCard& card)
{
    auto* box = new QMessageBox(QMessageBox::Question, tr("Recipe card"), tr("Train %1 again?").arg(text(card.run)), QMessageBox::Cancel, &m_window);
    QString details = tr("Recipe %1, held-out folds %2, seed %3, on %4. At the end its predictions are compared with the card's, clip by clip.")
                          .arg(text(card.recipe.name), listed(run.folds)).arg(run.seed).arg(text(run.dataset->name));
    if (run.recipe.weights)
        details += tr(" It starts from %1, at %2.").arg(text(run.recipe.weights->name), text(run.recipe.weights->file.string()));
    box->setInformativeText(details);
    QAbstractButton* train = box->addButton(tr("Train again"), QMessageBox::AcceptRole);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(box, &QMessageBox::buttonClicked, this, [this, train, run](QAbstractButton* button) {
        if (button != train)
            return;
        m_runs.start(run);
        Q_EMIT started();
    });
    box->open();
}

} // namespace melscope
