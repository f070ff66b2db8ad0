// SPDX-License-Identifier: GPL-3.0-or-later
#include "CompareController.h"

#include "RunsController.h"
#include "common/Deliver.h"
#include "results/ComparePage.h"
#include "results/ResultsPage.h"

namespace melscope {
namespace {

ComparedRuns compared(RunStore& store, RunOutcomes& outcomes, const std::string& first, const std::string& second, bool tta)
{
    ComparedRuns result{.first = store.find(first), .second = store.find(second), .tta = tta};
    if (result.first.classes != result.second.classes)
        throw Error(ErrorKind::InvalidValue, "These two runs know different classes; choose two that were trained on the same dataset.");
    result.firstPredictions = std::make_shared<const Predictions>(store.predictions(first));
    result.comparison = compareRuns(*result.firstPredictions, store.predictions(second), result.first.classes.size(), outcomes.sources(result.first), tta);
    result.recipes = recipeDifference(store.recipe(first), store.recipe(second));
    return result;
}

} // namespace

CompareController::CompareController(ResultsPage& page, RunsController& runs, QObject* parent) : QObject(parent), m_page(page), m_runs(runs)
{
    connect(page.compare(), &ComparePage::comparisonRequested, this, &CompareController::compare);
}

void CompareController::compare(const std::string& first, const std::string& second, bool tta)
{
    m_runs.withStore([this, first, second, tta, deliver = Deliver(this)](RunStore& store, RunOutcomes& outcomes) {
        try {
            deliver([this, result = compared(store, outcomes, first, second, tta)] { m_page.compare()->show(result); });
        } catch (const std::exception& error) {
            deliver([this, first, second, sentence = QString::fromUtf8(error.what())] { m_page.compare()->showFailure(first, second, sentence); });
        }
    });
}

} // namespace melscope
